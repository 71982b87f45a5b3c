package io.stratify.jobs.conform;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.raise_error;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.stratify.common.tables.ColumnSpec;
import io.stratify.common.tables.OrderLines;
import io.stratify.common.tables.Orders;
import io.stratify.common.tables.Products;
import io.stratify.common.tables.TableSpec;
import io.stratify.jobs.MoneyLimit;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What orders and their lines are worth. Cancelled and returned orders are netted, not dropped:
 * what was bought counts as gross, what was undone as returned, and net is the difference.
 */
final class OrderAmounts {
  /** The status that the source has, beside the one that {@link #net} gives. */
  private static final String STATUS_READ = "_status";

  private static final String EMPTY = "l_empty";

  private static final Column ZERO = lit(0).cast(TableSpec.MONEY);

  private OrderAmounts() {}

  /** Lines with price and category of their product where they have none of their own. */
  static Dataset<Row> priceLines(Dataset<Row> lines, Dataset<Row> products) {
    Dataset<Row> p =
        products.select(
            Products.PRODUCT_ID.col().as("p_id"),
            Products.CATEGORY.col().as("p_category"),
            Products.PRICE.col().as("p_price"));
    Column price = coalesce(OrderLines.UNIT_PRICE.col(), col("p_price")).cast(TableSpec.MONEY);
    Column computed =
        OrderLines.QUANTITY
            .col()
            .multiply(price)
            .minus(coalesce(OrderLines.DISCOUNT.col(), ZERO))
            .cast(TableSpec.MONEY);
    Dataset<Row> priced =
        lines
            .join(p, OrderLines.PRODUCT_ID.col().equalTo(col("p_id")), "left")
            .withColumn(OrderLines.AMOUNT.name(), coalesce(OrderLines.AMOUNT.col(), computed))
            .withColumn(
                OrderLines.CATEGORY.name(), coalesce(OrderLines.CATEGORY.col(), col("p_category")));
    Column given = OrderLines.QUANTITY.col().isNotNull().and(price.isNotNull());
    return Mapping.breaking(
            Mapping.breaking(
                priced,
                OrderLines.AMOUNT.col().isNull().and(given),
                "amount is too large: quantity times price, less discount"),
            OrderLines.AMOUNT.col().isNull(),
            "amount is missing, and so is quantity or a price")
        .drop("p_id", "p_category", "p_price");
  }

  /**
   * Orders summed from their lines; an order id used by two customers is two orders. An order that
   * was cancelled or returned line by line is so as a whole: a line below 0, as a voucher, is not
   * given back once more. What is below 0 in sum, or has nothing above 0 beside what is below, is a
   * credit note.
   */
  static Dataset<Row> ordersFromLines(Dataset<Row> lines) {
    Column amount = OrderLines.AMOUNT.col();
    Column status = OrderLines.STATUS.col();
    Column stands = not(undone(status, amount));
    Column whole = col("undone");
    Column sum = Orders.AMOUNT.col();
    return lines
        .groupBy(OrderLines.ORDER_ID.col(), OrderLines.CUSTOMER_ID.col())
        .agg(
            min(OrderLines.ORDERED_AT.col()).as(Orders.ORDERED_AT.name()),
            min(saidUndone(status)).as("undone"),
            min(coalesce(status.equalTo(Orders.CANCELLED), lit(false))).as("cancelled"),
            max(stands.and(amount.gt(ZERO))).as("bought"),
            max(stands).and(min(amount).geq(ZERO)).as("free"),
            requireMoney(sum(amount)).as(Orders.AMOUNT.name()),
            requireMoney(sum(OrderLines.DISCOUNT.col())).as(Orders.DISCOUNT.name()),
            requireMoney(sum(bought(amount))).as(Orders.GROSS_AMOUNT.name()),
            requireMoney(sum(givenBack(status, amount))).as(Orders.RETURNED_AMOUNT.name()))
        .withColumn(
            Orders.GROSS_AMOUNT.name(),
            when(whole, bought(sum)).otherwise(Orders.GROSS_AMOUNT.col()))
        .withColumn(
            Orders.RETURNED_AMOUNT.name(),
            when(whole, abs(sum)).otherwise(Orders.RETURNED_AMOUNT.col()))
        .withColumn(
            Orders.STATUS.name(),
            when(col("cancelled"), Orders.CANCELLED)
                .when(sum.geq(ZERO).and(col("bought").or(col("free"))), Orders.COMPLETED)
                .otherwise(Orders.RETURNED))
        .withColumn(Orders.CHANNEL.name(), lit(null).cast("string"))
        .drop("undone", "cancelled", "bought", "free");
  }

  /**
   * Orders with status, gross and returned amount, of which the amounts and discounts are those of
   * their lines where they have no amount of their own. A returned line of an order that stands was
   * bought and given back; an order of which no line stands is returned.
   *
   * @param discounts whether the discount of every order is that of its lines, none having its own
   * @return the orders, and the number of those that have neither an amount nor a line
   */
  static RowCount netFromLines(Dataset<Row> orders, Dataset<Row> lines, boolean discounts) {
    Column returned = saidUndone(OrderLines.STATUS.col()).and(OrderLines.AMOUNT.col().gt(ZERO));
    Column undone = saidUndone(Orders.STATUS.col());
    Column filled = Orders.AMOUNT.col().isNull();
    Dataset<Row> sums =
        lines
            .groupBy(OrderLines.ORDER_ID.col().as("l_order"))
            .agg(
                sum(OrderLines.AMOUNT.col()).as("l_amount"),
                sum(when(returned, ZERO).otherwise(OrderLines.AMOUNT.col())).as("l_standing"),
                sum(when(returned, OrderLines.AMOUNT.col()).otherwise(ZERO)).as("l_returned"),
                max(not(saidUndone(OrderLines.STATUS.col()))).as("l_stands"),
                sum(OrderLines.DISCOUNT.col()).as("l_discount"));
    Dataset<Row> known =
        orders
            .join(sums, Orders.ORDER_ID.col().equalTo(col("l_order")), "left")
            .withColumn(EMPTY, filled.and(col("l_order").isNull()))
            .withColumn("l_returned", when(filled.and(not(undone)), col("l_returned")))
            .withColumn(
                Orders.DISCOUNT.name(),
                requireMoney(
                    coalesce(
                        Orders.DISCOUNT.col(), when(filled.or(lit(discounts)), col("l_discount")))))
            .withColumn(
                Orders.AMOUNT.name(),
                requireMoney(
                    coalesce(
                        Orders.AMOUNT.col(),
                        when(undone, col("l_amount")).otherwise(col("l_standing")),
                        ZERO)));
    RowCount empty = RowCount.of(known, col(EMPTY), "orders with neither an amount nor a line");
    Dataset<Row> netted = net(empty.rows());
    Column back = coalesce(col("l_returned"), ZERO);
    for (ColumnSpec money : List.of(Orders.AMOUNT, Orders.GROSS_AMOUNT, Orders.RETURNED_AMOUNT)) {
      netted = netted.withColumn(money.name(), requireMoney(money.col().plus(back)));
    }
    return empty.with(
        netted
            .withColumn(
                Orders.STATUS.name(),
                when(back.gt(ZERO).and(not(col("l_stands"))), Orders.RETURNED)
                    .otherwise(Orders.STATUS.col()))
            .drop(
                "l_order",
                "l_amount",
                "l_standing",
                "l_returned",
                "l_stands",
                "l_discount",
                EMPTY));
  }

  /**
   * How many orders take their value from lines of which some are bad.
   *
   * @param orders those to hand on; where there are none but those made of lines, empty
   * @param bad lines, few against all
   */
  static long lacking(Optional<Dataset<Row>> orders, Dataset<Row> bad) {
    Dataset<Row> ids =
        bad.select(OrderLines.ORDER_ID.col())
            .where(OrderLines.ORDER_ID.col().isNotNull())
            .distinct();
    return orders
        .map(
            all ->
                all.where(Orders.AMOUNT.col().isNull())
                    .join(ids, new String[] {Orders.ORDER_ID.name()}, "left_semi"))
        .orElse(ids)
        .count();
  }

  /** A sum that is no money stops the run: the order is sorted already. */
  private static Column requireMoney(Column sum) {
    Column refused =
        raise_error(
            lit(
                "Cannot conform orders: the lines of one order sum up to more than money has digits"
                    + " for. "
                    + MoneyLimit.remedy(OrderLines.TABLE.name())));
    return when(MoneyLimit.isExceededBy(sum), refused).otherwise(sum).cast(TableSpec.MONEY);
  }

  /** Orders with status, gross and returned amount; of orders that have them already, the same. */
  static Dataset<Row> net(Dataset<Row> orders) {
    Column amount = Orders.AMOUNT.col();
    Column status = Orders.STATUS.col();
    return asRead(orders)
        .withColumn(STATUS_READ, status)
        .withColumn(Orders.GROSS_AMOUNT.name(), bought(amount))
        .withColumn(Orders.RETURNED_AMOUNT.name(), givenBack(status, amount))
        .withColumn(Orders.STATUS.name(), undoneOr(status, amount, lit(Orders.COMPLETED)));
  }

  /** The status of an order that is undone, as that of a credit note is; else another one. */
  static Column undoneOr(Column status, Column amount, Column other) {
    return when(status.isin(Orders.CANCELLED, Orders.RETURNED), status)
        .when(amount.lt(ZERO), Orders.RETURNED)
        .otherwise(other);
  }

  /** Orders with the status that the source has. */
  static Dataset<Row> asRead(Dataset<Row> orders) {
    return Arrays.asList(orders.columns()).contains(STATUS_READ)
        ? orders.withColumn(Orders.STATUS.name(), col(STATUS_READ))
        : orders;
  }

  private static Column undone(Column status, Column amount) {
    return saidUndone(status).or(amount.lt(ZERO));
  }

  private static Column saidUndone(Column status) {
    return coalesce(status.isin(Orders.CANCELLED, Orders.RETURNED), lit(false));
  }

  private static Column bought(Column amount) {
    return coalesce(greatest(amount, ZERO), ZERO);
  }

  private static Column givenBack(Column status, Column amount) {
    return when(undone(status, amount), abs(amount)).otherwise(ZERO);
  }
}
