package io.stratify.common.tables;

import static org.apache.spark.sql.types.DataTypes.BooleanType;
import static org.apache.spark.sql.types.DataTypes.DateType;
import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.StringType;

/** Who is in which segment. */
public final class CustomerSegment {
  private static final TableSpec.Builder T =
      TableSpec.published("customer_segment", "The segment of one customer in one lens.");

  /** {@code lens}. */
  public static final ColumnSpec LENS = T.key("lens", StringType, "lens");

  /** {@code customer_id}. */
  public static final ColumnSpec CUSTOMER_ID = T.key("customer_id", StringType, "customer");

  /** {@code segment_id}. */
  public static final ColumnSpec SEGMENT_ID =
      T.required("segment_id", StringType, "segment the customer belongs to");

  /** {@code runner_up_id}. */
  public static final ColumnSpec RUNNER_UP_ID =
      T.column("runner_up_id", StringType, "next nearest segment; clusters only");

  /** {@code confidence}. */
  public static final ColumnSpec CONFIDENCE =
      T.required(
          "confidence",
          DoubleType,
          "1 for rules and tiers; for mixtures the probability of the segment; for centres the share"
              + " of refits to 2,000 customers drawn at random that are expected to leave the"
              + " customer in it, by the distance from the border to the runner-up, or 1 less the"
              + " ratio of the two distances where the fit did not learn that; of crossed lenses the"
              + " lesser of both parts; 1 for the segment of those of whom nothing is known");

  /** {@code distance}. */
  public static final ColumnSpec DISTANCE =
      T.column(
          "distance",
          DoubleType,
          "distance to the centre of the segment in prepared features, each in its scale (by"
              + " segments.<lens>.scaling a standard deviation, or what the quartiles say of it, or"
              + " its own unit) times the root of the weight of its group; of mixtures the distance"
              + " of Mahalanobis; clusters only");

  /** {@code outlier}. */
  public static final ColumnSpec OUTLIER =
      T.required(
          "outlier",
          BooleanType,
          "whether the distance exceeds the mean and three standard deviations of the segment at"
              + " the fit; clusters only");

  /** {@code since}. */
  public static final ColumnSpec SINCE =
      T.required(
          "since",
          DateType,
          "as-of date of the first published snapshot from which on the customer was in this"
              + " segment without a break");

  /** {@code previous_segment_id}. */
  public static final ColumnSpec PREVIOUS_SEGMENT_ID =
      T.column(
          "previous_segment_id",
          StringType,
          "segment in the snapshot published before; empty where the customer or the lens was not"
              + " in it");

  /** The table. */
  public static final TableSpec TABLE = T.build();

  private CustomerSegment() {}
}
