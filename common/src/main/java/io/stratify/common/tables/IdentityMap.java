package io.stratify.common.tables;

import static org.apache.spark.sql.types.DataTypes.DateType;
import static org.apache.spark.sql.types.DataTypes.StringType;

/** Who became whom, and when. */
public final class IdentityMap {
  private static final TableSpec.Builder T =
      TableSpec.whole(
          "identity_map",
          "One row per customer id and time in which it stood for another id (one person with several ids).");

  /** {@code customer_id}. */
  public static final ColumnSpec CUSTOMER_ID =
      T.key("customer_id", StringType, "id in the sources");

  /** {@code canonical_id}. */
  public static final ColumnSpec CANONICAL_ID =
      T.required("canonical_id", StringType, "id of the person in every other table");

  /** {@code valid_from}. */
  public static final ColumnSpec VALID_FROM =
      T.key("valid_from", DateType, "as-of date of the first run in which it held");

  /** {@code valid_to}. */
  public static final ColumnSpec VALID_TO =
      T.column(
          "valid_to",
          DateType,
          "as-of date of the first run in which it no longer held; empty while it holds");

  /** {@code reason}. */
  public static final ColumnSpec REASON =
      T.required(
          "reason",
          StringType,
          "why it began: merged (keys are shared) or moved (the person now has another id)");

  /** The table. */
  public static final TableSpec TABLE = T.build();

  private IdentityMap() {}
}
