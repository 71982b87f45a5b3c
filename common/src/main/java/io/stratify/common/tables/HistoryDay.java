package io.stratify.common.tables;

import static org.apache.spark.sql.types.DataTypes.DateType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;

/** What {@code customer_day} was computed from, day by day, to see which days have changed. */
public final class HistoryDay {
  private static final TableSpec.Builder T =
      TableSpec.whole(
          "history_day",
          "One row per day with facts: a fingerprint of the facts that its customer days were computed"
              + " from.");

  /** {@code day}. */
  public static final ColumnSpec DAY = T.key("day", DateType, "day in UTC");

  /** {@code facts}. */
  public static final ColumnSpec FACTS = T.required("facts", LongType, "facts of the day");

  /** {@code low_sum}. */
  public static final ColumnSpec LOW_SUM =
      T.required("low_sum", LongType, "sum of the lower halves of the 64-bit hashes of the facts");

  /** {@code high_sum}. */
  public static final ColumnSpec HIGH_SUM =
      T.required("high_sum", LongType, "sum of the upper halves of the 64-bit hashes of the facts");

  /** {@code generation}. */
  public static final ColumnSpec GENERATION =
      T.required(
          "generation", LongType, "which write of customer_day it describes; 1 is the first one");

  /** {@code definition}. */
  public static final ColumnSpec DEFINITION =
      T.required(
          "definition",
          StringType,
          "hash of what customer_day was declared to be at that time, of how its inputs were mapped, and the"
              + " as-of date of the run");

  /** {@code sources}. */
  public static final ColumnSpec SOURCES =
      T.column(
          "sources",
          StringType,
          "number of days, and the versions of the conformed tables whose facts they are; null if"
              + " not all days were compared. Where tables have only grown since, what was added is"
              + " read and not the rest");

  /** The table. */
  public static final TableSpec TABLE = T.build();

  private HistoryDay() {}
}
