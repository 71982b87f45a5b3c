package io.stratify.common.tables;

import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.createArrayType;

import org.apache.spark.sql.types.StructType;

/** Why a customer is in a segment. */
public final class MembershipReason {
  private static final TableSpec.Builder T =
      TableSpec.published(
          "membership_reason", "Why one customer is in one segment and not in the runner-up.");

  /** {@code lens}. */
  public static final ColumnSpec LENS = T.key("lens", StringType, "lens");

  /** {@code customer_id}. */
  public static final ColumnSpec CUSTOMER_ID = T.key("customer_id", StringType, "customer");

  /** {@code segment_id}. */
  public static final ColumnSpec SEGMENT_ID = T.required("segment_id", StringType, "segment");

  /** {@code runner_up_id}. */
  public static final ColumnSpec RUNNER_UP_ID =
      T.column("runner_up_id", StringType, "next nearest segment; clusters only");

  /** {@code measure}. */
  public static final ColumnSpec MEASURE =
      T.column(
          "measure", StringType, "what margin and contributions are measured in; clusters only");

  /** {@code margin}. */
  public static final ColumnSpec MARGIN =
      T.column(
          "margin",
          DoubleType,
          "by how much the segment is nearer, or likelier, than the runner-up: the sum of the"
              + " contributions of all features and, for mixtures, of what the sizes and the spreads"
              + " of the two say whatever the customer is like");

  /** {@code features}. */
  public static final ColumnSpec FEATURES =
      T.required(
          "features",
          createArrayType(
              new StructType()
                  .add("feature", StringType)
                  .add("value", DoubleType)
                  .add("typical", DoubleType)
                  .add("typical_of_runner_up", DoubleType)
                  .add("contribution", DoubleType)),
          "the features that say most for the segment (of mixtures of those whose value is nearer to"
              + " what is typical for it), in their units, with what is typical for"
              + " either segment, where the median stands for missing values; for rules and tiers the values that decide");

  /** {@code rest}. */
  public static final ColumnSpec REST =
      T.column("rest", DoubleType, "the margin without the contributions of features");

  /** {@code sentence}. */
  public static final ColumnSpec SENTENCE =
      T.required("sentence", StringType, "the same for people");

  /** The table. */
  public static final TableSpec TABLE = T.build();

  private MembershipReason() {}
}
