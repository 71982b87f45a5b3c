package io.stratify.jobs.segments;

import io.stratify.common.config.Algorithm;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.distribution.EnumeratedIntegerDistribution;
import org.apache.commons.math3.exception.MathIllegalArgumentException;
import org.apache.commons.math3.exception.MathIllegalStateException;
import org.apache.commons.math3.ml.clustering.DoublePoint;
import org.apache.commons.math3.ml.clustering.KMeansPlusPlusClusterer;
import org.apache.commons.math3.ml.distance.EuclideanDistance;
import org.apache.commons.math3.random.Well19937c;
import org.apache.spark.sql.SparkSession;

/**
 * Quick bootstrap stability (Hennig 2007, with the adjusted Rand index for the Jaccard
 * coefficient): clusters are found again in customers drawn with replacement, and all points are
 * divided by both. K-means is repeated in memory with k-means++ and a few starts, the other
 * algorithms with MLlib.
 */
final class Stability {
  /** Points of a resample: enough for clusters of a twentieth to hold a hundred. */
  private static final int POINTS = 2000;

  private static final int STARTS = 3;
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
    double sum = 0;
    int found = 0;
    for (int b = 0; b < resamples; b++) {
      List<double[]> drawn = draw(seed + b);
      Clusters again =
          algorithm == Algorithm.KMEANS
              ? kmeans(drawn, k, seed + b)
              : repeat(algorithm, drawn, k, seed + b);
      if (again != null) {
        sum += RandIndex.adjusted(labels, again.labels(points.prepared()));
        found++;
      }
    }
    return found == 0 ? null : (Double) (sum / found);
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

  private static Clusters kmeans(List<double[]> drawn, int k, long ownSeed) {
    List<DoublePoint> all = drawn.stream().map(DoublePoint::new).toList();
    Clusters best = null;
    double least = Double.POSITIVE_INFINITY;
    try {
      KMeansPlusPlusClusterer<DoublePoint> clusterer =
          new KMeansPlusPlusClusterer<>(
              k, ITERATIONS, new EuclideanDistance(), new Well19937c(ownSeed));
      for (int start = 0; start < STARTS; start++) {
        Clusters found =
            new Centres(
                clusterer.cluster(all).stream().map(c -> c.getCenter().getPoint()).toList());
        double cost =
            drawn.stream()
                .mapToDouble(
                    x ->
                        CentreModel.squaredDistance(
                            x, found.centres().get(Centres.nearest(x, found.centres()))))
                .sum();
        if (cost < least) {
          best = found;
          least = cost;
        }
      }
    } catch (MathIllegalStateException | MathIllegalArgumentException e) {
      // Fewer different customers were drawn than there are clusters.
      return best;
    }
    return best;
  }

  private Clusters repeat(Algorithm algorithm, List<double[]> drawn, int k, long ownSeed) {
    double[] once = new double[drawn.size()];
    Arrays.fill(once, 1);
    Points resample = new Points(List.of(), drawn, once, false);
    return Attempt.of(
            Clusterer.of(algorithm, ITERATIONS), resample, resample.dataset(spark), k, ownSeed)
        .clusters();
  }
}
