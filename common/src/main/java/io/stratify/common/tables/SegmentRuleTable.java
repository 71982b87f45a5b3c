package io.stratify.common.tables;

import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.StringType;

/** Readable rules for the segments of clusters. */
public final class SegmentRuleTable {
  private static final TableSpec.Builder T =
      TableSpec.published(
          "segment_rule",
          "A condition that comes near to one segment of clusters as it was fitted, before people"
              + " merged or retired segments, for use elsewhere. Of a refit that a gate kept out, and"
              + " of what a refit replaced, there are rows as well: join by segmentation_id, too.");

  /** {@code segmentation_id}. */
  public static final ColumnSpec SEGMENTATION_ID =
      T.key("segmentation_id", StringType, "segmentation of the segment");

  /** {@code segment_id}. */
  public static final ColumnSpec SEGMENT_ID =
      T.key(
          "segment_id",
          StringType,
          "segment, whose id may go on from one segmentation to the next");

  /** {@code lens}. */
  public static final ColumnSpec LENS = T.required("lens", StringType, "lens");

  /** {@code rule}. */
  public static final ColumnSpec RULE =
      T.column(
          "rule",
          StringType,
          "SQL condition over columns of customer_features; null where a tree of this depth has no"
              + " answer that leads to the segment");

  /** {@code depth}. */
  public static final ColumnSpec DEPTH =
      T.required("depth", IntegerType, "most questions that the rules of the lens ask");

  /** {@code agreement}. */
  public static final ColumnSpec AGREEMENT =
      T.required(
          "agreement",
          DoubleType,
          "share of the customers of the search whom the rules of the lens put into their segment"
              + " when it was fitted, 0 to 1");

  /** {@code precision}. */
  public static final ColumnSpec PRECISION =
      T.column(
          "precision",
          DoubleType,
          "share of the customers for whom the rule held who were in the segment when it was"
              + " fitted, 0 to 1");

  /** {@code coverage}. */
  public static final ColumnSpec COVERAGE =
      T.required(
          "coverage",
          DoubleType,
          "share of the customers in the segment for whom the rule held when it was fitted, 0 to 1");

  /** The table. */
  public static final TableSpec TABLE = T.build();

  private SegmentRuleTable() {}
}
