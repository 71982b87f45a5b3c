package io.stratify.common.tables;

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
          "1 for rules and tiers; for clusters 1 - d1/d2 with d1, d2 the distances to the two nearest centres: 0 on the border, 1 at the centre");

  /** The table. */
  public static final TableSpec TABLE = T.build();

  private CustomerSegment() {}
}
