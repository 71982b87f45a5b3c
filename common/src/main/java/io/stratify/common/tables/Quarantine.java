package io.stratify.common.tables;

import static org.apache.spark.sql.types.DataTypes.StringType;

/** Rows that could not be conformed, each with its reason. */
public final class Quarantine {
  private static final TableSpec.Builder T =
      TableSpec.snapshot("quarantine", "One row per source row that could not be conformed.");

  /** {@code input}. */
  public static final ColumnSpec INPUT =
      T.required("input", StringType, "canonical input the row was meant for");

  /** {@code source}. */
  public static final ColumnSpec SOURCE =
      T.required("source", StringType, "name of the source in the configuration");

  /** {@code rule}. */
  public static final ColumnSpec RULE = T.required("rule", StringType, "rule that the row broke");

  /** {@code customer_id}. */
  public static final ColumnSpec CUSTOMER_ID =
      T.column(
          "customer_id",
          StringType,
          "customer of the row, where it names one; null, too, where what stands there names somebody"
              + " whose data may not be used");

  /** {@code row}. */
  public static final ColumnSpec ROW =
      T.column(
          "row",
          StringType,
          "the source row as JSON, or the mapped one where other inputs decided; null where it names somebody whose data may not be used");

  /** The table. */
  public static final TableSpec TABLE = T.build();

  private Quarantine() {}
}
