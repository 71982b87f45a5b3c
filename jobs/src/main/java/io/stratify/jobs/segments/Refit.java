package io.stratify.jobs.segments;

import io.stratify.common.config.Algorithm;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import org.apache.commons.math3.exception.MathIllegalArgumentException;
import org.apache.commons.math3.exception.MathIllegalStateException;
import org.apache.commons.math3.ml.clustering.CentroidCluster;
import org.apache.commons.math3.ml.clustering.DoublePoint;
import org.apache.commons.math3.ml.clustering.KMeansPlusPlusClusterer;
import org.apache.commons.math3.ml.distance.EuclideanDistance;
import org.apache.commons.math3.random.Well19937c;
import org.apache.spark.sql.SparkSession;

/**
 * Finds the clusters of a segmentation again, among other customers in the same space. K-means
 * starts from k-means++ (Arthur and Vassilvitskii 2007) and is freed from poor minima as in the
 * search ({@link Relocation}); both are done in memory, as {@link Bisection} is. A mixture is
 * fitted by MLlib to at most {@link #MIXTURE_POINTS} of the customers.
 *
 * @param spark session
 * @param algorithm algorithm of the segmentation
 */
public record Refit(SparkSession spark, Algorithm algorithm) {
  /** Customers that a mixture is fitted to at most: each of its iterations is a Spark job. */
  static final int MIXTURE_POINTS = 2000;

  private static final int MIXTURE_ITERATIONS = 30;

  /** Starts of a mixture before it counts as one that cannot be found. */
  private static final int MIXTURE_STARTS = 3;

  /**
   * The clusters; empty where the customers are too much alike for so many, or all fits failed.
   *
   * @param points prepared customers
   * @param times how often each counts, at least 0
   * @param k number of clusters
   */
  public Optional<Clusters> of(List<double[]> points, int[] times, int k, long seed) {
    try {
      return switch (algorithm) {
        case KMEANS -> kmeans(weighted(points, times), k, seed);
        case BISECTING_KMEANS -> bisecting(weighted(points, times), k, seed);
        case GAUSSIAN_MIXTURE -> mixture(repeated(points, times), k, seed);
      };
    } catch (MathIllegalStateException | MathIllegalArgumentException e) {
      // Fewer different customers than clusters.
      return Optional.empty();
    }
  }

  private static Optional<Clusters> kmeans(Points points, int k, long seed) {
    List<CentroidCluster<DoublePoint>> start =
        new KMeansPlusPlusClusterer<DoublePoint>(
                k, 1, new EuclideanDistance(), new Well19937c(seed))
            .cluster(points.prepared().stream().map(DoublePoint::new).toList());
    if (start.stream().anyMatch(c -> c.getPoints().isEmpty())) {
      return Optional.empty();
    }
    List<double[]> centres = start.stream().map(c -> c.getCenter().getPoint()).toList();
    return Optional.of(new Relocation(points).improved(new Centres(centres)).ordered());
  }

  private static Optional<Clusters> bisecting(Points points, int k, long seed) {
    return Optional.<Clusters>of(Bisection.of(points, k, seed)).filter(found -> found.k() == k);
  }

  private Optional<Clusters> mixture(List<double[]> all, int k, long seed) {
    List<double[]> some = all;
    if (all.size() > MIXTURE_POINTS) {
      some = new ArrayList<>(all);
      Collections.shuffle(some, new Random(seed));
      some = new ArrayList<>(some.subList(0, MIXTURE_POINTS)); // a part of a list cannot be sent
    }
    Points drawn = Points.some(some);
    Clusterer clusterer =
        Clusterer.of(Algorithm.GAUSSIAN_MIXTURE, MIXTURE_ITERATIONS, drawn, spark);
    return LongStream.range(seed, seed + MIXTURE_STARTS)
        .mapToObj(start -> Attempt.of(clusterer, drawn, k, start).clusters())
        .filter(Objects::nonNull)
        .findFirst();
  }

  private static Points weighted(List<double[]> points, int[] times) {
    double[] weights = Arrays.stream(times).asDoubleStream().toArray();
    return new Points(List.of(), points, weights, false).of(i -> times[i] > 0);
  }

  private static List<double[]> repeated(List<double[]> points, int[] times) {
    List<double[]> all = new ArrayList<>();
    for (int i = 0; i < times.length; i++) {
      for (int t = 0; t < times[i]; t++) {
        all.add(points.get(i));
      }
    }
    return all;
  }
}
