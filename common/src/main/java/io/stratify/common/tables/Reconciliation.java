package io.stratify.common.tables;

import static org.apache.spark.sql.types.DataTypes.BooleanType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;

/** The books of every input. */
public final class Reconciliation {
  private static final TableSpec.Builder T =
      TableSpec.snapshot(
          "reconciliation",
          "The books of one input: rows read = conformed + quarantined + duplicates"
              + " + superseded + merged + withheld.");

  /** {@code input}. */
  public static final ColumnSpec INPUT = T.key("input", StringType, "canonical input");

  /** {@code source}. */
  public static final ColumnSpec SOURCE =
      T.required("source", StringType, "name of the source in the configuration");

  /** {@code rows_read}. */
  public static final ColumnSpec ROWS_READ =
      T.required("rows_read", LongType, "rows read from the source, counted at the source");

  /** {@code rows_conformed}. */
  public static final ColumnSpec ROWS_CONFORMED =
      T.required("rows_conformed", LongType, "rows handed on");

  /** {@code rows_quarantined}. */
  public static final ColumnSpec ROWS_QUARANTINED =
      T.required("rows_quarantined", LongType, "rows in quarantine");

  /** {@code rows_duplicate}. */
  public static final ColumnSpec ROWS_DUPLICATE =
      T.required("rows_duplicate", LongType, "rows removed because an equal row was kept");

  /** {@code rows_superseded}. */
  public static final ColumnSpec ROWS_SUPERSEDED =
      T.required(
          "rows_superseded",
          LongType,
          "rows replaced by a later one with the same key, where the input says latest wins");

  /** {@code rows_merged}. */
  public static final ColumnSpec ROWS_MERGED =
      T.required(
          "rows_merged", LongType, "customers that became part of another who is the same person");

  /** {@code rows_withheld}. */
  public static final ColumnSpec ROWS_WITHHELD =
      T.required(
          "rows_withheld", LongType, "rows of customers without consent, or who were erased");

  /** {@code balanced}. */
  public static final ColumnSpec BALANCED =
      T.required("balanced", BooleanType, "whether the books balance");

  /** The table. */
  public static final TableSpec TABLE = T.build();

  private Reconciliation() {}
}
