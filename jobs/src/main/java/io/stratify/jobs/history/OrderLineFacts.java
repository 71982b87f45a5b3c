package io.stratify.jobs.history;

import static io.stratify.jobs.history.FactRows.NONE;
import static io.stratify.jobs.history.FactRows.day;
import static io.stratify.jobs.history.FactRows.units;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import io.stratify.common.tables.OrderLines;
import io.stratify.common.tables.Orders;
import io.stratify.common.tables.Products;
import io.stratify.common.tables.TableSpec;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The facts of order lines, with the cost of their products where that is known. */
final class OrderLineFacts {
  private static final String COST = "_cost";
  private static final String PRODUCT = "_product";

  private OrderLineFacts() {}

  static Dataset<Row> of(Dataset<Row> lines, Optional<Dataset<Row>> products) {
    Column quantity = OrderLines.QUANTITY.col();
    Column amount = OrderLines.AMOUNT.col();
    Column stands = coalesce(OrderLines.STATUS.col().equalTo(Orders.COMPLETED), lit(true));
    // A line of a credit note may say so in its amount alone.
    Column bought =
        stands.and(coalesce(quantity, lit(1)).gt(0)).and(coalesce(amount, lit(0)).geq(0));
    Column cost = quantity.multiply(col(COST)).cast(TableSpec.MONEY);
    Column costed = bought.and(cost.isNotNull()).and(amount.isNotNull());
    return FactRows.of(
        withCost(lines, products),
        lit(FactKind.LINE.code()),
        OrderLines.CUSTOMER_ID.col(),
        day(OrderLines.ORDERED_AT.col()),
        List.of(when(bought, OrderLines.CATEGORY.col())),
        List.of(
            when(bought, units(quantity)).otherwise(NONE),
            when(costed, units(amount).minus(units(cost))).otherwise(NONE),
            when(costed, units(amount)).otherwise(NONE)));
  }

  private static Dataset<Row> withCost(Dataset<Row> lines, Optional<Dataset<Row>> products) {
    if (products.isEmpty()) {
      return lines.withColumn(COST, lit(null).cast(TableSpec.MONEY));
    }
    Dataset<Row> costs =
        products
            .get()
            .select(Products.PRODUCT_ID.col().as(PRODUCT), Products.COST.col().as(COST))
            .where(col(COST).isNotNull());
    return lines.join(costs, OrderLines.PRODUCT_ID.col().equalTo(col(PRODUCT)), "left");
  }
}
