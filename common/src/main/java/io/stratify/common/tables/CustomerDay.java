package io.stratify.common.tables;

import static org.apache.spark.sql.types.DataTypes.DateType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import org.apache.spark.sql.types.DataTypes;

/** Additive facts per customer and active day, from which every snapshot is computed. */
public final class CustomerDay {
  private static final TableSpec.Builder T =
      TableSpec.whole(
          "customer_day",
          "One row per customer and day with any fact; all figures add up over days.");

  /** {@code customer_id}. */
  public static final ColumnSpec CUSTOMER_ID = T.key("customer_id", StringType, "customer");

  /** {@code day}. */
  public static final ColumnSpec DAY = T.key("day", DateType, "day in UTC");

  /** {@code orders}. */
  public static final ColumnSpec ORDERS = T.required("orders", LongType, "completed orders");

  /** {@code gross_amount}. */
  public static final ColumnSpec GROSS_AMOUNT =
      T.required("gross_amount", TableSpec.MONEY, "value bought");

  /** {@code completed_amount}. */
  public static final ColumnSpec COMPLETED_AMOUNT =
      T.required(
          "completed_amount", TableSpec.MONEY, "value bought in orders that were not undone");

  /** {@code returned_amount}. */
  public static final ColumnSpec RETURNED_AMOUNT =
      T.required("returned_amount", TableSpec.MONEY, "value cancelled or given back");

  /** {@code discount_amount}. */
  public static final ColumnSpec DISCOUNT_AMOUNT =
      T.required("discount_amount", TableSpec.MONEY, "discount given");

  /** {@code units}. */
  public static final ColumnSpec UNITS =
      T.required("units", TableSpec.MONEY, "units bought, without those given back");

  /** {@code categories}. */
  public static final ColumnSpec CATEGORIES =
      T.required(
          "categories",
          DataTypes.createArrayType(DataTypes.StringType),
          "set of categories bought from, sorted");

  /** {@code events}. */
  public static final ColumnSpec EVENTS = T.required("events", LongType, "events of product usage");

  /** {@code sessions}. */
  public static final ColumnSpec SESSIONS =
      T.required("sessions", LongType, "sessions of product usage");

  /** {@code event_seconds}. */
  public static final ColumnSpec EVENT_SECONDS =
      T.required("event_seconds", TableSpec.MONEY_SUM, "seconds of product usage");

  /** The table. */
  public static final TableSpec TABLE = T.build();

  private CustomerDay() {}
}
