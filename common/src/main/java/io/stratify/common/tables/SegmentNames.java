package io.stratify.common.tables;

import static org.apache.spark.sql.types.DataTypes.StringType;

/** Names that people gave to segments. */
public final class SegmentNames {
  private static final TableSpec.Builder T =
      TableSpec.whole("segment_names", "One row per segment that people named.");

  /** {@code lens}. */
  public static final ColumnSpec LENS = T.key("lens", StringType, "lens of the segment");

  /** {@code segment_id}. */
  public static final ColumnSpec SEGMENT_ID = T.key("segment_id", StringType, "segment");

  /** {@code name}. */
  public static final ColumnSpec NAME = T.required("name", StringType, "name for people");

  /** {@code description}. */
  public static final ColumnSpec DESCRIPTION =
      T.column("description", StringType, "what kind of customers they are");

  /** The table. */
  public static final TableSpec TABLE = T.build();

  private SegmentNames() {}
}
