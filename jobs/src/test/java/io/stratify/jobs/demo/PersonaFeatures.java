package io.stratify.jobs.demo;

import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The behavioural features of the pipeline in plain SQL over the clean rows of a warehouse. */
final class PersonaFeatures {
  static final List<String> NAMES =
      List.of(
          "recency_days",
          "frequency",
          "monetary_net",
          "avg_order",
          "mean_gap_days",
          "category_breadth",
          "return_share",
          "discount_share",
          "trend",
          "event_days",
          "events_per_day");

  private PersonaFeatures() {}

  /** {@code persona} and the features, one row per customer. */
  static Dataset<Row> of(SparkSession spark, DemoSpec spec) {
    DemoWarehouse warehouse = DemoWarehouse.of(spark, spec);
    Map<String, Dataset<Row>> tables = warehouse.tables();
    tables.forEach((name, rows) -> rows.distinct().createOrReplaceTempView(name));
    warehouse.answers().forEach((name, rows) -> rows.createOrReplaceTempView(name));
    spark.sql(ORDERS.replace("$end", spec.end().toString())).createOrReplaceTempView("o");
    spark.sql(MONEY).createOrReplaceTempView("money");
    spark.sql(BREADTH).createOrReplaceTempView("breadth");
    spark.sql(EVENTS.replace("$end", spec.end().toString())).createOrReplaceTempView("usage");
    return spark.sql(FEATURES);
  }

  private static final String ORDERS =
      """
      SELECT person AS customer, order_no, state, datediff('$end', ordered_at) AS ago,
        cast(total AS double) * rate AS amount, cast(discount AS double) * rate AS discount
      FROM (
        SELECT order_no, any_value(person) AS person, any_value(ordered_at) AS ordered_at,
          any_value(state) AS state, any_value(total) AS total, any_value(discount) AS discount,
          coalesce(max_by(rate, valid_from), 1) AS rate
        FROM shop_orders o JOIN answer_identities ON customer_id = customer
          LEFT JOIN fx_rates f ON f.currency = o.currency AND valid_from <= ordered_at
        WHERE order_no NOT LIKE 'D%' AND state <> 'cancelled'
        GROUP BY order_no)""";

  private static final String MONEY =
      """
      SELECT customer,
        min(if(state = 'paid', ago, null)) AS recency_days,
        count_if(state = 'paid') AS frequency,
        sum(amount) AS monetary_net,
        avg(if(state = 'paid', amount, null)) AS avg_order,
        (max(if(state = 'paid', ago, null)) - min(if(state = 'paid', ago, null)))
          / nullif(count_if(state = 'paid') - 1, 0) AS mean_gap_days,
        sum(if(state = 'paid', amount, 0)) AS gross,
        sum(if(state = 'refund', -amount, 0)) AS returned,
        sum(discount) AS discount,
        sum(if(state = 'paid' AND ago <= 90, amount, 0)) AS recent,
        sum(if(state = 'paid' AND ago > 90 AND ago <= 180, amount, 0)) AS before
      FROM o GROUP BY customer""";

  private static final String BREADTH =
      """
      SELECT customer, count(DISTINCT category) AS category_breadth
      FROM o JOIN shop_order_lines USING (order_no) JOIN shop_products USING (sku)
      WHERE state = 'paid' GROUP BY customer""";

  private static final String EVENTS =
      """
      SELECT person AS customer, count(DISTINCT to_date(at)) AS event_days, count(*) AS events
      FROM web_events JOIN answer_identities ON customer_id = customer
      WHERE datediff('$end', at) <= 90 GROUP BY person""";

  private static final String FEATURES =
      """
      SELECT persona, recency_days, coalesce(frequency, 0) AS frequency,
        coalesce(monetary_net, 0) AS monetary_net, avg_order, mean_gap_days,
        coalesce(category_breadth, 0) AS category_breadth,
        coalesce(returned / gross, 0) AS return_share,
        coalesce(discount / (gross + discount), 0) AS discount_share,
        coalesce((recent - before) / (recent + before), 0) AS trend,
        coalesce(event_days, 0) AS event_days,
        coalesce(events / event_days, 0) AS events_per_day
      FROM (SELECT p.* FROM answer_personas p JOIN answer_identities ON person = customer_id
            AND customer_id = customer)
        LEFT JOIN money USING (customer) LEFT JOIN breadth USING (customer)
        LEFT JOIN usage USING (customer)
      ORDER BY customer""";
}
