package io.stratify.jobs.conform;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import io.stratify.common.io.Parted;
import io.stratify.common.io.Scratch;
import io.stratify.common.tables.InputSpec;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Writes the rows of an input once, apart by what becomes of them: the files of the good ones
 * become the conformed table as they are. Rows that share a key wait in files of their own until
 * they have been held against each other; they are few, so no input is sorted as a whole.
 *
 * @param scratch where the files are until then
 * @param spec of the input
 * @param begin called before the pass over the rows that writes them
 * @param tally counts those of the rows that are written of which a column is true
 * @param last what is done to rows that have all their marks
 */
record Staging(
    Scratch scratch,
    InputSpec spec,
    Runnable begin,
    BiFunction<Dataset<Row>, Column, Dataset<Row>> tally,
    UnaryOperator<Dataset<Row>> last) {
  /** The column that parts the files. */
  static final String PART = "_part";

  /** Rows to hand on. */
  static final String GOOD = "good";

  /** Rows for the quarantine. */
  static final String BAD = "bad";

  /** Rows that are not handed on although nothing is wrong with them. */
  static final String ASIDE = "aside";

  /** Rows that share a key; they come again, decided, in the next files. */
  static final String OPEN = "open";

  private static final String KEY = "_key";
  private static final List<String> FOR_PEERS = List.of(Mapping.FINGERPRINT, Mapping.ORDER);

  /** Writes rows that have all their marks. */
  List<Parted> decided(Dataset<Row> marked) {
    begin.run();
    return List.of(written(marked));
  }

  private Parted written(Dataset<Row> marked) {
    Dataset<Row> rows =
        last.apply(marked.drop(FOR_PEERS.toArray(String[]::new))).withColumn(PART, part());
    return kept(tally.apply(rows, lit(true)));
  }

  /**
   * Marks what peers decide, and writes the rows.
   *
   * @param rows with all other marks
   * @param shared of each key what rows share
   */
  List<Parted> sorted(Dataset<Row> rows, Peers peers, List<SharedKeys> shared) {
    Dataset<Row> joined = rows;
    Column open = lit(false);
    for (int i = 0; i < shared.size(); i++) {
      Dataset<Row> hashes = shared.get(i).hashes();
      if (!hashes.isEmpty()) {
        String repeated = KEY + i;
        joined =
            joined.join(hashes.toDF(repeated), shared.get(i).key().equalTo(col(repeated)), "left");
        open = open.or(col(repeated).isNotNull());
      }
    }
    return joined == rows ? decided(rows) : inTwoSteps(joined, open, rows.columns(), peers);
  }

  private List<Parted> inTwoSteps(Dataset<Row> rows, Column open, String[] columns, Peers peers) {
    Column[] kept =
        Arrays.stream(columns)
            .map(c -> FOR_PEERS.contains(c) ? when(open, col(c)).as(c) : col(c))
            .toArray(Column[]::new);
    Dataset<Row> parted = rows.withColumn(PART, when(open, OPEN).otherwise(part()));
    Column[] all = Arrays.copyOf(kept, kept.length + 1);
    all[kept.length] = col(PART);
    Dataset<Row> counted = tally.apply(last.apply(parted.select(all)), col(PART).notEqual(OPEN));
    begin.run();
    Parted first = kept(counted);
    Dataset<Row> waiting = first.rows().where(col(PART).equalTo(OPEN)).drop(PART);
    // What is made of the status of an order is no part of its key.
    return List.of(first, written(peers.mark(OrderAmounts.asRead(waiting))));
  }

  private Parted kept(Dataset<Row> rows) {
    List<String> unique = spec.key().size() == 1 ? spec.key() : List.of();
    return scratch.keepBy("sort the rows of " + spec.table(), rows, PART, unique);
  }

  private static Column part() {
    Column rule = col(Mapping.RULE);
    return when(rule.isNull(), GOOD).when(rule.isin(Fate.ALL.toArray()), ASIDE).otherwise(BAD);
  }
}
