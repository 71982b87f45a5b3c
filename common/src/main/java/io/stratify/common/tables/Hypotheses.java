package io.stratify.common.tables;

import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.StringType;

/** What people believe about segments. */
public final class Hypotheses {
  private static final TableSpec.Builder T =
      TableSpec.whole("hypotheses", "One row per hypothesis about customers.");

  /** {@code hypothesis_id}. */
  public static final ColumnSpec HYPOTHESIS_ID =
      T.key("hypothesis_id", StringType, "id of the hypothesis");

  /** {@code statement}. */
  public static final ColumnSpec STATEMENT = T.required("statement", StringType, "the hypothesis");

  /** {@code lens}. */
  public static final ColumnSpec LENS =
      T.column("lens", StringType, "lens of the segment; empty for all customers");

  /** {@code segment_id}. */
  public static final ColumnSpec SEGMENT_ID =
      T.column("segment_id", StringType, "segment; empty for all customers");

  /** {@code metric}. */
  public static final ColumnSpec METRIC = T.column("metric", StringType, "what would change");

  /** {@code expected_effect}. */
  public static final ColumnSpec EXPECTED_EFFECT =
      T.column("expected_effect", DoubleType, "expected relative change of the metric, e.g. 0.1");

  /** {@code experiment_id}. */
  public static final ColumnSpec EXPERIMENT_ID =
      T.column("experiment_id", StringType, "experiment that tests it");

  /** The table. */
  public static final TableSpec TABLE = T.build();

  private Hypotheses() {}
}
