package io.stratify.common.tables;

import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.TimestampType;

/** Whom Stratify was told to forget. */
public final class Forgotten {
  private static final TableSpec.Builder T =
      TableSpec.whole(
          "forgotten",
          "One row per customer id that was erased, of which only the keyed hash is kept, and one"
              + " that tells whether a key is the one the hashes were made with.");

  /** {@code id_hash}. */
  public static final ColumnSpec ID_HASH =
      T.key(
          "id_hash",
          StringType,
          "HMAC-SHA256 of the customer id under erasure.secret, in hexadecimal; in one row that of a fixed text");

  /** {@code forgotten_at}. */
  public static final ColumnSpec FORGOTTEN_AT =
      T.required("forgotten_at", TimestampType, "when it was erased");

  /** The table. */
  public static final TableSpec TABLE = T.build();

  private Forgotten() {}
}
