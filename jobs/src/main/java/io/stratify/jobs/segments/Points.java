package io.stratify.jobs.segments;

import io.stratify.jobs.Digits;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.IntPredicate;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Weighted customers that stand for all, in the order of their ids.
 *
 * @param raw features as they are, NaN where missing
 * @param prepared the same, prepared
 * @param weights how many customers each stands for
 * @param complete whether these are all customers
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Points(List<double[]> raw, List<double[]> prepared, double[] weights, boolean complete)
    implements Serializable {
  /** Points in one partition; the number of partitions must not come from the cluster. */
  private static final int POINTS_PER_PARTITION = 50_000;

  /** Of the deviation of a feature. */
  private static final double BLUR = 0.1;

  static final String FEATURES = "features";
  static final String WEIGHT = "weight";

  private static final StructType SCHEMA =
      new StructType().add(FEATURES, SQLDataTypes.VectorType()).add(WEIGHT, DataTypes.DoubleType);

  /** All customers of a complete sample, each for himself. */
  static Points all(List<double[]> raw, Preparation preparation) {
    return new Points(raw, raw.stream().map(preparation::apply).toList(), ones(raw.size()), true);
  }

  /** Some prepared customers, each for himself. */
  static Points some(List<double[]> prepared) {
    return new Points(List.of(), prepared, ones(prepared.size()), false);
  }

  private static double[] ones(int n) {
    double[] ones = new double[n];
    Arrays.fill(ones, 1);
    return ones;
  }

  int size() {
    return weights.length;
  }

  /** How many customers they stand for. */
  double total() {
    return Arrays.stream(weights).sum();
  }

  /** Number of different prepared points, counted no further than a limit. */
  long distinct(long limit) {
    return prepared.stream().map(Arrays::toString).distinct().limit(limit).count();
  }

  /** Those of some places, without their raw features. */
  Points of(IntPredicate places) {
    int[] kept = IntStream.range(0, size()).filter(places).toArray();
    return new Points(
        List.of(),
        Arrays.stream(kept).mapToObj(prepared::get).toList(),
        Arrays.stream(kept).mapToDouble(i -> weights[i]).toArray(),
        false);
  }

  /**
   * The points as if each value was known to a tenth of its deviation only. Without it the
   * likelihood of a mixture has no bound where many have the same values (Bishop, Pattern
   * Recognition and Machine Learning, 2006, 9.2.1), and whoever differs from them by a day is far
   * from them. The tenth is ours: it adds a hundredth to the variance of what spreads like all, and
   * keeps those who are alike together where they are a few days apart.
   */
  Points blurred() {
    // Of features that do not vary here, as in a cohort, it is that of most where they do.
    double[] means = means();
    double[] deviations = deviations();
    double[] scales =
        IntStream.range(0, means.length)
            .mapToDouble(j -> Digits.differ(means[j], deviations[j]) ? deviations[j] : 1)
            .toArray();
    Random chance = new Random(1);
    List<double[]> blurred =
        prepared.stream()
            .map(
                x ->
                    IntStream.range(0, x.length)
                        .mapToDouble(j -> x[j] + BLUR * scales[j] * chance.nextGaussian())
                        .toArray())
            .toList();
    return new Points(List.of(), blurred, weights, false);
  }

  /** The standard deviation of each prepared feature. */
  double[] deviations() {
    double[] means = means();
    return IntStream.range(0, means.length)
        .mapToDouble(
            j -> Math.sqrt(weighed(i -> Math.pow(prepared.get(i)[j] - means[j], 2)) / total()))
        .toArray();
  }

  /** The mean of each feature. */
  double[] means() {
    return IntStream.range(0, prepared.get(0).length)
        .mapToDouble(j -> weighed(i -> prepared.get(i)[j]) / total())
        .toArray();
  }

  private double weighed(IntToDoubleFunction figure) {
    return IntStream.range(0, size()).mapToDouble(i -> weights[i] * figure.applyAsDouble(i)).sum();
  }

  /** Weight of each cluster. */
  double[] sizes(int[] labels, int k) {
    double[] sizes = new double[k];
    for (int i = 0; i < labels.length; i++) {
      sizes[labels[i]] += weights[i];
    }
    return sizes;
  }

  /** Weighted sum of the squared distances to the centre of the own cluster. */
  double cost(int[] labels, List<double[]> centres) {
    return IntStream.range(0, labels.length)
        .mapToDouble(
            i -> weights[i] * CentreModel.squaredDistance(prepared.get(i), centres.get(labels[i])))
        .sum();
  }

  /**
   * The points as columns {@code features} and {@code weight}, in a fixed order in a fixed number
   * of partitions. They are broadcast once, so that the many small tasks of a fit carry nothing.
   */
  Dataset<Row> dataset(SparkSession spark) {
    Broadcast<Points> shared =
        JavaSparkContext.fromSparkContext(spark.sparkContext())
            .broadcast(new Points(List.of(), prepared, weights, complete));
    return spark.createDataFrame(
        spark
            .range(0, size(), 1, 1 + (size() - 1) / POINTS_PER_PARTITION)
            .toJavaRDD()
            .map(i -> shared.value().row(i.intValue())),
        SCHEMA);
  }

  private Row row(int i) {
    return RowFactory.create(Vectors.dense(prepared.get(i)), weights[i]);
  }
}
