package io.stratify.jobs.segments;

import io.stratify.common.config.Algorithm;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.commons.math3.exception.MathIllegalArgumentException;
import org.apache.commons.math3.exception.MathIllegalStateException;
import org.apache.commons.math3.ml.clustering.CentroidCluster;
import org.apache.commons.math3.ml.clustering.DoublePoint;
import org.apache.spark.sql.SparkSession;

/**
 * Finds the clusters of a segmentation again, among other customers in the same space. K-means
 * starts from k-means++ (Arthur and Vassilvitskii 2007) and is freed from poor minima as in the
 * search ({@link Relocation}); bisecting k-means cuts as MLlib does; both in memory. A mixture is
 * fitted by MLlib to at most {@link #MIXTURE_POINTS} of the customers.
 *
 * @param spark session
 * @param algorithm algorithm of the segmentation
 */
public record Refit(SparkSession spark, Algorithm algorithm) {
  /** Customers that a mixture is fitted to at most: each of its iterations is a Spark job. */
  static final int MIXTURE_POINTS = 2000;

  /**
   * The clusters; empty where the customers are too much alike for so many.
   *
   * @param points prepared customers
   * @param times how often each counts, at least 0
   * @param k number of clusters
   */
  public Optional<Clusters> of(List<double[]> points, int[] times, int k, long seed) {
    int[] kept = IntStream.range(0, times.length).filter(i -> times[i] > 0).toArray();
    try {
      return switch (algorithm) {
        case KMEANS -> kmeans(points, times, kept, k, seed);
        case BISECTING_KMEANS ->
            Optional.ofNullable(Stability.bisecting(repeated(points, times, kept), k, seed));
        case GAUSSIAN_MIXTURE -> mixture(repeated(points, times, kept), k, seed);
      };
    } catch (MathIllegalStateException | MathIllegalArgumentException e) {
      // Fewer different customers than clusters.
      return Optional.empty();
    }
  }

  private static Optional<Clusters> kmeans(
      List<double[]> points, int[] times, int[] kept, int k, long seed) {
    List<double[]> own = Arrays.stream(kept).mapToObj(points::get).toList();
    double[] weights = Arrays.stream(kept).mapToDouble(i -> times[i]).toArray();
    List<CentroidCluster<DoublePoint>> start =
        Stability.clusterer(k, 1, seed).cluster(own.stream().map(DoublePoint::new).toList());
    if (start.stream().anyMatch(c -> c.getPoints().isEmpty())) {
      return Optional.empty();
    }
    List<double[]> centres = start.stream().map(c -> c.getCenter().getPoint()).toList();
    Points weighted = new Points(List.of(), own, weights, false);
    return Optional.of(new Relocation(weighted).improved(new Centres(centres)).ordered());
  }

  private Optional<Clusters> mixture(List<double[]> all, int k, long seed) {
    List<double[]> some = all;
    if (all.size() > MIXTURE_POINTS) {
      some = new ArrayList<>(all);
      Collections.shuffle(some, new Random(seed));
      some = new ArrayList<>(some.subList(0, MIXTURE_POINTS)); // a part of a list cannot be sent
    }
    return Optional.ofNullable(Stability.mixture(spark, some, k, seed));
  }

  private static List<double[]> repeated(List<double[]> points, int[] times, int[] kept) {
    List<double[]> all = new ArrayList<>();
    for (int i : kept) {
      for (int t = 0; t < times[i]; t++) {
        all.add(points.get(i));
      }
    }
    return all;
  }
}
