package io.stratify.common.tables;

import static org.apache.spark.sql.types.DataTypes.BooleanType;
import static org.apache.spark.sql.types.DataTypes.DateType;
import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import org.apache.spark.sql.types.DataType;

/**
 * What customers did after a past snapshot, within {@code features.outcome-days} of its as-of date,
 * which is the first of those days. A snapshot has outcomes only where all these days have passed
 * on the as-of date of the run. Features and outcomes are joined in the choice among candidates, in
 * validation and insight, and nowhere else.
 */
public final class CustomerOutcome {
  private static final TableSpec.Builder T =
      TableSpec.past(
          "customer_outcome",
          "One row per past as-of date and customer of that snapshot: what happened in the days"
              + " after it. A null says that it could not have happened to the customer.");

  /** {@code customer_id}. */
  public static final ColumnSpec CUSTOMER_ID = T.key("customer_id", StringType, "customer");

  /** {@code until}. */
  public static final ColumnSpec UNTIL =
      T.required("until", DateType, "first day after the window, which begins on as_of");

  /** {@code window_days}. */
  public static final ColumnSpec WINDOW_DAYS =
      T.required("window_days", IntegerType, "days of the window");

  /** {@code bought}. */
  public static final ColumnSpec BOUGHT =
      outcome(
          "bought",
          BooleanType,
          "whether there was a completed order; null without orders as input");

  /** {@code orders}. */
  public static final ColumnSpec ORDERS =
      outcome("orders", LongType, "completed orders; null without orders as input");

  /** {@code revenue}. */
  public static final ColumnSpec REVENUE =
      outcome(
          "revenue",
          TableSpec.MONEY,
          "value bought less value cancelled or given back; null without orders as input");

  /** {@code event_days}. */
  public static final ColumnSpec EVENT_DAYS =
      outcome("event_days", LongType, "days with an event; null without events as input");

  /** {@code churned}. */
  public static final ColumnSpec CHURNED =
      outcome(
          "churned",
          BooleanType,
          "whether a customer with an active day in the window_days before as_of had none in the"
              + " window; null for others, who could not leave");

  /** {@code activated}. */
  public static final ColumnSpec ACTIVATED =
      outcome(
          "activated",
          BooleanType,
          "whether a customer with fewer than features.lifecycle.active-from active days before"
              + " as_of came to that many; null for those who had them");

  /** {@code renewed}. */
  public static final ColumnSpec RENEWED =
      outcome(
          "renewed",
          BooleanType,
          "whether a customer whose subscription ran on as_of still had one at the end of the"
              + " window; null without a running subscription");

  /** {@code expanded}. */
  public static final ColumnSpec EXPANDED =
      outcome(
          "expanded",
          BooleanType,
          "whether the recurring revenue at the end of the window was above that on as_of; null"
              + " without a running subscription");

  /** {@code converted}. */
  public static final ColumnSpec CONVERTED =
      outcome(
          "converted",
          BooleanType,
          "whether a customer with a trial and without any paid subscription before as_of began"
              + " one; null for others");

  /** {@code nps_change}. */
  public static final ColumnSpec NPS_CHANGE =
      outcome(
          "nps_change",
          DoubleType,
          "NPS score of the latest day with an answer in the window less that of the latest one"
              + " before as_of; null without both");

  /** The table. */
  public static final TableSpec TABLE = T.build();

  private CustomerOutcome() {}

  private static ColumnSpec outcome(String name, DataType type, String doc) {
    return T.column(name, type, doc);
  }
}
