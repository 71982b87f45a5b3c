package io.stratify.common.tables;

import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;

/** What sets the segments apart. */
public final class SegmentProfile {
  private static final TableSpec.Builder T =
      TableSpec.published("segment_profile", "One feature in one segment against all customers.");

  /** {@code segment_id}. */
  public static final ColumnSpec SEGMENT_ID = T.key("segment_id", StringType, "segment");

  /** {@code feature}. */
  public static final ColumnSpec FEATURE =
      T.key("feature", StringType, "column of customer_features, or key of a map in it");

  /** {@code lens}. */
  public static final ColumnSpec LENS = T.required("lens", StringType, "lens");

  /** {@code customers}. */
  public static final ColumnSpec CUSTOMERS =
      T.required("customers", LongType, "customers with a value");

  /** {@code mean}. */
  public static final ColumnSpec MEAN =
      T.column("mean", DoubleType, "mean in the unit of the feature");

  /** {@code median}. */
  public static final ColumnSpec MEDIAN =
      T.column("median", DoubleType, "median, of a sample of segments.sample customers of all");

  /** {@code p10}. */
  public static final ColumnSpec P10 = T.column("p10", DoubleType, "10 % quantile of the sample");

  /** {@code p90}. */
  public static final ColumnSpec P90 = T.column("p90", DoubleType, "90 % quantile of the sample");

  /** {@code standardised_difference}. */
  public static final ColumnSpec STANDARDISED_DIFFERENCE =
      T.column(
          "standardised_difference",
          DoubleType,
          "(mean of the segment - mean of all) / standard deviation of all");

  /** The table. */
  public static final TableSpec TABLE = T.build();

  private SegmentProfile() {}
}
