package io.stratify.jobs.segments;

import static org.apache.spark.sql.functions.col;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/**
 * How much of an outcome's variance lies between the clusters (eta squared, Fisher 1925): customers
 * are divided as they were at a past snapshot, and the outcome is what they did in the days after
 * it.
 */
final class OutcomeEffect implements ToDoubleFunction<Clusters> {
  private final List<double[]> points;
  private final double[] outcome;

  private OutcomeEffect(List<double[]> points, double[] outcome) {
    this.points = points;
    this.outcome = outcome;
  }

  /**
   * Brings a sample of customers to the driver.
   *
   * @param past features of a past snapshot with the columns of {@code customer_outcome}
   * @param column the outcome; customers without one do not count
   */
  static OutcomeEffect of(
      Dataset<Row> past, String column, Preparation preparation, int size, long seed) {
    Dataset<Row> known = past.where(col(PastOutcomes.column(column)).isNotNull());
    List<Row> rows =
        new ArrayList<>(
            known
                .where(Sample.drawn(known.count(), size, seed))
                .select(
                    col("customer_id"),
                    ClusterModel.columns(preparation.features()).as("features"),
                    col(PastOutcomes.column(column)).cast(DataTypes.DoubleType).as("outcome"))
                .collectAsList());
    rows.sort(Comparator.comparing(r -> r.getString(0)));
    return new OutcomeEffect(
        rows.stream().map(r -> preparation.apply(ClusterModel.unbox(r.<Double>getSeq(1)))).toList(),
        rows.stream().mapToDouble(r -> r.getDouble(2)).toArray());
  }

  /** Eta squared, 0 to 1; NaN where the outcome is the same for everybody. */
  @Override
  public double applyAsDouble(Clusters clusters) {
    int[] labels = clusters.labels(points);
    double[] sum = new double[clusters.k()];
    double[] size = new double[clusters.k()];
    double mean = SampleFigures.mean(outcome);
    double all = 0;
    for (int i = 0; i < labels.length; i++) {
      double difference = outcome[i] - mean;
      sum[labels[i]] += difference;
      size[labels[i]]++;
      all += difference * difference;
    }
    double between = 0;
    for (int c = 0; c < sum.length; c++) {
      between += size[c] == 0 ? 0 : sum[c] * sum[c] / size[c];
    }
    // Of equal outcomes the mean may be another by rounding.
    return SampleFigures.deviation(outcome) > 0 ? between / all : Double.NaN;
  }
}
