package io.stratify.jobs.segments;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.commons.math3.ml.clustering.CentroidCluster;
import org.apache.commons.math3.ml.clustering.DoublePoint;
import org.apache.commons.math3.ml.clustering.KMeansPlusPlusClusterer;
import org.apache.commons.math3.ml.distance.EuclideanDistance;
import org.apache.commons.math3.random.Well19937c;
import org.junit.jupiter.api.Test;

/**
 * Refits keep their ids. Six groups of people, k-means of commons-math, and the matching of the
 * pipeline.
 */
class StableIdsTest {
  private static final int K = 6;
  private static final int SEEDS = 60;
  private static final List<double[]> CUSTOMERS = customers(900, 1);
  private static final List<double[]> CHAMPION = fit(CUSTOMERS, 0);

  @Test
  void anotherSeedKeepsEveryId() {
    for (int seed = 1; seed <= SEEDS; seed++) {
      assertThat(keeps(fit(CUSTOMERS, seed))).as("seed %d", seed).isEqualTo(K);
    }
  }

  @Test
  void resampledCustomersKeepEveryId() {
    for (int seed = 1; seed <= SEEDS; seed++) {
      Random random = new Random(seed);
      List<double[]> drawn = new ArrayList<>();
      for (int i = 0; i < CUSTOMERS.size(); i++) {
        drawn.add(CUSTOMERS.get(random.nextInt(CUSTOMERS.size())));
      }
      assertThat(keeps(fit(drawn, seed))).as("seed %d", seed).isEqualTo(K);
    }
  }

  @Test
  void otherCustomersOfTheSameKindKeepEveryId() {
    for (int seed = 1; seed <= SEEDS; seed++) {
      assertThat(keeps(fit(customers(900, 100 + seed), seed))).as("seed %d", seed).isEqualTo(K);
    }
  }

  @Test
  void theOrderOfTheCentresDoesNotMatter() {
    Random random = new Random(5);
    for (int round = 0; round < 20; round++) {
      List<double[]> shuffled = new ArrayList<>(CHAMPION);
      Collections.shuffle(shuffled, random);
      Map<String, String> survivors = Matching.survivors(overlap(shuffled));
      for (int c = 0; c < K; c++) {
        int old = CHAMPION.indexOf(shuffled.get(c));
        assertThat(survivors).containsEntry("new-" + c, "old-" + old);
      }
    }
  }

  /** Segments of a refit that go on with an id, each with its own. */
  private static int keeps(List<double[]> refit) {
    Map<String, String> survivors = Matching.survivors(overlap(refit));
    assertThat(new HashSet<>(survivors.values())).hasSameSizeAs(survivors.values());
    return survivors.size();
  }

  private static Overlap overlap(List<double[]> refit) {
    Map<String, Map<String, Long>> counts = new TreeMap<>();
    for (double[] x : CUSTOMERS) {
      counts
          .computeIfAbsent("old-" + Centres.nearest(x, CHAMPION), k -> new TreeMap<>())
          .merge("new-" + Centres.nearest(x, refit), 1L, Long::sum);
    }
    return Overlap.of(counts);
  }

  private static List<double[]> customers(int n, long seed) {
    Random random = new Random(seed);
    List<double[]> points = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      int group = i % K;
      double[] x = new double[4];
      for (int j = 0; j < x.length; j++) {
        x[j] = ((group * (j + 3)) % 7) * 0.9 + random.nextGaussian() * 0.4;
      }
      points.add(x);
    }
    return points;
  }

  /**
   * The cheapest of ten starts. The choice is made here, since that of commons-math is by the
   * variance of the distances to the centre, which is low too where two groups share one centre.
   */
  private static List<double[]> fit(List<double[]> points, long seed) {
    KMeansPlusPlusClusterer<DoublePoint> starts =
        new KMeansPlusPlusClusterer<>(K, 100, new EuclideanDistance(), new Well19937c(1000 + seed));
    List<DoublePoint> customers = points.stream().map(DoublePoint::new).toList();
    return Stream.generate(() -> centres(starts.cluster(customers)))
        .limit(10)
        .min(Comparator.comparingDouble(centres -> cost(points, centres)))
        .orElseThrow();
  }

  private static List<double[]> centres(List<CentroidCluster<DoublePoint>> clusters) {
    return clusters.stream().map(c -> c.getCenter().getPoint()).toList();
  }

  private static double cost(List<double[]> points, List<double[]> centres) {
    return points.stream()
        .mapToDouble(x -> CentreModel.squaredDistance(x, centres.get(Centres.nearest(x, centres))))
        .sum();
  }
}
