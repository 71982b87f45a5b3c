package io.stratify.jobs.segments;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.udf;

import io.stratify.common.tables.CustomerFeatures;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.types.DataTypes;

/**
 * The lightweight coreset of Bachem, Lucic and Krause (Scalable k-means clustering via lightweight
 * coresets, KDD 2018): a customer is drawn with a probability in proportion to q = 1/2n + d^2 / (2
 * sum d^2), where d is the distance to the mean, and stands for 1 / (m q) customers. Whether one is
 * drawn is decided by a hash of his id, for each on his own, so that the result depends neither on
 * partitions nor on other customers; about m are drawn. Mean and sum are those of the sample from
 * which the preparation was learnt, which leaves the weights unbiased and saves a pass.
 *
 * @param preparation from features to the space of the distances
 * @param mean mean of the prepared sample
 * @param meanSquare mean of d^2 in the sample
 * @param share m / n
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Coreset(Preparation preparation, double[] mean, double meanSquare, double share)
    implements Serializable {
  /** Drawn apart from the sample, so that the one says nothing about the other. */
  private static final String SALT = "coreset";

  /** What has to be known to draw. */
  static Coreset of(Preparation preparation, List<double[]> sample, long customers, int size) {
    double[] mean = new double[preparation.scales().size()];
    double squares = 0;
    for (double[] raw : sample) {
      double[] x = preparation.apply(raw);
      for (int j = 0; j < mean.length; j++) {
        mean[j] += x[j] / sample.size();
        squares += x[j] * x[j] / sample.size();
      }
    }
    for (double m : mean) {
      squares -= m * m;
    }
    return new Coreset(preparation, mean, squares, size / (double) customers);
  }

  /** The probability with which a customer is drawn. */
  double probability(double[] prepared) {
    double far = CentreModel.squaredDistance(prepared, mean) / meanSquare;
    return Math.min(1, share * (0.5 + 0.5 * far));
  }

  /**
   * Draws from all customers and brings the drawn ones to the driver.
   *
   * @param features {@code customer_features}
   * @param customers number of its rows; the weights sum to it
   */
  Points draw(Dataset<Row> features, long customers, long seed) {
    UDF2<scala.collection.Seq<Double>, Long, Boolean> drawn =
        (raw, hash) ->
            hash < probability(preparation.apply(ClusterModel.unbox(raw))) * Sample.BUCKETS;
    List<Row> rows =
        new ArrayList<>(
            features
                .select(
                    CustomerFeatures.CUSTOMER_ID.col(),
                    ClusterModel.columns(preparation.features()).as(Points.FEATURES),
                    Sample.bucket(lit(seed), lit(SALT)).as("hash"))
                .where(udf(drawn, DataTypes.BooleanType).apply(col(Points.FEATURES), col("hash")))
                .collectAsList());
    rows.sort(Comparator.comparing(r -> r.getString(0)));
    return weighted(
        rows.stream().map(r -> ClusterModel.unbox(r.<Double>getSeq(1))).toList(), customers);
  }

  private Points weighted(List<double[]> raw, long customers) {
    List<double[]> prepared = raw.stream().map(preparation::apply).toList();
    double[] weights = prepared.stream().mapToDouble(x -> 1 / probability(x)).toArray();
    double sum = 0;
    for (double w : weights) {
      sum += w;
    }
    for (int i = 0; i < weights.length; i++) {
      weights[i] *= customers / sum;
    }
    return new Points(raw, prepared, weights, false);
  }
}
