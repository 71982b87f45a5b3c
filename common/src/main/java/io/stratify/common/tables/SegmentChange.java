package io.stratify.common.tables;

import static org.apache.spark.sql.types.DataTypes.DateType;
import static org.apache.spark.sql.types.DataTypes.StringType;

/** Who entered or left a segment. */
public final class SegmentChange {
  private static final TableSpec.Builder T =
      TableSpec.published(
          "segment_change",
          "One customer entering or leaving one segment, against the snapshot published before. With"
              + " consent.past-snapshots = false without those who are in no segment any more.");

  /** {@code lens}. */
  public static final ColumnSpec LENS = T.key("lens", StringType, "lens");

  /** {@code customer_id}. */
  public static final ColumnSpec CUSTOMER_ID = T.key("customer_id", StringType, "customer");

  /** {@code change}. */
  public static final ColumnSpec CHANGE = T.key("change", StringType, "enter or exit");

  /** {@code segment_id}. */
  public static final ColumnSpec SEGMENT_ID =
      T.required("segment_id", StringType, "segment entered or left");

  /** {@code other_segment_id}. */
  public static final ColumnSpec OTHER_SEGMENT_ID =
      T.column(
          "other_segment_id",
          StringType,
          "for enter the segment left, for exit the segment entered; empty where the customer was"
              + " new or is gone");

  /** {@code previous_as_of}. */
  public static final ColumnSpec PREVIOUS_AS_OF =
      T.required("previous_as_of", DateType, "as-of date of the snapshot published before");

  /** The table. */
  public static final TableSpec TABLE = T.build();

  private SegmentChange() {}
}
