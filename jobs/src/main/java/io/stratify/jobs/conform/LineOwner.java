package io.stratify.jobs.conform;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import io.stratify.common.tables.OrderLines;
import io.stratify.common.tables.Orders;
import java.util.Arrays;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Order lines that belong to a separate orders table. */
final class LineOwner {
  private LineOwner() {}

  /**
   * Orders of which some are withheld, one row per order id: equal rows that are withheld are not
   * told apart, and where an id is used twice the withheld order owns the lines.
   */
  static Dataset<Row> unique(Dataset<Row> orders) {
    Column chosen =
        max(
            struct(
                col(Mapping.RULE),
                Orders.CUSTOMER_ID.col(),
                Orders.ORDERED_AT.col(),
                Orders.STATUS.col(),
                Orders.AMOUNT.col()));
    return orders
        .groupBy(Orders.ORDER_ID.col())
        .agg(chosen.as("o"))
        .select(Orders.ORDER_ID.name(), "o.*");
  }

  /**
   * Orders of which some are withheld, one row per order id.
   *
   * @param good orders to hand on, no two with one id
   * @param withheld orders of customers whose data may not be used
   */
  static Dataset<Row> unique(Dataset<Row> good, Dataset<Row> withheld) {
    Dataset<Row> closed = unique(withheld);
    String id = Orders.ORDER_ID.name();
    String[] columns = closed.columns();
    return good.join(closed.select(id), new String[] {id}, "left_anti")
        .select(id, Arrays.copyOfRange(columns, 1, columns.length))
        .union(closed);
  }

  /**
   * Lines with customer and time of their order, and with its status where that undoes it, as that
   * of a credit note does, or where they have none. A line without one breaks a rule; a line of a
   * withheld order is withheld.
   */
  static Dataset<Row> fromOrders(Dataset<Row> lines, Dataset<Row> orders) {
    Dataset<Row> owners =
        orders.select(
            Orders.ORDER_ID.col().as("o_id"),
            Orders.CUSTOMER_ID.col().as("o_customer"),
            Orders.ORDERED_AT.col().as("o_at"),
            Orders.STATUS.col().as("o_status"),
            Orders.AMOUNT.col().as("o_amount"),
            col(Mapping.RULE).as("o_rule"));
    Dataset<Row> owned =
        lines
            .join(owners, OrderLines.ORDER_ID.col().equalTo(col("o_id")), "left")
            .withColumn( // whoever withdraws or is forgotten has to be found in the quarantine
                OrderLines.CUSTOMER_ID.name(),
                when(col("o_id").isNull(), OrderLines.CUSTOMER_ID.col())
                    .otherwise(col("o_customer")))
            .withColumn(OrderLines.ORDERED_AT.name(), col("o_at"))
            .withColumn(
                OrderLines.STATUS.name(),
                OrderAmounts.undoneOr(
                    col("o_status"),
                    col("o_amount"),
                    coalesce(OrderLines.STATUS.col(), col("o_status"))));
    return Mapping.breaking(owned, col("o_id").isNull(), "order_id is not in orders")
        .withColumn(
            Mapping.RULE,
            when(col("o_rule").isNotNull(), col("o_rule")).otherwise(col(Mapping.RULE)))
        .drop("o_id", "o_customer", "o_at", "o_status", "o_amount", "o_rule");
  }
}
