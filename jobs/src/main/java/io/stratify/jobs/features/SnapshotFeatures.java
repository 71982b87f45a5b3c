package io.stratify.jobs.features;

import static org.apache.spark.sql.functions.array_distinct;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.date_sub;
import static org.apache.spark.sql.functions.datediff;
import static org.apache.spark.sql.functions.flatten;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.map_keys;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.stratify.common.tables.CustomerDay;
import io.stratify.common.tables.CustomerFeatures;
import io.stratify.common.tables.Customers;
import java.sql.Date;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/**
 * The features of every customer known before the as-of date, from customer days strictly before
 * it: one aggregation over {@code customer_day}, one join to {@code customers}.
 *
 * @param asOf the as-of date
 * @param windowDays length of the last window, and of the previous one before it
 * @param inputs canonical inputs that the warehouse has; features of others are null
 */
public record SnapshotFeatures(LocalDate asOf, int windowDays, Set<String> inputs) {

  /** One row per customer, with every feature but the scores. */
  public Dataset<Row> from(Dataset<Row> customers, Dataset<Row> customerDays) {
    Dataset<Row> sums = sums(customerDays.where(CustomerDay.DAY.col().lt(date())));
    Dataset<Row> known =
        customers
            .select(Customers.CUSTOMER_ID.col(), Customers.SIGNED_UP_ON.col())
            .join(sums, Customers.CUSTOMER_ID.name(), "left")
            .where(col("first_day").isNotNull().or(Customers.SIGNED_UP_ON.col().lt(date())));
    Map<String, Column> features = features();
    Column[] columns =
        features.entrySet().stream()
            .map(e -> available(e.getKey(), e.getValue()).as(e.getKey()))
            .toArray(Column[]::new);
    Column[] selected = new Column[columns.length + 1];
    selected[0] = Customers.CUSTOMER_ID.col();
    System.arraycopy(columns, 0, selected, 1, columns.length);
    return known.select(selected);
  }

  private Dataset<Row> sums(Dataset<Row> days) {
    Column bought = CustomerDay.ORDERS.col().gt(0);
    Column day = CustomerDay.DAY.col();
    Column last = day.geq(date_sub(date(), windowDays));
    Column previous =
        day.geq(date_sub(date(), 2 * windowDays)).and(day.lt(date_sub(date(), windowDays)));
    Column used = last.and(CustomerDay.EVENTS.col().gt(0));
    return days.groupBy(CustomerDay.CUSTOMER_ID.col())
        .agg(
            min(day).as("first_day"),
            min(when(bought, day)).as("first_order"),
            max(when(bought, day)).as("last_order"),
            sum(when(bought, 1L).otherwise(0L)).as("order_days"),
            sum(CustomerDay.ORDERS.col()).as("orders"),
            sum(CustomerDay.GROSS_AMOUNT.col()).as("gross"),
            sum(CustomerDay.COMPLETED_AMOUNT.col()).as("completed"),
            sum(CustomerDay.RETURNED_AMOUNT.col()).as("returned"),
            sum(CustomerDay.DISCOUNT_AMOUNT.col()).as("discount"),
            sum(when(last, CustomerDay.GROSS_AMOUNT.col())).as("gross_last"),
            sum(when(previous, CustomerDay.GROSS_AMOUNT.col())).as("gross_previous"),
            size(array_distinct(flatten(collect_list(map_keys(CustomerDay.CATEGORY_UNITS.col())))))
                .as("categories"),
            sum(when(used, 1L).otherwise(0L)).as("event_days"),
            sum(when(used, CustomerDay.EVENTS.col()).otherwise(0L)).as("events"));
  }

  private Map<String, Column> features() {
    Column gross = number(col("gross"));
    Column returned = number(col("returned"));
    Column discount = number(col("discount"));
    Column recent = number(col("gross_last"));
    Column before = number(col("gross_previous"));
    Column orders = coalesce(col("orders"), lit(0L));
    Column gaps = col("order_days").minus(1);
    Map<String, Column> f = new LinkedHashMap<>();
    f.put(
        CustomerFeatures.TENURE_DAYS.name(),
        datediff(date(), least(Customers.SIGNED_UP_ON.col(), col("first_day"))));
    f.put(CustomerFeatures.RECENCY_DAYS.name(), datediff(date(), col("last_order")));
    f.put(CustomerFeatures.FREQUENCY.name(), orders);
    f.put(
        CustomerFeatures.MONETARY_NET.name(),
        coalesce(col("gross").minus(col("returned")), lit(0)));
    f.put(CustomerFeatures.MONETARY_GROSS.name(), coalesce(col("gross"), lit(0)));
    f.put(
        CustomerFeatures.AVG_ORDER.name(),
        when(orders.gt(0), number(col("completed")).divide(orders)));
    f.put(
        CustomerFeatures.MEAN_GAP_DAYS.name(),
        when(gaps.gt(0), datediff(col("last_order"), col("first_order")).divide(gaps)));
    f.put(CustomerFeatures.CATEGORY_BREADTH.name(), coalesce(col("categories"), lit(0)));
    f.put(
        CustomerFeatures.RETURN_SHARE.name(),
        when(gross.gt(0), least(returned.divide(gross), lit(1.0))));
    f.put(
        CustomerFeatures.DISCOUNT_SHARE.name(),
        when(gross.gt(0), discount.divide(gross.plus(discount))));
    f.put(
        CustomerFeatures.TREND.name(),
        when(recent.plus(before).gt(0), recent.minus(before).divide(recent.plus(before)))
            .otherwise(0.0));
    f.put(CustomerFeatures.EVENT_DAYS.name(), coalesce(col("event_days"), lit(0L)));
    f.put(
        CustomerFeatures.EVENTS_PER_DAY.name(),
        when(col("event_days").gt(0), col("events").divide(col("event_days"))));
    return f;
  }

  private Column available(String feature, Column value) {
    CustomerFeatures.Feature declared = CustomerFeatures.byName(feature).orElseThrow();
    Column typed = value.cast(declared.column().type());
    return has(declared.input()) ? typed : lit(null).cast(declared.column().type());
  }

  /** Customers are always there; orders may come from their lines. */
  private boolean has(String input) {
    return switch (input) {
      case "customers" -> true;
      case "orders" -> inputs.contains("orders") || inputs.contains("order_lines");
      default -> inputs.contains(input);
    };
  }

  private Column date() {
    return lit(Date.valueOf(asOf));
  }

  private static Column number(Column money) {
    return coalesce(money.cast(DataTypes.DoubleType), lit(0.0));
  }
}
