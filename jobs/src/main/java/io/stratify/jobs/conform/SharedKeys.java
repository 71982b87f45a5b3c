package io.stratify.jobs.conform;

import io.stratify.common.io.Scratch;
import io.stratify.jobs.JobContext;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.util.LongAccumulator;

/**
 * What rows share of a key.
 *
 * @param key hash of a row's key
 * @param hashes one column: those that more than one row has
 */
record SharedKeys(Column key, Dataset<Row> hashes) {
  private static final String HASH = "hash";

  /**
   * Of each key what rows share, found in the columns of the key alone, and in whole rows where one
   * has no key.
   *
   * @param input name of the input, for the Spark UI
   * @param keyed the rows as far as their keys need them
   */
  static List<SharedKeys> find(Scratch scratch, String input, Peers peers, Dataset<Row> keyed) {
    return peers.keys().stream().map(k -> find(scratch, input, k, keyed)).toList();
  }

  private static SharedKeys find(Scratch scratch, String input, Peers.Key key, Dataset<Row> keyed) {
    LongAccumulator keyless = keyed.sparkSession().sparkContext().longAccumulator();
    Dataset<Row> found = hashes(scratch, input, key.ofKeyed(), keyed, keyless);
    if (keyless.value() == 0 || key.ofAll().isEmpty()) {
      return new SharedKeys(key.ofKeyed(), found);
    }
    Column ofAll = key.ofAll().get();
    Dataset<Row> others = keyed.where(key.ofKeyed().isNull());
    Dataset<Row> foundThere = hashes(scratch, input, ofAll, others, keyless);
    return new SharedKeys(ofAll, found.union(foundThere).distinct());
  }

  private static Dataset<Row> hashes(
      Scratch scratch, String input, Column key, Dataset<Row> rows, LongAccumulator keyless) {
    int parts = Integer.parseInt(rows.sparkSession().conf().get(JobContext.PARTITIONS));
    return scratch.keep(
        "find keys that rows of " + input + " share",
        RepeatedKeys.in(rows, key, parts, HASH, keyless));
  }
}
