package io.stratify.common.tables;

import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import java.util.List;

/** What became of segments in a refit. */
public final class SegmentLineage {
  private static final TableSpec.Builder T =
      TableSpec.published(
          "segment_lineage",
          "One link between a segment and what it became in the next segmentation of its lens, on"
              + " the same customers at the same snapshot.");

  /** {@code lens}. */
  public static final ColumnSpec LENS = T.key("lens", StringType, "lens");

  /** {@code link}. */
  public static final ColumnSpec LINK =
      T.key("link", IntegerType, "number of the link in the lens, by earlier and later segment");

  /** {@code event}. */
  public static final ColumnSpec EVENT =
      T.requiredOneOf(
          "event",
          List.of("survived", "split", "merged", "appeared", "retired"),
          "survived: the id goes on, of clusters since at least 70 % on either side are the same"
              + " customers, of rules and tiers since the configuration gives it; split or merged: at"
              + " least 30 % of one side");

  /** {@code previous_segment_id}. */
  public static final ColumnSpec PREVIOUS_SEGMENT_ID =
      T.column(
          "previous_segment_id",
          StringType,
          "segment of the earlier segmentation; empty for appeared");

  /** {@code segment_id}. */
  public static final ColumnSpec SEGMENT_ID =
      T.column("segment_id", StringType, "segment of the later segmentation; empty for retired");

  /** {@code customers}. */
  public static final ColumnSpec CUSTOMERS =
      T.required(
          "customers",
          LongType,
          "customers in both; for appeared and retired those of the segment");

  /** {@code share_of_previous}. */
  public static final ColumnSpec SHARE_OF_PREVIOUS =
      T.column(
          "share_of_previous",
          DoubleType,
          "share of the earlier segment that is in the later one, 0 to 1");

  /** {@code share_of_segment}. */
  public static final ColumnSpec SHARE_OF_SEGMENT =
      T.column(
          "share_of_segment",
          DoubleType,
          "share of the later segment that comes from the earlier one, 0 to 1");

  /** {@code previous_segmentation_id}. */
  public static final ColumnSpec PREVIOUS_SEGMENTATION_ID =
      T.required("previous_segmentation_id", StringType, "segmentation published before");

  /** {@code segmentation_id}. */
  public static final ColumnSpec SEGMENTATION_ID =
      T.required("segmentation_id", StringType, "segmentation published now");

  /** The table. */
  public static final TableSpec TABLE = T.build();

  private SegmentLineage() {}
}
