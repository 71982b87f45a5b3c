package io.stratify.jobs.segments;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.udf;

import io.stratify.common.config.Algorithm;
import io.stratify.jobs.Digits;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.spark.ml.clustering.BisectingKMeans;
import org.apache.spark.ml.clustering.GaussianMixture;
import org.apache.spark.ml.clustering.GaussianMixtureModel;
import org.apache.spark.ml.clustering.KMeans;
import org.apache.spark.ml.linalg.Matrix;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.stat.distribution.MultivariateGaussian;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.expressions.UserDefinedFunction;

/** An algorithm of MLlib over columns {@code features} and {@code weight}. */
@FunctionalInterface
interface Clusterer {
  /** The clusters, which may be degenerate and fewer than wanted. */
  Clusters fit(Dataset<Row> points, int k, long seed);

  /**
   * Iterations of k-means, after which {@link Relocation} goes on in memory: each of MLlib's is a
   * Spark job, which takes longer than ten passes over a coreset.
   */
  int BEFORE_RELOCATION = 5;

  /** Iterations per cut: MLlib makes all of them, and a cut in two is soon at rest. */
  int PER_CUT = 8;

  /** How far points are moved in each feature, whose deviation is mostly 1. */
  double AWAY = 1;

  UserDefinedFunction MOVED =
      udf((UDF1<Vector, Vector>) v -> moved(v, AWAY), SQLDataTypes.VectorType());

  /** Gain of the mean log likelihood of a customer below which a mixture is at rest. */
  double GAIN = 1e-4;

  /**
   * The algorithm of a name.
   *
   * @param customers sum of the weights of the points that it will get
   */
  static Clusterer of(Algorithm algorithm, int iterations, double customers) {
    return switch (algorithm) {
      case KMEANS -> (points, k, seed) -> kmeans(points, k, seed, iterations);
      case BISECTING_KMEANS -> (points, k, seed) -> bisecting(points, k, seed, iterations);
      case GAUSSIAN_MIXTURE ->
          (points, k, seed) -> mixture(points, k, seed, iterations, GAIN * customers);
    };
  }

  /** K-means with the start of k-means|| (Bahmani et al. 2012). */
  private static Clusters kmeans(Dataset<Row> points, int k, long seed, int iterations) {
    return centres(
        new KMeans()
            .setK(k)
            .setSeed(seed)
            .setMaxIter(Math.min(BEFORE_RELOCATION, iterations))
            .setWeightCol(Points.WEIGHT)
            .fit(points)
            .clusterCenters());
  }

  /**
   * Bisecting k-means (Steinbach, Karypis, Kumar 2000). Its leaves are taken for centres, and a
   * point belongs to the nearest, not to the leaf that its path through the cuts ends at: so the
   * margin is a sum over features. MLlib starts a cut from two places beside the mean, that are as
   * far from it as the mean is from zero, times 1e-4: from points whose mean is zero it makes no
   * cut at all, which is why they are moved away from there.
   */
  private static Clusters bisecting(Dataset<Row> points, int k, long seed, int iterations) {
    Vector[] centres =
        new BisectingKMeans()
            .setK(k)
            .setSeed(seed)
            .setMaxIter(Math.min(PER_CUT, iterations))
            .setWeightCol(Points.WEIGHT)
            .fit(points.withColumn(Points.FEATURES, MOVED.apply(col(Points.FEATURES))))
            .clusterCenters();
    // Rounded before they are moved back, where the last digits would become the first.
    return Centres.of(
        Arrays.stream(centres)
            .map(c -> moved(Vectors.dense(Centres.rounded(c.toArray())), -AWAY).toArray())
            .toList());
  }

  private static Vector moved(Vector point, double by) {
    return Vectors.dense(Arrays.stream(point.toArray()).map(v -> v + by).toArray());
  }

  private static Clusters centres(Vector[] centres) {
    return Centres.of(Arrays.stream(centres).map(Vector::toArray).toList());
  }

  /**
   * Expectation maximisation with full covariances.
   *
   * @param gain of the log likelihood of all customers below which it ends
   */
  private static Clusters mixture(
      Dataset<Row> points, int k, long seed, int iterations, double gain) {
    GaussianMixtureModel model =
        new GaussianMixture()
            .setK(k)
            .setSeed(seed)
            .setMaxIter(iterations)
            .setTol(gain)
            .setWeightCol(Points.WEIGHT)
            .fit(points);
    return new Mixture(
        IntStream.range(0, model.gaussians().length)
            .mapToObj(c -> component(model.weights()[c], model.gaussians()[c]))
            .toList());
  }

  private static Mixture.Component component(double weight, MultivariateGaussian gaussian) {
    Matrix covariance = gaussian.cov();
    double[][] rows = new double[covariance.numRows()][covariance.numCols()];
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < rows.length; j++) {
        rows[i][j] = Digits.nine((covariance.apply(i, j) + covariance.apply(j, i)) / 2);
      }
    }
    return new Mixture.Component(
        Digits.nine(weight), Centres.rounded(gaussian.mean().toArray()), rows);
  }
}
