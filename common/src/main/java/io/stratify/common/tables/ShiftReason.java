package io.stratify.common.tables;

import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.createArrayType;
import static org.apache.spark.sql.types.DataTypes.createMapType;

import org.apache.spark.sql.types.StructType;

/** Why a customer changed segments. */
public final class ShiftReason {
  private static final TableSpec.Builder T =
      TableSpec.published(
          "shift_reason",
          "Why one customer is in another segment of a lens than in the snapshot published"
              + " before.");

  /** {@code lens}. */
  public static final ColumnSpec LENS = T.key("lens", StringType, "lens");

  /** {@code customer_id}. */
  public static final ColumnSpec CUSTOMER_ID = T.key("customer_id", StringType, "customer");

  /** {@code previous_segment_id}. */
  public static final ColumnSpec PREVIOUS_SEGMENT_ID =
      T.required("previous_segment_id", StringType, "segment in the snapshot published before");

  /** {@code segment_id}. */
  public static final ColumnSpec SEGMENT_ID = T.required("segment_id", StringType, "segment now");

  /** {@code measure}. */
  public static final ColumnSpec MEASURE =
      T.required(
          "measure",
          StringType,
          "what total and parts are measured in; shift: rules, tiers and segments that are not in"
              + " both segmentations are counted, 1 for the whole shift");

  /** {@code total}. */
  public static final ColumnSpec TOTAL =
      T.required(
          "total",
          DoubleType,
          "by how much the new segment came nearer against the old one; the sum of the three"
              + " parts");

  /** {@code customer_part}. */
  public static final ColumnSpec CUSTOMER_PART =
      T.required(
          "customer_part",
          DoubleType,
          "how much of it came from the customer: his features changed, by what he did or with time");

  /** {@code segment_part}. */
  public static final ColumnSpec SEGMENT_PART =
      T.required(
          "segment_part",
          DoubleType,
          "how much came from the segments: a refit moved them, or the limits of the scores");

  /** {@code identity_part}. */
  public static final ColumnSpec IDENTITY_PART =
      T.required(
          "identity_part",
          DoubleType,
          "how much came with other ids that turned out to be the same person since, or no longer:"
              + " their facts and his own cannot be told apart");

  /** {@code features}. */
  public static final ColumnSpec FEATURES =
      T.required(
          "features",
          createArrayType(
              new StructType()
                  .add("feature", StringType)
                  .add("before", DoubleType)
                  .add("after", DoubleType)
                  .add("contribution", DoubleType)),
          "the features that changed (of mixtures also those that count otherwise since others"
              + " changed), those that count most, or decided, first; contributions add up to"
              + " customer_part + identity_part, for measure shift they are empty");

  /** {@code activity}. */
  public static final ColumnSpec ACTIVITY =
      T.column(
          "activity",
          createMapType(StringType, DoubleType),
          "what the customer did from the one as-of date to the other, of customer_day: days"
              + " on which he did something, orders, bought, returned, events, tickets, clicks,"
              + " subscriptions ended");

  /** {@code sentence}. */
  public static final ColumnSpec SENTENCE =
      T.required("sentence", StringType, "the same for people");

  /** The table. */
  public static final TableSpec TABLE = T.build();

  private ShiftReason() {}
}
