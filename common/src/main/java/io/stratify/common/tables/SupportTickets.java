package io.stratify.common.tables;

import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.TimestampType;

/** Conformed support tickets. */
public final class SupportTickets {
  private static final TableSpec.Builder T =
      TableSpec.whole("support_tickets", "One row per support ticket.");

  /** {@code ticket_id}. */
  public static final ColumnSpec TICKET_ID = T.key("ticket_id", StringType, "id of the ticket");

  /** {@code customer_id}. */
  public static final ColumnSpec CUSTOMER_ID =
      T.required("customer_id", StringType, "customer who asked");

  /** {@code opened_at}. */
  public static final ColumnSpec OPENED_AT =
      T.required("opened_at", TimestampType, "when it was opened");

  /** {@code closed_at}. */
  public static final ColumnSpec CLOSED_AT =
      T.column("closed_at", TimestampType, "when it was closed; empty while it is open");

  /** {@code category}. */
  public static final ColumnSpec CATEGORY = T.column("category", StringType, "what it was about");

  /** {@code severity}. */
  public static final ColumnSpec SEVERITY =
      T.column("severity", StringType, "severity as the source states it");

  /** {@code satisfaction}. */
  public static final ColumnSpec SATISFACTION =
      T.column(
          "satisfaction",
          DoubleType,
          "satisfaction with the answer; higher is better, on the scale of the source");

  /** The table. */
  public static final TableSpec TABLE = T.build();

  private SupportTickets() {}
}
