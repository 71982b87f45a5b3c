package io.stratify.common.tables;

import static org.apache.spark.sql.types.DataTypes.DateType;
import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import java.util.List;

/** How customers moved between segments. */
public final class SegmentMigration {
  private static final TableSpec.Builder T =
      TableSpec.published(
          "segment_migration",
          "How many customers moved from one segment to another since the snapshot published"
              + " before.");

  /** {@code lens}. */
  public static final ColumnSpec LENS = T.key("lens", StringType, "lens");

  /** {@code move}. */
  public static final ColumnSpec MOVE =
      T.key("move", IntegerType, "number of the row in the lens, by both segments");

  /** {@code from_segment_id}. */
  public static final ColumnSpec FROM_SEGMENT_ID =
      T.column(
          "from_segment_id",
          StringType,
          "segment in the snapshot before; empty for customers who were not in it");

  /** {@code to_segment_id}. */
  public static final ColumnSpec TO_SEGMENT_ID =
      T.column("to_segment_id", StringType, "segment now; empty for customers who are gone");

  /** {@code via}. */
  public static final ColumnSpec VIA =
      T.requiredOneOf(
          "via",
          List.of("stayed", "moved", "lineage", "joined", "left"),
          "lineage: a refit made the one segment of the other, so that the customers need not have"
              + " changed");

  /** {@code customers}. */
  public static final ColumnSpec CUSTOMERS =
      T.required("customers", LongType, "number of customers");

  /** {@code revenue_before}. */
  public static final ColumnSpec REVENUE_BEFORE =
      T.column(
          "revenue_before", TableSpec.MONEY_SUM, "their net revenue up to the as-of date before");

  /** {@code revenue_after}. */
  public static final ColumnSpec REVENUE_AFTER =
      T.column("revenue_after", TableSpec.MONEY_SUM, "their net revenue up to this as-of date");

  /** {@code share}. */
  public static final ColumnSpec SHARE =
      T.required(
          "share",
          DoubleType,
          "share of the customers of the segment they come from, for joined of all who joined, 0 to"
              + " 1");

  /** {@code previous_as_of}. */
  public static final ColumnSpec PREVIOUS_AS_OF =
      T.required("previous_as_of", DateType, "as-of date of the snapshot before");

  /** The table. */
  public static final TableSpec TABLE = T.build();

  private SegmentMigration() {}
}
