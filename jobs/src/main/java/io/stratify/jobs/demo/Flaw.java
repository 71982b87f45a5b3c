package io.stratify.jobs.demo;

import org.apache.spark.sql.types.StructType;

/**
 * What is wrong with a dirty row that is otherwise sound.
 *
 * @param column column that is wrong; empty where it is not about one column
 * @param value what stands in it
 */
record Flaw(String column, Object value) {
  /** The first row of the customer a second time, equal in every column. */
  static final Flaw REPEATED = new Flaw("", "repeated");

  /** Made by the code of the table itself. */
  static final Flaw SPECIAL = new Flaw("", "special");

  private static final Object STRANGER = "X";

  static Flaw missing(String column) {
    return new Flaw(column, null);
  }

  /** A customer, {@code X...}, whom the customer table does not know. */
  static Flaw unknown(String column) {
    return new Flaw(column, STRANGER);
  }

  static Flaw of(String column, Object value) {
    return new Flaw(column, value);
  }

  /** The sound row with the flaw in it. */
  Object[] in(Object[] sound, StructType schema, Profile who) {
    Object[] row = sound.clone();
    row[schema.fieldIndex(column)] =
        STRANGER.equals(value) ? Text.numbered("X", who.index(), 7) : value;
    return row;
  }
}
