package io.stratify.common.tables;

import static org.apache.spark.sql.types.DataTypes.StringType;

/** Conformed links between customers who are one person. */
public final class Identities {
  private static final TableSpec.Builder T =
      TableSpec.whole(
          "identities", "One row per key of a customer: customers who share a key are one person.");

  /** The kind of a link table: the value is the id of another customer who is the same person. */
  public static final String CUSTOMER = "customer";

  /** {@code customer_id}. */
  public static final ColumnSpec CUSTOMER_ID =
      T.key(
          "customer_id", StringType, "customer who has the key: the id that stands for the person");

  /** {@code kind}. */
  public static final ColumnSpec KIND =
      T.key(
          "kind",
          StringType,
          "email, phone, customer (a link table: the value is the id of the same person), or any other kind of key");

  /** {@code value}. */
  public static final ColumnSpec VALUE =
      T.key(
          "value",
          StringType,
          "the key; e-mail addresses and phone numbers are normalised and hashed (SHA-256), so no address is kept");

  /** The table. */
  public static final TableSpec TABLE = T.build();

  private Identities() {}
}
