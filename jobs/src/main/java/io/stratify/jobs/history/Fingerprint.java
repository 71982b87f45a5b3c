package io.stratify.jobs.history;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.shiftrightunsigned;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import java.io.Serializable;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What tells whether the facts of a day are the same as before: their number, and sums of hashes,
 * which do not depend on the order of the facts. The hashes are of 64 bits and are summed in
 * halves, which cannot overflow below two thousand million facts of one day.
 *
 * @param facts facts of the day
 * @param low sum of the lower halves of their hashes
 * @param high sum of the upper halves
 */
record Fingerprint(long facts, long low, long high) implements Serializable {
  private static final long serialVersionUID = 1L;

  private static final long LOWER_HALF = 0xFFFF_FFFFL;
  private static final String HASH = "_hash";
  private static final int KIND_BITS = 8;

  /** The fingerprints of all days of facts in the shape of {@link FactRows}, in one pass. */
  static Map<LocalDate, Fingerprint> of(Dataset<Row> facts) {
    Map<LocalDate, Fingerprint> days = new TreeMap<>();
    query(facts)
        .collectAsList()
        .forEach(
            row ->
                days.put(
                    LocalDate.ofEpochDay(row.getInt(0)),
                    new Fingerprint(row.getLong(1), row.getLong(2), row.getLong(3))));
    return days;
  }

  private static Dataset<Row> query(Dataset<Row> facts) {
    return facts
        .select(col(FactRows.DAY), hash().as(HASH))
        .groupBy(col(FactRows.DAY))
        .agg(
            count(lit(1)),
            sum(col(HASH).bitwiseAND(LOWER_HALF)),
            sum(shiftrightunsigned(col(HASH), 32)));
  }

  static long low(long hash) {
    return hash & LOWER_HALF;
  }

  static long high(long hash) {
    return hash >>> 32;
  }

  /** That of the facts of both. */
  Fingerprint plus(Fingerprint other) {
    return new Fingerprint(facts + other.facts, low + other.low, high + other.high);
  }

  /**
   * Of all that the customer's day is made of. A hash passes over nulls, so it is hashed too which
   * texts are null.
   */
  static Column hash() {
    List<Column> parts = new ArrayList<>(List.of(col(FactRows.CUSTOMER)));
    Column kindAndNulls = col(FactRows.KIND);
    for (int i = 0; i < FactRows.TEXTS; i++) {
      parts.add(col(FactRows.text(i)));
      kindAndNulls =
          kindAndNulls.plus(
              when(col(FactRows.text(i)).isNull(), 1 << (i + KIND_BITS)).otherwise(0));
    }
    parts.add(kindAndNulls);
    for (int i = 0; i < FactRows.NUMBERS; i++) {
      parts.add(col(FactRows.number(i)));
    }
    return xxhash64(parts.toArray(Column[]::new));
  }
}
