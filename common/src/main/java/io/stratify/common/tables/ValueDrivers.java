package io.stratify.common.tables;

import static org.apache.spark.sql.types.DataTypes.StringType;

/** What customers may value, as people decided it. */
public final class ValueDrivers {
  private static final TableSpec.Builder T =
      TableSpec.whole(
          "value_drivers", "One row per value driver: something that customers may value.");

  /** {@code driver_id}. */
  public static final ColumnSpec DRIVER_ID = T.key("driver_id", StringType, "id of the driver");

  /** {@code name}. */
  public static final ColumnSpec NAME = T.required("name", StringType, "name for people");

  /** {@code description}. */
  public static final ColumnSpec DESCRIPTION = T.column("description", StringType, "what it means");

  /** {@code feature}. */
  public static final ColumnSpec FEATURE =
      T.column("feature", StringType, "column of customer_features that shows it in behaviour");

  /** The table. */
  public static final TableSpec TABLE = T.build();

  private ValueDrivers() {}
}
