package io.stratify.jobs.segments;

import io.stratify.common.config.Algorithm;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.distribution.EnumeratedIntegerDistribution;
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
}
