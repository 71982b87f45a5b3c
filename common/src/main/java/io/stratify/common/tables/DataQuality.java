package io.stratify.common.tables;

import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;

/** What was checked, and what came out. */
public final class DataQuality {
  private static final TableSpec.Builder T =
      TableSpec.snapshot(
          "data_quality",
          "One row per rule of an input and run: what was checked and what came out.");

  /** {@code input}. */
  public static final ColumnSpec INPUT = T.key("input", StringType, "canonical input");

  /** {@code rule}. */
  public static final ColumnSpec RULE = T.key("rule", StringType, "the rule in words");

  /** {@code kind}. */
  public static final ColumnSpec KIND =
      T.required("kind", StringType, "built-in, or the kind of the rule in the configuration");

  /** {@code action}. */
  public static final ColumnSpec ACTION =
      T.required("action", StringType, "what a failure does: warn, quarantine or fail");

  /** {@code rows}. */
  public static final ColumnSpec ROWS =
      T.required(
          "rows",
          LongType,
          "rows that were checked: those whose data may be used; 1 where a rule is of a whole input");

  /** {@code failed}. */
  public static final ColumnSpec FAILED =
      T.required(
          "failed",
          LongType,
          "rows that failed, of the built-in rules each row the first that it breaks; for a rule on the"
              + " whole input 1 or 0");

  /** {@code share}. */
  public static final ColumnSpec SHARE = T.required("share", DoubleType, "failed / rows");

  /** {@code value}. */
  public static final ColumnSpec VALUE =
      T.column(
          "value",
          DoubleType,
          "what a rule on the whole input measured, e.g. days since the newest row");

  /** {@code verdict}. */
  public static final ColumnSpec VERDICT =
      T.required("verdict", StringType, "passed, warned, quarantined or failed");

  /** {@code run_id}. */
  public static final ColumnSpec RUN_ID = T.required("run_id", StringType, "run that checked");

  /** The table. */
  public static final TableSpec TABLE = T.build();

  private DataQuality() {}
}
