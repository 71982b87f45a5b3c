package io.stratify.common.tables;

import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.TimestampType;

/** Conformed product usage. */
public final class Events {
  private static final TableSpec.Builder T =
      TableSpec.whole("events", "One row per event of product usage.");

  /** {@code event_id}. */
  public static final ColumnSpec EVENT_ID =
      T.column("event_id", StringType, "id of the event, unique where it is given");

  /** {@code customer_id}. */
  public static final ColumnSpec CUSTOMER_ID =
      T.required("customer_id", StringType, "customer who acted");

  /** {@code occurred_at}. */
  public static final ColumnSpec OCCURRED_AT =
      T.required("occurred_at", TimestampType, "when it happened");

  /** {@code event_type}. */
  public static final ColumnSpec EVENT_TYPE =
      T.column("event_type", StringType, "kind of event, e.g. page_view");

  /** {@code feature}. */
  public static final ColumnSpec FEATURE = T.column("feature", StringType, "product feature used");

  /** {@code session_id}. */
  public static final ColumnSpec SESSION_ID =
      T.column("session_id", StringType, "session of the event");

  /** {@code duration_seconds}. */
  public static final ColumnSpec DURATION_SECONDS =
      T.column("duration_seconds", TableSpec.MONEY, "seconds the event lasted");

  /** {@code device}. */
  public static final ColumnSpec DEVICE = T.column("device", StringType, "device used");

  /** The table. */
  public static final TableSpec TABLE = T.build();

  private Events() {}
}
