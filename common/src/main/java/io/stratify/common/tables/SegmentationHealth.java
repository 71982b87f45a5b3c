package io.stratify.common.tables;

import static org.apache.spark.sql.types.DataTypes.DateType;
import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import java.util.List;

/** Whether the segmentation of a lens still fits the customers. */
public final class SegmentationHealth {
  /** How far the features have moved since the fit. */
  public static final String FEATURE_DRIFT = "feature drift";

  /** How far the shares of the segments have moved since the fit. */
  public static final String SHARE_DRIFT = "share drift";

  /** How many customers are unusually far from the centre of theirs. */
  public static final String OUTLIERS = "outliers";

  /** How sure the assignments are. */
  public static final String CONFIDENCE = "confidence";

  /** The segmentation still fits, or is one that nobody refits for that. */
  public static final String OK = "ok";

  /** The segmentation should be fitted anew. */
  public static final String REFIT_PROPOSED = "refit proposed";

  /** The reason says why. */
  public static final String NOT_MEASURABLE = "not measurable";

  private static final TableSpec.Builder T =
      TableSpec.published(
          "segmentation_health",
          "One measure of whether the published segmentation of a lens still fits the customers.");

  /** {@code segmentation_id}. */
  public static final ColumnSpec SEGMENTATION_ID =
      T.key("segmentation_id", StringType, "segmentation that the lens is published with");

  /** {@code measure}. */
  public static final ColumnSpec MEASURE =
      T.key(
          "measure",
          StringType,
          "feature drift: the largest population stability index of a feature of the model; share"
              + " drift: that of the shares of the segments; outliers: share of the customers in a"
              + " cluster who are unusually far from its centre; confidence: mean over the same"
              + " customers. The last two are of clusters only");

  /** {@code lens}. */
  public static final ColumnSpec LENS = T.required("lens", StringType, "lens");

  /** {@code value}. */
  public static final ColumnSpec VALUE =
      T.column("value", DoubleType, "value of the measure; null where it is not measurable");

  /** {@code reference}. */
  public static final ColumnSpec REFERENCE =
      T.column(
          "reference",
          DateType,
          "as-of date of the published snapshot that a drift is measured against: that of the fit,"
              + " or the one before where the lens was fitted by this run; null without one");

  /** {@code threshold}. */
  public static final ColumnSpec THRESHOLD =
      T.required("threshold", StringType, "what the value must be, else a refit is proposed");

  /** {@code verdict}. */
  public static final ColumnSpec VERDICT =
      T.requiredOneOf(
          "verdict",
          List.of(OK, REFIT_PROPOSED, NOT_MEASURABLE),
          "ok, refit proposed (only for clusters that this run did not fit), or not measurable");

  /** {@code reason}. */
  public static final ColumnSpec REASON =
      T.required(
          "reason", StringType, "what moved most, or of how many customers, or why not measurable");

  /** The table. */
  public static final TableSpec TABLE = T.build();

  private SegmentationHealth() {}
}
