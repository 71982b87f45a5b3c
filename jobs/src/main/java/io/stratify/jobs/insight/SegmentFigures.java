package io.stratify.jobs.insight;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.stddev_pop;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.stratify.common.tables.CustomerFeatures;
import io.stratify.common.tables.CustomerSegment;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The aggregates behind profiles and KPIs: one row per segment and one row of all customers.
 * Counts, sums and means are over all customers; quantiles are exact over the customers for whom
 * {@code sampled} holds, so that memory does not grow with the customers.
 */
final class SegmentFigures {
  static final String REVENUE = "revenue";
  static final String ORDER_VALUE = "order_value";
  static final String ORDERS = "orders";
  static final String BUYERS = "buyers";
  static final String REPEATERS = "repeaters";

  private SegmentFigures() {}

  /** One row per lens and segment. */
  static Dataset<Row> perSegment(
      Dataset<Row> memberships, Dataset<Row> features, List<String> names, Column sampled) {
    List<Column> figures = new ArrayList<>(kpis());
    Dataset<Row> known = features;
    for (int i = 0; i < names.size(); i++) {
      Column number = number(names.get(i));
      // Features that are keys of maps have names that are none of columns.
      String drawn = "sampled_" + i;
      known = known.withColumn(drawn, when(sampled, number));
      figures.add(count(number).as("n_" + names.get(i)));
      figures.add(avg(number).as("mean_" + names.get(i)));
      figures.add(
          expr("percentile(" + drawn + ", array(0.1D, 0.5D, 0.9D))").as("q_" + names.get(i)));
    }
    return memberships
        .select(
            CustomerSegment.LENS.col(),
            CustomerSegment.SEGMENT_ID.col(),
            CustomerSegment.CUSTOMER_ID.col())
        .join(known.drop("as_of", "revision"), CustomerSegment.CUSTOMER_ID.name())
        .groupBy(CustomerSegment.LENS.col(), CustomerSegment.SEGMENT_ID.col())
        .agg(count(lit(1)).as("customers"), figures.toArray(Column[]::new));
  }

  /** Mean and standard deviation of every feature over all customers, and their revenue. */
  static Dataset<Row> overall(Dataset<Row> features, List<String> names) {
    List<Column> figures = new ArrayList<>(kpis());
    for (String n : names) {
      figures.add(avg(number(n)).as("mean_" + n));
      figures.add(stddev_pop(number(n)).as("deviation_" + n));
    }
    return features.agg(count(lit(1)).as("customers"), figures.toArray(Column[]::new));
  }

  private static List<Column> kpis() {
    Column orders = CustomerFeatures.FREQUENCY.col();
    return List.of(
        sum(CustomerFeatures.MONETARY_NET.col()).as(REVENUE),
        sum(CustomerFeatures.AVG_ORDER.col().multiply(orders)).as(ORDER_VALUE),
        sum(orders).as(ORDERS),
        sum(when(orders.geq(1), 1L).otherwise(0L)).as(BUYERS),
        sum(when(orders.geq(2), 1L).otherwise(0L)).as(REPEATERS));
  }

  private static Column number(String feature) {
    return CustomerFeatures.number(feature);
  }
}
