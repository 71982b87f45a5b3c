package io.stratify.common.tables;

import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;

/** The cut-offs behind the RFM scores. */
public final class RfmCutoff {
  private static final TableSpec.Builder T =
      TableSpec.published("rfm_cutoff", "The cut-offs of the quintile scores of one measure.");

  /** {@code measure}. */
  public static final ColumnSpec MEASURE =
      T.key("measure", StringType, "column of customer_features that is scored");

  /** {@code score}. */
  public static final ColumnSpec SCORE =
      T.key("score", IntegerType, "score from 1 (worst) to 5 (best)");

  /** {@code above}. */
  public static final ColumnSpec ABOVE =
      T.column(
          "above",
          DoubleType,
          "values greater than this have the score; null where there is no lower bound");

  /** {@code up_to}. */
  public static final ColumnSpec UP_TO =
      T.column(
          "up_to",
          DoubleType,
          "values up to and including this have the score; null where there is no upper bound");

  /** {@code customers}. */
  public static final ColumnSpec CUSTOMERS =
      T.required("customers", LongType, "customers with the score");

  /** The table. */
  public static final TableSpec TABLE = T.build();

  private RfmCutoff() {}
}
