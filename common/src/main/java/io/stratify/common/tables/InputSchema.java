package io.stratify.common.tables;

import static org.apache.spark.sql.types.DataTypes.StringType;

/** What the sources looked like, to notice when they change. */
public final class InputSchema {
  private static final TableSpec.Builder T =
      TableSpec.whole(
          "input_schema",
          "One row per column of a source, and per mapped column of an input, as the last run saw it.");

  /** {@code input}. */
  public static final ColumnSpec INPUT = T.key("input", StringType, "canonical input");

  /** {@code kind}. */
  public static final ColumnSpec KIND =
      T.key("kind", StringType, "source (a column of the source) or mapping (a canonical column)");

  /** {@code column}. */
  public static final ColumnSpec COLUMN = T.key("column", StringType, "name of the column");

  /** {@code expression}. */
  public static final ColumnSpec EXPRESSION =
      T.column("expression", StringType, "SQL expression that gives a canonical column");

  /** {@code type}. */
  public static final ColumnSpec TYPE =
      T.required("type", StringType, "type of the column or expression");

  /** The table. */
  public static final TableSpec TABLE = T.build();

  private InputSchema() {}
}
