package io.stratify.common.tables;

import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.StringType;

/** Where the moves between segments lead. */
public final class SegmentOutlook {
  private static final TableSpec.Builder T =
      TableSpec.published(
          "segment_outlook",
          "Where a segment is heading if customers move on as they did since the snapshot published"
              + " before. Only what customers did counts: where the lens has other segments than"
              + " before, those of now divide the customers as they were, too.");

  /** {@code segment_id}. */
  public static final ColumnSpec SEGMENT_ID = T.key("segment_id", StringType, "segment");

  /** {@code lens}. */
  public static final ColumnSpec LENS = T.required("lens", StringType, "lens");

  /** {@code share}. */
  public static final ColumnSpec SHARE =
      T.required("share", DoubleType, "share of the customers who were in both snapshots");

  /** {@code expected_next_share}. */
  public static final ColumnSpec EXPECTED_NEXT_SHARE =
      T.column(
          "expected_next_share",
          DoubleType,
          "share expected after as much time again; empty where the lens has a segment in which"
              + " nobody was before, or a feature that nobody had before");

  /** {@code steady_state_share}. */
  public static final ColumnSpec STEADY_STATE_SHARE =
      T.column(
          "steady_state_share",
          DoubleType,
          "share in the long run of those who were there on both dates, if all went on like this and"
              + " nobody joined; empty where expected_next_share is");

  /** The table. */
  public static final TableSpec TABLE = T.build();

  private SegmentOutlook() {}
}
