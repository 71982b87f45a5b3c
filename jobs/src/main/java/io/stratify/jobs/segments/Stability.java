package io.stratify.jobs.segments;

import io.stratify.common.config.Algorithm;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.apache.commons.math3.distribution.EnumeratedIntegerDistribution;
import org.apache.commons.math3.ml.clustering.CentroidCluster;
import org.apache.commons.math3.ml.clustering.DoublePoint;
import org.apache.commons.math3.ml.clustering.KMeansPlusPlusClusterer;
import org.apache.commons.math3.ml.distance.EuclideanDistance;
import org.apache.commons.math3.random.Well19937c;
import org.apache.spark.sql.SparkSession;

/**
 * Quick bootstrap stability (Hennig 2007, with the adjusted Rand index for the Jaccard
 * coefficient): clusters are found again in customers drawn with replacement, and all points are
 * divided by both. They are found again as {@link Refit} does it: a start that ends in a poor
 * optimum would count against every customer.
 */
final class Stability {
  /** Points of a resample: enough for clusters of a twentieth to hold a hundred. */
  private static final int POINTS = 2000;

  private static final int ITERATIONS = 30;

  private final SparkSession spark;
  private final Points points;
  private final int resamples;
  private final long seed;

  Stability(SparkSession spark, Points points, int resamples, long seed) {
    this.spark = spark;
    this.points = points;
    this.resamples = resamples;
    this.seed = seed;
  }

  /** Mean adjusted Rand index; null where no resample could be divided. */
  Double of(Algorithm algorithm, int k, int[] labels) {
    List<int[]> all = again(algorithm, k);
    return all.isEmpty()
        ? null
        : (Double)
            (all.stream().mapToDouble(l -> RandIndex.adjusted(labels, l, points.weights())).sum()
                / all.size());
  }

  /**
   * How sure the assignments to centres are, by how often they are the same in resamples; null
   * where no resample could be divided.
   */
  Calibration calibration(Algorithm algorithm, CentreModel model, int[] labels) {
    double[] agreeing = agreeing(algorithm, model.centres().size(), labels);
    double[] distances =
        points.prepared().parallelStream().mapToDouble(model::fromBorder).toArray();
    return agreeing.length == 0
        ? null
        : Calibration.of(distances, agreeing, points.weights(), resamples);
  }

  /**
   * The share of the resamples that leave each point in its cluster; empty where none could be
   * divided. Clusters of a resample are those with which the given ones have most in common.
   */
  double[] agreeing(Algorithm algorithm, int k, int[] labels) {
    List<int[]> all = again(algorithm, k);
    double[] agreeing = new double[all.isEmpty() ? 0 : labels.length];
    for (int[] own : all) {
      int[] match = Matching.mostInCommon(labels, own, points.weights());
      for (int i = 0; i < labels.length; i++) {
        agreeing[i] += match[labels[i]] == own[i] ? 1.0 / all.size() : 0;
      }
    }
    return agreeing;
  }

  /** The points divided by the clusters of every resample that has some. */
  private List<int[]> again(Algorithm algorithm, int k) {
    List<int[]> all = new ArrayList<>();
    for (int b = 0; b < resamples; b++) {
      long ownSeed = seed + b;
      List<double[]> drawn = draw(ownSeed);
      int[] once = new int[drawn.size()];
      Arrays.fill(once, 1);
      new Refit(spark, algorithm)
          .of(drawn, once, k, ownSeed)
          .ifPresent(again -> all.add(again.labels(points.prepared())));
    }
    return all;
  }

  /** Points drawn with replacement, in proportion to their weights. */
  private List<double[]> draw(long ownSeed) {
    int[] index = new int[points.size()];
    Arrays.setAll(index, i -> i);
    int n = Math.min(POINTS, points.size());
    int[] drawn =
        new EnumeratedIntegerDistribution(new Well19937c(ownSeed), index, points.weights())
            .sample(n);
    return Arrays.stream(drawn).mapToObj(points.prepared()::get).toList();
  }

  /**
   * Level by level, the larger clusters first where not all are needed, as MLlib does; null where
   * there are not enough different customers.
   */
  static Clusters bisecting(List<double[]> drawn, int k, long ownSeed) {
    KMeansPlusPlusClusterer<DoublePoint> clusterer = clusterer(2, ownSeed);
    CentroidCluster<DoublePoint> all = new CentroidCluster<>(new DoublePoint(drawn.get(0)));
    drawn.forEach(x -> all.addPoint(new DoublePoint(x)));
    List<CentroidCluster<DoublePoint>> leaves = new ArrayList<>();
    List<CentroidCluster<DoublePoint>> level = new ArrayList<>(List.of(all));
    while (!level.isEmpty() && leaves.size() + level.size() < k) {
      level.sort(Comparator.comparingInt(c -> -c.getPoints().size()));
      List<CentroidCluster<DoublePoint>> next = new ArrayList<>();
      int room = k - leaves.size() - level.size();
      for (CentroidCluster<DoublePoint> cluster : level) {
        List<CentroidCluster<DoublePoint>> halves =
            room > 0 ? halves(clusterer, cluster.getPoints()) : List.of();
        room -= halves.isEmpty() ? 0 : 1;
        (halves.isEmpty() ? leaves : next).addAll(halves.isEmpty() ? List.of(cluster) : halves);
      }
      level = next;
    }
    leaves.addAll(level);
    return leaves.size() < k ? null : centres(leaves);
  }

  /** Empty where all points are the same. */
  private static List<CentroidCluster<DoublePoint>> halves(
      KMeansPlusPlusClusterer<DoublePoint> clusterer, List<DoublePoint> points) {
    DoublePoint first = points.get(0);
    if (points.stream().allMatch(first::equals)) {
      return List.of();
    }
    List<CentroidCluster<DoublePoint>> halves = clusterer.cluster(points);
    return halves.stream().anyMatch(h -> h.getPoints().isEmpty()) ? List.of() : halves;
  }

  private static Clusters centres(List<CentroidCluster<DoublePoint>> clusters) {
    return new Centres(clusters.stream().map(c -> c.getCenter().getPoint()).toList());
  }

  private static KMeansPlusPlusClusterer<DoublePoint> clusterer(int k, long ownSeed) {
    return clusterer(k, ITERATIONS, ownSeed);
  }

  static KMeansPlusPlusClusterer<DoublePoint> clusterer(int k, int iterations, long ownSeed) {
    return new KMeansPlusPlusClusterer<>(
        k, iterations, new EuclideanDistance(), new Well19937c(ownSeed));
  }

  /** Null where it is degenerate. */
  static Clusters mixture(SparkSession spark, List<double[]> drawn, int k, long ownSeed) {
    double[] once = new double[drawn.size()];
    Arrays.fill(once, 1);
    Points resample = new Points(List.of(), drawn, once, false);
    return Attempt.of(
            Clusterer.of(Algorithm.GAUSSIAN_MIXTURE, ITERATIONS, resample.total()),
            resample,
            resample.dataset(spark),
            k,
            ownSeed)
        .clusters();
  }
}
