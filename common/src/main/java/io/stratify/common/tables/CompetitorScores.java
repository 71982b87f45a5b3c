package io.stratify.common.tables;

import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.StringType;

/** How well offers meet the value drivers, as people judged it. */
public final class CompetitorScores {
  private static final TableSpec.Builder T =
      TableSpec.whole(
          "competitor_scores", "One row per offer (ours or of a competitor) and value driver.");

  /** {@code competitor}. */
  public static final ColumnSpec COMPETITOR =
      T.key("competitor", StringType, "name of the offer; ours is `us`");

  /** {@code driver_id}. */
  public static final ColumnSpec DRIVER_ID = T.key("driver_id", StringType, "value driver");

  /** {@code score}. */
  public static final ColumnSpec SCORE =
      T.required("score", DoubleType, "how well the offer meets the driver, 0 to 10");

  /** {@code evidence}. */
  public static final ColumnSpec EVIDENCE =
      T.column("evidence", StringType, "where the score comes from");

  /** The table. */
  public static final TableSpec TABLE = T.build();

  private CompetitorScores() {}
}
