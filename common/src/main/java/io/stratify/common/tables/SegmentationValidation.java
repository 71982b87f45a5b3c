package io.stratify.common.tables;

import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import java.util.List;

/** The evidence for and against every challenger. */
public final class SegmentationValidation {
  private static final TableSpec.Builder T =
      TableSpec.published("segmentation_validation", "One gate applied to one segmentation.");

  /** {@code segmentation_id}. */
  public static final ColumnSpec SEGMENTATION_ID =
      T.key("segmentation_id", StringType, "segmentation judged");

  /** {@code evidence}. */
  public static final ColumnSpec EVIDENCE = T.key("evidence", StringType, "what was measured");

  /** {@code lens}. */
  public static final ColumnSpec LENS = T.required("lens", StringType, "lens");

  /** {@code value}. */
  public static final ColumnSpec VALUE = T.column("value", DoubleType, "the figure");

  /** {@code threshold}. */
  public static final ColumnSpec THRESHOLD =
      T.required("threshold", StringType, "what it must meet");

  /** {@code verdict}. */
  public static final ColumnSpec VERDICT =
      T.oneOf("verdict", List.of("pass", "fail"), "whether it does");

  /** The table. */
  public static final TableSpec TABLE = T.build();

  private SegmentationValidation() {}
}
