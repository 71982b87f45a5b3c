package io.stratify.common.tables;

import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import java.util.List;

/** The evidence for and against every challenger. */
public final class SegmentationValidation {
  /** What is said of all cohorts, or of all segments. */
  public static final String ALL = "all";

  /** The figure meets its threshold. */
  public static final String PASS = "pass";

  /** The figure does not meet its threshold. */
  public static final String FAIL = "fail";

  /** There is no figure; the reason says why. */
  public static final String NOT_MEASURABLE = "not measurable";

  /** The figure decides nothing. */
  public static final String INFORMATION = "information";

  private static final TableSpec.Builder T =
      TableSpec.published(
          "segmentation_validation",
          "One figure for or against one segmentation, and whether it passes its gate. Only runs that"
              + " fitted the lens have rows.");

  /** {@code segmentation_id}. */
  public static final ColumnSpec SEGMENTATION_ID =
      T.key("segmentation_id", StringType, "segmentation judged");

  /** {@code evidence}. */
  public static final ColumnSpec EVIDENCE = T.key("evidence", StringType, "what was measured");

  /** {@code cohort}. */
  public static final ColumnSpec COHORT =
      T.key("cohort", StringType, "as-of date or customers that it was measured on; all");

  /** {@code segment_id}. */
  public static final ColumnSpec SEGMENT_ID =
      T.key("segment_id", StringType, "segment that it is about; all");

  /** {@code lens}. */
  public static final ColumnSpec LENS = T.required("lens", StringType, "lens");

  /** {@code value}. */
  public static final ColumnSpec VALUE =
      T.column("value", DoubleType, "the figure; null where it is not measurable");

  /** {@code low}. */
  public static final ColumnSpec LOW =
      T.column(
          "low",
          DoubleType,
          "lower end of the interval that holds 95 % of the resamples, or of the halves of prediction"
              + " strength; null for what is counted");

  /** {@code high}. */
  public static final ColumnSpec HIGH = T.column("high", DoubleType, "upper end of that interval");

  /** {@code p_value}. */
  public static final ColumnSpec P_VALUE =
      T.column(
          "p_value",
          DoubleType,
          "of a test that all segments are the same, adjusted for all tests of the segmentation");

  /** {@code threshold}. */
  public static final ColumnSpec THRESHOLD =
      T.column("threshold", StringType, "what it must be; null where it decides nothing");

  /** {@code verdict}. */
  public static final ColumnSpec VERDICT =
      T.requiredOneOf(
          "verdict",
          List.of(PASS, FAIL, NOT_MEASURABLE, INFORMATION),
          "whether it is what it must be; information decides nothing");

  /** {@code reason}. */
  public static final ColumnSpec REASON =
      T.column("reason", StringType, "how it was measured, or why it cannot be");

  /** The table. */
  public static final TableSpec TABLE = T.build();

  private SegmentationValidation() {}
}
