package io.stratify.common.tables;

import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.TimestampType;

import java.util.List;

/** Conformed orders: purchases, and the cancellations and returns that undo them. */
public final class Orders {
  /** An order that stands. */
  public static final String COMPLETED = "completed";

  /** An order that was undone before delivery. */
  public static final String CANCELLED = "cancelled";

  /** An order, or a credit note, that gives back what was bought. */
  public static final String RETURNED = "returned";

  /** Every status. */
  public static final List<String> STATUSES = List.of(COMPLETED, CANCELLED, RETURNED);

  private static final TableSpec.Builder T =
      TableSpec.whole(
          "orders",
          "One row per order, cancelled and returned ones included (net = gross - returned).");

  /** {@code order_id}. */
  public static final ColumnSpec ORDER_ID = T.key("order_id", StringType, "id of the order");

  /** {@code customer_id}. */
  public static final ColumnSpec CUSTOMER_ID =
      T.required("customer_id", StringType, "customer who ordered");

  /** {@code ordered_at}. */
  public static final ColumnSpec ORDERED_AT =
      T.required("ordered_at", TimestampType, "when the order was placed");

  /** {@code status}. */
  public static final ColumnSpec STATUS =
      T.oneOf(
          "status",
          STATUSES,
          "completed, cancelled or returned; by default completed; returned wherever amount is"
              + " negative, unless it is cancelled");

  /** {@code amount}. */
  public static final ColumnSpec AMOUNT =
      T.column(
          "amount",
          TableSpec.MONEY,
          "value of the order after discount, negative for a credit note; by default the sum of its"
              + " lines");

  /** {@code discount}. */
  public static final ColumnSpec DISCOUNT =
      T.column("discount", TableSpec.MONEY, "discount given on the order, already off the amount");

  /** {@code channel}. */
  public static final ColumnSpec CHANNEL =
      T.column("channel", StringType, "where the order was placed");

  /** {@code gross_amount}. */
  public static final ColumnSpec GROSS_AMOUNT =
      T.column("gross_amount", TableSpec.MONEY, "what was bought, never negative (derived)");

  /** {@code returned_amount}. */
  public static final ColumnSpec RETURNED_AMOUNT =
      T.column(
          "returned_amount",
          TableSpec.MONEY,
          "what was cancelled or given back, never negative (derived)");

  /** The table. */
  public static final TableSpec TABLE = T.build();

  private Orders() {}
}
