package io.stratify.common.tables;

import static org.apache.spark.sql.types.DataTypes.BooleanType;
import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;

/** Every candidate with its figures and the reason for the choice. */
public final class SegmentationCandidate {
  private static final TableSpec.Builder T =
      TableSpec.published(
          "segmentation_candidate",
          "One candidate of the search for a segmentation, the best of its seeds. The figures are"
              + " null where every seed was degenerate. Only runs that fitted the lens have rows.");

  /** {@code segmentation_id}. */
  public static final ColumnSpec SEGMENTATION_ID =
      T.key("segmentation_id", StringType, "segmentation the search was for");

  /** {@code algorithm}. */
  public static final ColumnSpec ALGORITHM =
      T.key("algorithm", StringType, "kmeans, gaussian-mixture or bisecting-kmeans");

  /** {@code k}. */
  public static final ColumnSpec K = T.key("k", IntegerType, "number of clusters");

  /** {@code lens}. */
  public static final ColumnSpec LENS = T.required("lens", StringType, "lens");

  /** {@code points}. */
  public static final ColumnSpec POINTS =
      T.required("points", LongType, "weighted customers that it was fitted on, the coreset");

  /** {@code cost}. */
  public static final ColumnSpec COST =
      T.column(
          "cost",
          DoubleType,
          "sum over all customers of the squared distance to the centre of the own cluster,"
              + " estimated from the coreset");

  /** {@code cost_of_all}. */
  public static final ColumnSpec COST_OF_ALL =
      T.column(
          "cost_of_all", DoubleType, "the same, measured on all customers; of the chosen one only");

  /** {@code silhouette}. */
  public static final ColumnSpec SILHOUETTE =
      T.column(
          "silhouette",
          DoubleType,
          "macro-averaged silhouette of squared distances on the coreset, -1 to 1");

  /** {@code calinski_harabasz}. */
  public static final ColumnSpec CALINSKI_HARABASZ =
      T.column(
          "calinski_harabasz",
          DoubleType,
          "variance between over variance within the clusters, each by its degrees of freedom;"
              + " higher is better");

  /** {@code davies_bouldin}. */
  public static final ColumnSpec DAVIES_BOULDIN =
      T.column(
          "davies_bouldin",
          DoubleType,
          "mean over clusters of the largest ratio of spreads to distance; lower is better");

  /** {@code bic}. */
  public static final ColumnSpec BIC =
      T.column(
          "bic", DoubleType, "information criterion of Schwarz; mixtures only, lower is better");

  /** {@code stability}. */
  public static final ColumnSpec STABILITY =
      T.column(
          "stability",
          DoubleType,
          "mean adjusted Rand index with clusters of resampled customers, 1 where they are the"
              + " same");

  /** {@code smallest_share}. */
  public static final ColumnSpec SMALLEST_SHARE =
      T.column(
          "smallest_share", DoubleType, "share of the smallest cluster on the coreset, 0 to 1");

  /** {@code outcome_effect}. */
  public static final ColumnSpec OUTCOME_EFFECT =
      T.column(
          "outcome_effect",
          DoubleType,
          "share of the variance of the lens's outcome between the clusters (eta squared), 0 to 1;"
              + " null without past snapshots");

  /** {@code score}. */
  public static final ColumnSpec SCORE =
      T.column(
          "score",
          DoubleType,
          "weighted mean of its ranks among the candidates with large enough clusters, 0 to 1");

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
