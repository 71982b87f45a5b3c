package io.stratify.common.tables;

import static org.apache.spark.sql.types.DataTypes.DateType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.TimestampType;

import java.util.List;

/** What people decided about champions. */
public final class SegmentationDecision {
  private static final TableSpec.Builder T =
      TableSpec.appended(
          "segmentation_decision",
          "One decision of people about the champion of a lens (stratify segmentations promote,"
              + " rollback).");

  /** {@code decided_at}. */
  public static final ColumnSpec DECIDED_AT = T.key("decided_at", TimestampType, "when");

  /** {@code lens}. */
  public static final ColumnSpec LENS = T.key("lens", StringType, "lens");

  /** {@code decision}. */
  public static final ColumnSpec DECISION =
      T.requiredOneOf(
          "decision",
          List.of("promote", "rollback"),
          "promote: this one becomes the champion; rollback: the one before becomes it again");

  /** {@code segmentation_id}. */
  public static final ColumnSpec SEGMENTATION_ID =
      T.required("segmentation_id", StringType, "the champion from then on");

  /** {@code previous_segmentation_id}. */
  public static final ColumnSpec PREVIOUS_SEGMENTATION_ID =
      T.column("previous_segmentation_id", StringType, "the champion until then");

  /** {@code as_of}. */
  public static final ColumnSpec AS_OF =
      T.required(
          "as_of", DateType, "as-of date that was published then; the decision holds from it on");

  /** {@code decided_by}. */
  public static final ColumnSpec DECIDED_BY = T.required("decided_by", StringType, "who decided");

  /** {@code run_id}. */
  public static final ColumnSpec RUN_ID = T.required("run_id", StringType, "id of the command");

  /** The table. */
  public static final TableSpec TABLE = T.build();

  private SegmentationDecision() {}
}
