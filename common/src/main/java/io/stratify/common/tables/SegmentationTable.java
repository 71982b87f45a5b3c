package io.stratify.common.tables;

import static org.apache.spark.sql.types.DataTypes.DateType;
import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import java.util.List;
import org.apache.spark.sql.types.DataTypes;

/** The registry of segmentations. */
public final class SegmentationTable {
  private static final TableSpec.Builder T =
      TableSpec.published(
          "segmentation", "One fitted version of a lens: its model, its segments, its figures.");

  /** {@code segmentation_id}. */
  public static final ColumnSpec SEGMENTATION_ID =
      T.key(
          "segmentation_id",
          StringType,
          "id of the segmentation: lens and as-of date of its fit, and a number where that date was"
              + " fitted otherwise before");

  /** {@code lens}. */
  public static final ColumnSpec LENS = T.required("lens", StringType, "lens");

  /** {@code status}. */
  public static final ColumnSpec STATUS =
      T.oneOf(
          "status",
          List.of("champion", "challenger"),
          "champion: what the lens had before this run, also where the challenger takes its place;"
              + " challenger: fitted by this run. What readers have is publication.segmentations");

  /** {@code fitted_as_of}. */
  public static final ColumnSpec FITTED_AS_OF =
      T.required("fitted_as_of", DateType, "as-of date of the fit");

  /** {@code algorithm}. */
  public static final ColumnSpec ALGORITHM =
      T.required(
          "algorithm",
          StringType,
          "rules, tiers, combined, kmeans, gaussian-mixture or bisecting-kmeans");

  /** {@code segments}. */
  public static final ColumnSpec SEGMENTS =
      T.required("segments", IntegerType, "number of segments");

  /** {@code silhouette}. */
  public static final ColumnSpec SILHOUETTE =
      T.column(
          "silhouette",
          DoubleType,
          "macro-averaged silhouette of squared distances on the coreset, -1 to 1; clusters only");

  /** {@code smallest_share}. */
  public static final ColumnSpec SMALLEST_SHARE =
      T.column(
          "smallest_share",
          DoubleType,
          "share of customers in the smallest segment when fitted; clusters only");

  /** {@code config_hash}. */
  public static final ColumnSpec CONFIG_HASH =
      T.required("config_hash", StringType, "hash of the configuration of the lens");

  /** {@code model}. */
  public static final ColumnSpec MODEL =
      T.required("model", StringType, "the model with its preparation, as JSON");

  /** {@code features}. */
  public static final ColumnSpec FEATURES =
      T.required(
          "features",
          DataTypes.createArrayType(StringType),
          "what it reads: columns of customer_features, names of features.custom, or keys of a map,"
              + " such as importance.price");

  /** {@code parameters}. */
  public static final ColumnSpec PARAMETERS =
      T.column("parameters", StringType, "configuration of the lens when it was fitted");

  /** {@code data_versions}. */
  public static final ColumnSpec DATA_VERSIONS =
      T.column(
          "data_versions",
          DataTypes.createMapType(StringType, DataTypes.LongType),
          "version of every Delta table that the fit read");

  /** The table. */
  public static final TableSpec TABLE = T.build();

  private SegmentationTable() {}
}
