package io.stratify.jobs.segments;

import io.stratify.common.config.Algorithm;
import io.stratify.jobs.Digits;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.spark.ml.clustering.GaussianMixture;
import org.apache.spark.ml.clustering.GaussianMixtureModel;
import org.apache.spark.ml.clustering.KMeans;
import org.apache.spark.ml.linalg.Matrix;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.stat.distribution.MultivariateGaussian;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** An algorithm over some points, by MLlib or in memory. */
@FunctionalInterface
interface Clusterer {
  /** The clusters, which may be degenerate and fewer than wanted. */
  Clusters fit(int k, long seed);

  /**
   * Iterations of k-means, after which {@link Relocation} goes on in memory: each of MLlib's is a
   * Spark job, which takes longer than ten passes over a coreset.
   */
  int BEFORE_RELOCATION = 5;

  /** Gain of the mean log likelihood of a customer below which a mixture is at rest. */
  double GAIN = 1e-4;

  /**
   * The algorithm of a name. Its data are not persisted: so each fit keeps the vectors, and need
   * not unpack rows in every iteration.
   */
  static Clusterer of(Algorithm algorithm, int iterations, Points points, SparkSession spark) {
    return switch (algorithm) {
      case KMEANS -> {
        Dataset<Row> data = points.dataset(spark);
        yield (k, seed) -> kmeans(data, k, seed, iterations);
      }
      case BISECTING_KMEANS -> (k, seed) -> Bisection.of(points, k, seed);
      case GAUSSIAN_MIXTURE -> {
        Dataset<Row> data = points.blurred().dataset(spark);
        yield (k, seed) -> mixture(data, k, seed, iterations, GAIN * points.total());
      }
    };
  }

  /** K-means with the start of k-means|| (Bahmani et al. 2012). */
  private static Clusters kmeans(Dataset<Row> points, int k, long seed, int iterations) {
    Vector[] centres =
        new KMeans()
            .setK(k)
            .setSeed(seed)
            .setMaxIter(Math.min(BEFORE_RELOCATION, iterations))
            .setWeightCol(Points.WEIGHT)
            .fit(points)
            .clusterCenters();
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
