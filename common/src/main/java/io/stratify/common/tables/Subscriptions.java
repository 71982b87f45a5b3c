package io.stratify.common.tables;

import static org.apache.spark.sql.types.DataTypes.DateType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.StringType;

/** Conformed subscriptions. */
public final class Subscriptions {
  private static final TableSpec.Builder T =
      TableSpec.whole("subscriptions", "One row per subscription, trials and ended ones included.");

  /** {@code subscription_id}. */
  public static final ColumnSpec SUBSCRIPTION_ID =
      T.key("subscription_id", StringType, "id of the subscription");

  /** {@code customer_id}. */
  public static final ColumnSpec CUSTOMER_ID =
      T.required("customer_id", StringType, "customer who subscribed");

  /** {@code account_id}. */
  public static final ColumnSpec ACCOUNT_ID =
      T.column("account_id", StringType, "account that pays");

  /** {@code plan}. */
  public static final ColumnSpec PLAN = T.column("plan", StringType, "plan");

  /** {@code trial_started_on}. */
  public static final ColumnSpec TRIAL_STARTED_ON =
      T.column("trial_started_on", DateType, "first day of the trial");

  /** {@code trial_ended_on}. */
  public static final ColumnSpec TRIAL_ENDED_ON =
      T.column("trial_ended_on", DateType, "last day of the trial");

  /** {@code started_on}. */
  public static final ColumnSpec STARTED_ON =
      T.column(
          "started_on", DateType, "first day of the paid subscription; empty while it is a trial");

  /** {@code ended_on}. */
  public static final ColumnSpec ENDED_ON =
      T.column("ended_on", DateType, "day it ended; empty while it runs");

  /** {@code monthly_revenue}. */
  public static final ColumnSpec MONTHLY_REVENUE =
      T.column("monthly_revenue", TableSpec.MONEY, "recurring revenue per month");

  /** {@code seats}. */
  public static final ColumnSpec SEATS = T.column("seats", IntegerType, "seats");

  /** The table. */
  public static final TableSpec TABLE = T.build();

  private Subscriptions() {}
}
