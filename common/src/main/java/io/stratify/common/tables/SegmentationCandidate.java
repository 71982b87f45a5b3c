package io.stratify.common.tables;

import static org.apache.spark.sql.types.DataTypes.BooleanType;
import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.StringType;

/** Every candidate with its figures and the reason for the choice. */
public final class SegmentationCandidate {
  private static final TableSpec.Builder T =
      TableSpec.published(
          "segmentation_candidate", "One candidate of the search for a segmentation.");

  /** {@code segmentation_id}. */
  public static final ColumnSpec SEGMENTATION_ID =
      T.key("segmentation_id", StringType, "segmentation the search was for");

  /** {@code k}. */
  public static final ColumnSpec K = T.key("k", IntegerType, "number of clusters");

  /** {@code lens}. */
  public static final ColumnSpec LENS = T.required("lens", StringType, "lens");

  /** {@code algorithm}. */
  public static final ColumnSpec ALGORITHM = T.required("algorithm", StringType, "algorithm");

  /** {@code cost}. */
  public static final ColumnSpec COST =
      T.column("cost", DoubleType, "within-cluster sum of squared distances on the sample");

  /** {@code silhouette}. */
  public static final ColumnSpec SILHOUETTE =
      T.column("silhouette", DoubleType, "macro-averaged silhouette on the sample, -1 to 1");

  /** {@code smallest_share}. */
  public static final ColumnSpec SMALLEST_SHARE =
      T.column("smallest_share", DoubleType, "share of the smallest cluster in the sample");

  /** {@code chosen}. */
  public static final ColumnSpec CHOSEN =
      T.required("chosen", BooleanType, "whether it was chosen");

  /** {@code reason}. */
  public static final ColumnSpec REASON =
      T.required("reason", StringType, "why it was chosen or not");

  /** The table. */
  public static final TableSpec TABLE = T.build();

  private SegmentationCandidate() {}
}
