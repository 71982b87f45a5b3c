package io.stratify.jobs.history;

import static org.apache.spark.sql.functions.array_distinct;
import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.flatten;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.size;
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
            array_sort(array_distinct(flatten(collect_list(CustomerDay.CATEGORIES.col()))))
                .as(CustomerDay.CATEGORIES.name()),
            sum(CustomerDay.EVENTS.col()).as(CustomerDay.EVENTS.name()),
            sum(CustomerDay.SESSIONS.col()).as(CustomerDay.SESSIONS.name()),
            sum(CustomerDay.EVENT_SECONDS.col()).as(CustomerDay.EVENT_SECONDS.name()));
  }

  private static Dataset<Row> ofOrders(Dataset<Row> orders) {
    Column completed = Orders.STATUS.col().equalTo(Orders.COMPLETED);
    return daily(
        orders,
        Orders.ORDERED_AT,
        Map.of(
            CustomerDay.ORDERS, sum(when(completed, 1L).otherwise(0L)),
            CustomerDay.GROSS_AMOUNT, sum(Orders.GROSS_AMOUNT.col()),
            CustomerDay.RETURNED_AMOUNT, sum(Orders.RETURNED_AMOUNT.col()),
            CustomerDay.DISCOUNT_AMOUNT,
                sum(when(completed, coalesce(Orders.DISCOUNT.col(), ZERO)).otherwise(ZERO))));
  }

  private static Dataset<Row> ofLines(Dataset<Row> lines) {
    Column quantity = OrderLines.QUANTITY.col();
    Column stands =
        coalesce(OrderLines.STATUS.col(), lit(Orders.COMPLETED)).equalTo(Orders.COMPLETED);
    Column bought = stands.and(quantity.gt(0));
    return daily(
        lines,
        OrderLines.ORDERED_AT,
        Map.of(
            CustomerDay.UNITS, sum(when(bought, quantity).otherwise(ZERO)),
            CustomerDay.CATEGORIES,
                collect_set(
                    when(
                        stands.and(coalesce(quantity, lit(1)).gt(0)), OrderLines.CATEGORY.col()))));
  }

  private static Dataset<Row> ofEvents(Dataset<Row> events) {
    return daily(
        events,
        Events.OCCURRED_AT,
        Map.of(
            CustomerDay.EVENTS, count(lit(1)),
            CustomerDay.SESSIONS, size(collect_set(Events.SESSION_ID.col())),
            CustomerDay.EVENT_SECONDS, sum(coalesce(Events.DURATION_SECONDS.col(), ZERO))));
  }

  /** One row per customer and day, with nothing in the columns that other facts fill. */
  private static Dataset<Row> daily(
      Dataset<Row> facts, ColumnSpec time, Map<ColumnSpec, Column> sums) {
    List<Column> aggregates = new ArrayList<>();
    for (ColumnSpec column : CustomerDay.TABLE.columns()) {
      if (!CustomerDay.TABLE.key().contains(column.name())) {
        Column value = sums.containsKey(column) ? sums.get(column) : nothing(column);
        aggregates.add(value.cast(column.type()).as(column.name()));
      }
    }
    return facts
        .groupBy(Customers.CUSTOMER_ID.col(), to_date(time.col()).as(DAY))
        .agg(aggregates.get(0), aggregates.stream().skip(1).toArray(Column[]::new));
  }

  private static Column nothing(ColumnSpec column) {
    return column.equals(CustomerDay.CATEGORIES)
        ? org.apache.spark.sql.functions.array().cast(column.type())
        : lit(0);
  }
}
