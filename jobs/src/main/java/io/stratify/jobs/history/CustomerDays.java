package io.stratify.jobs.history;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.to_date;
import static org.apache.spark.sql.functions.when;

import io.stratify.common.tables.ColumnSpec;
import io.stratify.common.tables.CustomerDay;
import io.stratify.common.tables.Customers;
import io.stratify.common.tables.Events;
import io.stratify.common.tables.OrderLines;
import io.stratify.common.tables.Orders;
import io.stratify.common.tables.TableSpec;
import java.util.Arrays;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Sums facts to one row per customer and day (UTC), reading each fact table once. Lines are summed
 * per category and events per session first: then sets and sessions add up, and no distinct count
 * over facts is needed.
 */
public final class CustomerDays {
  private static final String CUSTOMER = CustomerDay.CUSTOMER_ID.name();
  private static final String DAY = CustomerDay.DAY.name();
  private static final Column ZERO = lit(0).cast(TableSpec.MONEY);

  private CustomerDays() {}

  /** The customer days of conformed orders, order lines and events. */
  public static Dataset<Row> from(Dataset<Row> orders, Dataset<Row> lines, Dataset<Row> events) {
    Column[] sums =
        CustomerDay.TABLE.columns().stream()
            .filter(CustomerDays::fromOrdersOrEvents)
            .map(c -> sum(c.col()).as(c.name()))
            .toArray(Column[]::new);
    Dataset<Row> ordersAndEvents =
        ofOrders(orders)
            .union(ofEvents(events))
            .groupBy(col(CUSTOMER), col(DAY))
            .agg(sums[0], Arrays.copyOfRange(sums, 1, sums.length));
    Column[] complete =
        CustomerDay.TABLE.columns().stream()
            .map(c -> orNothing(c).as(c.name()))
            .toArray(Column[]::new);
    return ordersAndEvents
        .join(ofLines(lines), CustomerDay.TABLE.key().toArray(String[]::new), "full_outer")
        .select(complete);
  }

  private static boolean fromOrdersOrEvents(ColumnSpec column) {
    return !CustomerDay.TABLE.key().contains(column.name())
        && !column.equals(CustomerDay.UNITS)
        && !column.equals(CustomerDay.CATEGORIES);
  }

  private static Column orNothing(ColumnSpec column) {
    if (CustomerDay.TABLE.key().contains(column.name())) {
      return column.col();
    }
    return column.equals(CustomerDay.CATEGORIES)
        ? coalesce(column.col(), array().cast(column.type()))
        : coalesce(column.col(), lit(0).cast(column.type()));
  }

  private static Dataset<Row> ofOrders(Dataset<Row> orders) {
    Column completed = Orders.STATUS.col().equalTo(Orders.COMPLETED);
    Column discount = coalesce(Orders.DISCOUNT.col(), ZERO);
    return facts(
        orders.withColumn(DAY, to_date(Orders.ORDERED_AT.col())),
        Map.of(
            CustomerDay.ORDERS, when(completed, 1L).otherwise(0L),
            CustomerDay.GROSS_AMOUNT, Orders.GROSS_AMOUNT.col(),
            CustomerDay.COMPLETED_AMOUNT,
                when(completed, Orders.GROSS_AMOUNT.col()).otherwise(ZERO),
            CustomerDay.RETURNED_AMOUNT, Orders.RETURNED_AMOUNT.col(),
            CustomerDay.DISCOUNT_AMOUNT, when(completed, discount).otherwise(ZERO)));
  }

  private static Dataset<Row> ofEvents(Dataset<Row> events) {
    Dataset<Row> sessions =
        events
            .groupBy(
                Customers.CUSTOMER_ID.col(),
                to_date(Events.OCCURRED_AT.col()).as(DAY),
                Events.SESSION_ID.col())
            .agg(
                count(lit(1)).as("n"),
                sum(coalesce(Events.DURATION_SECONDS.col(), ZERO)).as("seconds"));
    return facts(
        sessions,
        Map.of(
            CustomerDay.EVENTS, col("n"),
            CustomerDay.SESSIONS, when(Events.SESSION_ID.col().isNotNull(), 1L).otherwise(0L),
            CustomerDay.EVENT_SECONDS, col("seconds")));
  }

  /** The columns of a day that orders or events fill, with zero in those of the other. */
  private static Dataset<Row> facts(Dataset<Row> rows, Map<ColumnSpec, Column> values) {
    return rows.select(
        CustomerDay.TABLE.columns().stream()
            .filter(c -> CustomerDay.TABLE.key().contains(c.name()) || fromOrdersOrEvents(c))
            .map(
                c ->
                    CustomerDay.TABLE.key().contains(c.name())
                        ? c.col()
                        : values.getOrDefault(c, lit(0)).cast(c.type()).as(c.name()))
            .toArray(Column[]::new));
  }

  /** Placed by customer and day once, which serves both steps and the join. */
  private static Dataset<Row> ofLines(Dataset<Row> lines) {
    Column quantity = OrderLines.QUANTITY.col();
    Column stands =
        coalesce(OrderLines.STATUS.col(), lit(Orders.COMPLETED)).equalTo(Orders.COMPLETED);
    Column bought = stands.and(coalesce(quantity, lit(1)).gt(0));
    return lines
        .select(
            OrderLines.CUSTOMER_ID.col().as(CUSTOMER),
            to_date(OrderLines.ORDERED_AT.col()).as(DAY),
            when(bought, OrderLines.CATEGORY.col()).as("category"),
            when(bought, coalesce(quantity, ZERO)).otherwise(ZERO).as("quantity"))
        .repartition(col(CUSTOMER), col(DAY))
        .groupBy(col(CUSTOMER), col(DAY), col("category"))
        .agg(sum(col("quantity")).as("quantity"))
        .groupBy(col(CUSTOMER), col(DAY))
        .agg(
            sum(col("quantity")).as(CustomerDay.UNITS.name()),
            array_sort(collect_list(col("category"))).as(CustomerDay.CATEGORIES.name()));
  }
}
