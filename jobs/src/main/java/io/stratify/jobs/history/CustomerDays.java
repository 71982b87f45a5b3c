package io.stratify.jobs.history;

import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Sums facts to one row per customer and day (UTC). Each fact table is aggregated by itself before
 * the three are put together, so that no fact is multiplied by a join.
 */
public final class CustomerDays {
  private static final String DAY = CustomerDay.DAY.name();

  /** What a day is divided by before it is summed: the category of lines, the session of events. */
  private static final String PART = "part";

  private static final String CATEGORY = "category_of_day";
  private static final Column ZERO = lit(0).cast(TableSpec.MONEY);

  private CustomerDays() {}

  /** The customer days of conformed orders, order lines and events. */
  public static Dataset<Row> from(Dataset<Row> orders, Dataset<Row> lines, Dataset<Row> events) {
    return ofOrders(orders)
        .unionByName(ofLines(lines))
        .unionByName(ofEvents(events))
        .groupBy(CustomerDay.CUSTOMER_ID.col(), CustomerDay.DAY.col())
        .agg(
            sum(CustomerDay.ORDERS.col()).as(CustomerDay.ORDERS.name()),
            sum(CustomerDay.GROSS_AMOUNT.col()).as(CustomerDay.GROSS_AMOUNT.name()),
            sum(CustomerDay.RETURNED_AMOUNT.col()).as(CustomerDay.RETURNED_AMOUNT.name()),
            sum(CustomerDay.DISCOUNT_AMOUNT.col()).as(CustomerDay.DISCOUNT_AMOUNT.name()),
            sum(CustomerDay.UNITS.col()).as(CustomerDay.UNITS.name()),
            array_sort(collect_set(col(CATEGORY))).as(CustomerDay.CATEGORIES.name()),
            sum(CustomerDay.EVENTS.col()).as(CustomerDay.EVENTS.name()),
            sum(CustomerDay.SESSIONS.col()).as(CustomerDay.SESSIONS.name()),
            sum(CustomerDay.EVENT_SECONDS.col()).as(CustomerDay.EVENT_SECONDS.name()));
  }

  private static Dataset<Row> ofOrders(Dataset<Row> orders) {
    Column completed = Orders.STATUS.col().equalTo(Orders.COMPLETED);
    return daily(
        orders.withColumn(PART, lit(null).cast("string")),
        Orders.ORDERED_AT,
        Map.of(
            CustomerDay.ORDERS, sum(when(completed, 1L).otherwise(0L)),
            CustomerDay.GROSS_AMOUNT, sum(Orders.GROSS_AMOUNT.col()),
            CustomerDay.RETURNED_AMOUNT, sum(Orders.RETURNED_AMOUNT.col()),
            CustomerDay.DISCOUNT_AMOUNT,
                sum(when(completed, coalesce(Orders.DISCOUNT.col(), ZERO)).otherwise(ZERO))),
        lit(null).cast("string"));
  }

  /** One row per category of a day. */
  private static Dataset<Row> ofLines(Dataset<Row> lines) {
    Column quantity = OrderLines.QUANTITY.col();
    Column stands =
        coalesce(OrderLines.STATUS.col(), lit(Orders.COMPLETED)).equalTo(Orders.COMPLETED);
    Column bought = stands.and(coalesce(quantity, lit(1)).gt(0));
    return daily(
        lines.withColumn(PART, when(bought, OrderLines.CATEGORY.col())),
        OrderLines.ORDERED_AT,
        Map.of(CustomerDay.UNITS, sum(when(bought, coalesce(quantity, ZERO)).otherwise(ZERO))),
        col(PART));
  }

  /** One row per session of a day: sessions add up, so that no distinct count is needed. */
  private static Dataset<Row> ofEvents(Dataset<Row> events) {
    return daily(
        events.withColumn(PART, Events.SESSION_ID.col()),
        Events.OCCURRED_AT,
        Map.of(
            CustomerDay.EVENTS, count(lit(1)),
            CustomerDay.SESSIONS, max(when(col(PART).isNotNull(), 1L).otherwise(0L)),
            CustomerDay.EVENT_SECONDS, sum(coalesce(Events.DURATION_SECONDS.col(), ZERO))),
        lit(null).cast("string"));
  }

  /**
   * Rows per customer, day and {@link #PART}, with zero in the columns that other facts fill.
   *
   * @param category what the rows say of categories
   */
  private static Dataset<Row> daily(
      Dataset<Row> facts, ColumnSpec time, Map<ColumnSpec, Column> sums, Column category) {
    List<Column> aggregates = new ArrayList<>();
    for (ColumnSpec column : CustomerDay.TABLE.columns()) {
      boolean summed =
          !CustomerDay.TABLE.key().contains(column.name())
              && !column.equals(CustomerDay.CATEGORIES);
      if (summed) {
        Column value = sums.getOrDefault(column, lit(0));
        aggregates.add(value.cast(column.type()).as(column.name()));
      }
    }
    return facts
        .groupBy(Customers.CUSTOMER_ID.col(), to_date(time.col()).as(DAY), col(PART))
        .agg(aggregates.get(0), aggregates.stream().skip(1).toArray(Column[]::new))
        .withColumn(CATEGORY, category)
        .drop(PART);
  }
}
