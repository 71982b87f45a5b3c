package io.stratify.common.tables;

import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.TimestampType;

/** Whom Stratify was told to forget. */
public final class Forgotten {
  private static final TableSpec.Builder T =
      TableSpec.whole(
          "forgotten", "One row per customer id that was erased; only its keyed hash is kept.");

  /** {@code id_hash}. */
  public static final ColumnSpec ID_HASH =
      T.key(
          "id_hash",
          StringType,
          "HMAC-SHA256 of the customer id under erasure.key, in hexadecimal");

  /** {@code forgotten_at}. */
  public static final ColumnSpec FORGOTTEN_AT =
      T.required("forgotten_at", TimestampType, "when it was erased");

  /** The table. */
  public static final TableSpec TABLE = T.build();

  private Forgotten() {}
}
