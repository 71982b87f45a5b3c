package io.stratify.common.tables;

import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.TimestampType;

/** Conformed exposures to experiments. */
public final class ExperimentExposures {
  private static final TableSpec.Builder T =
      TableSpec.whole(
          "experiment_exposures", "One row per customer who was shown a variant of an experiment.");

  /** {@code experiment_id}. */
  public static final ColumnSpec EXPERIMENT_ID = T.key("experiment_id", StringType, "experiment");

  /** {@code customer_id}. */
  public static final ColumnSpec CUSTOMER_ID =
      T.key("customer_id", StringType, "customer who was exposed");

  /** {@code variant}. */
  public static final ColumnSpec VARIANT = T.required("variant", StringType, "variant shown");

  /** {@code exposed_at}. */
  public static final ColumnSpec EXPOSED_AT =
      T.required("exposed_at", TimestampType, "when it was first shown");

  /** The table. */
  public static final TableSpec TABLE = T.build();

  private ExperimentExposures() {}
}
