package io.stratify.common.tables;

import static org.apache.spark.sql.types.DataTypes.BooleanType;
import static org.apache.spark.sql.types.DataTypes.DateType;
import static org.apache.spark.sql.types.DataTypes.StringType;

/** What people decide about segments. */
public final class SegmentNames {
  private static final TableSpec.Builder T =
      TableSpec.whole("segment_names", "One row per segment about which people decided something.");

  /** {@code lens}. */
  public static final ColumnSpec LENS = T.key("lens", StringType, "lens of the segment");

  /** {@code segment_id}. */
  public static final ColumnSpec SEGMENT_ID =
      T.key("segment_id", StringType, "segment; the lens before it may be left out");

  /** {@code name}. */
  public static final ColumnSpec NAME = T.column("name", StringType, "name for people");

  /** {@code description}. */
  public static final ColumnSpec DESCRIPTION =
      T.column("description", StringType, "what kind of customers they are");

  /** {@code pinned}. */
  public static final ColumnSpec PINNED =
      T.column("pinned", BooleanType, "true: a refit without this segment is not published");

  /** {@code merge_into}. */
  public static final ColumnSpec MERGE_INTO =
      T.column("merge_into", StringType, "segment as which its customers count");

  /** {@code retired}. */
  public static final ColumnSpec RETIRED =
      T.column(
          "retired",
          BooleanType,
          "true: the segment is given up, and its customers go where they are nearest; clusters"
              + " only");

  /** {@code decided_on}. */
  public static final ColumnSpec DECIDED_ON =
      T.column("decided_on", DateType, "when it was decided");

  /** {@code decided_by}. */
  public static final ColumnSpec DECIDED_BY = T.column("decided_by", StringType, "who decided");

  /** The table. */
  public static final TableSpec TABLE = T.build();

  private SegmentNames() {}
}
