package io.stratify.common.tables;

import static org.apache.spark.sql.types.DataTypes.BooleanType;
import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;

/** The segments of every lens. */
public final class Segment {
  private static final TableSpec.Builder T =
      TableSpec.published("segment", "One segment of one lens.");

  /** {@code segment_id}. */
  public static final ColumnSpec SEGMENT_ID = T.key("segment_id", StringType, "id of the segment");

  /** {@code lens}. */
  public static final ColumnSpec LENS = T.required("lens", StringType, "lens");

  /** {@code segmentation_id}. */
  public static final ColumnSpec SEGMENTATION_ID =
      T.required("segmentation_id", StringType, "segmentation that defines it");

  /** {@code name}. */
  public static final ColumnSpec NAME =
      T.required(
          "name",
          StringType,
          "readable name; of clusters what sets the centre apart from all customers");

  /** {@code definition}. */
  public static final ColumnSpec DEFINITION =
      T.required(
          "definition",
          StringType,
          "rule, tier or centre, in original units; at the centre the median stands for what is missing");

  /** {@code customers}. */
  public static final ColumnSpec CUSTOMERS =
      T.required("customers", LongType, "number of customers");

  /** {@code share}. */
  public static final ColumnSpec SHARE =
      T.required("share", DoubleType, "share of all customers, 0 to 1");

  /** {@code provisional}. */
  public static final ColumnSpec PROVISIONAL =
      T.required(
          "provisional",
          BooleanType,
          "true where a gate failed but the lens had no champion, until a refit passes its gates or"
              + " people promote the segmentation");

  /** {@code description}. */
  public static final ColumnSpec DESCRIPTION =
      T.column("description", StringType, "what kind of customers they are, if people said so");

  /** {@code pinned}. */
  public static final ColumnSpec PINNED =
      T.required("pinned", BooleanType, "whether people decided that no refit may do without it");

  /** The table. */
  public static final TableSpec TABLE = T.build();

  private Segment() {}
}
