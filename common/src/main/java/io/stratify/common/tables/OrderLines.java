package io.stratify.common.tables;

import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.TimestampType;

/** Conformed order lines. */
public final class OrderLines {
  private static final TableSpec.Builder T =
      TableSpec.whole("order_lines", "One row per line of an order.");

  /** {@code order_id}. */
  public static final ColumnSpec ORDER_ID =
      T.required("order_id", StringType, "order the line belongs to");

  /** {@code line_id}. */
  public static final ColumnSpec LINE_ID =
      T.column("line_id", StringType, "id of the line within its order, unique where it is given");

  /** {@code customer_id}. */
  public static final ColumnSpec CUSTOMER_ID =
      T.column("customer_id", StringType, "customer who ordered, where no orders source says it");

  /** {@code ordered_at}. */
  public static final ColumnSpec ORDERED_AT =
      T.column("ordered_at", TimestampType, "when, where no orders source says it");

  /** {@code status}. */
  public static final ColumnSpec STATUS =
      T.oneOf(
          "status",
          Orders.STATUSES,
          "status of the line; that of its order where the order is undone or the line says none");

  /** {@code product_id}. */
  public static final ColumnSpec PRODUCT_ID =
      T.column("product_id", StringType, "product of the line");

  /** {@code category}. */
  public static final ColumnSpec CATEGORY =
      T.column("category", StringType, "category; by default that of the product");

  /** {@code quantity}. */
  public static final ColumnSpec QUANTITY =
      T.column("quantity", TableSpec.MONEY, "units, negative when given back");

  /** {@code unit_price}. */
  public static final ColumnSpec UNIT_PRICE =
      T.column(
          "unit_price",
          TableSpec.MONEY,
          "price of a unit; where there is none, amount is made of that of the product");

  /** {@code amount}. */
  public static final ColumnSpec AMOUNT =
      T.column(
          "amount",
          TableSpec.MONEY,
          "value after discount; by default quantity * unit_price - discount");

  /** {@code discount}. */
  public static final ColumnSpec DISCOUNT =
      T.column("discount", TableSpec.MONEY, "discount given on the line");

  /** The table. */
  public static final TableSpec TABLE = T.build();

  private OrderLines() {}
}
