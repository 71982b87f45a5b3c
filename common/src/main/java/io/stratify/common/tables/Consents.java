package io.stratify.common.tables;

import static org.apache.spark.sql.types.DataTypes.BooleanType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.TimestampType;

/** Conformed decisions of customers about the use of their data. */
public final class Consents {
  private static final TableSpec.Builder T =
      TableSpec.whole("consents", "One row per decision of a customer about one use of the data.");

  /** {@code customer_id}. */
  public static final ColumnSpec CUSTOMER_ID =
      T.key("customer_id", StringType, "customer who decided: the id that stands for the person");

  /** {@code purpose}. */
  public static final ColumnSpec PURPOSE =
      T.key("purpose", StringType, "use of the data: analytics, marketing, or another");

  /** {@code decided_at}. */
  public static final ColumnSpec DECIDED_AT =
      T.key("decided_at", TimestampType, "when it was decided; the latest decision counts");

  /** {@code granted}. */
  public static final ColumnSpec GRANTED =
      T.required(
          "granted", BooleanType, "true where consent was given, false where it was withdrawn");

  /** The table. */
  public static final TableSpec TABLE = T.build();

  private Consents() {}
}
