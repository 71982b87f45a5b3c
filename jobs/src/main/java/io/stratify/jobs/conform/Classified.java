package io.stratify.jobs.conform;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;

import io.stratify.common.config.InputConfig;
import io.stratify.common.tables.TableSpec;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Observation;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/** All rows of one input, each good, a duplicate, or bad for a stated reason. Read once, cached. */
final class Classified {
  private final TableSpec table;
  private final InputConfig input;
  private final Dataset<Row> rows;
  private final Observation read;

  private Classified(TableSpec table, InputConfig input, Dataset<Row> rows, Observation read) {
    this.table = table;
    this.input = input;
    this.rows = rows;
    this.read = read;
  }

  /**
   * Caches the marked rows.
   *
   * @param read observes the rows of the source, so that nothing later can hide a loss
   */
  static Classified of(TableSpec table, InputConfig input, Dataset<Row> marked, Observation read) {
    Dataset<Row> rows = References.describeBadRows(table, marked).drop(Mapping.FINGERPRINT);
    return new Classified(table, input, rows.persist(StorageLevel.MEMORY_AND_DISK()), read);
  }

  /** The rows to hand on. */
  Dataset<Row> good() {
    return rows.where(col(Mapping.RULE).isNull()).select(table.cols());
  }

  /** The bad rows, as the quarantine has them. */
  Dataset<Row> quarantined() {
    return rows.where(
            col(Mapping.RULE).isNotNull().and(not(col(Mapping.RULE).equalTo(Duplicates.RULE))))
        .select(
            lit(table.name()).as("input"),
            lit(input.source()).as("source"),
            col(Mapping.RULE).as("rule"),
            col(Mapping.ROW).as("row"));
  }

  /** Counts the rows, which reads the source and fills the cache. */
  Books books() {
    Map<String, Long> byRule = new TreeMap<>();
    rows.groupBy(coalesce(col(Mapping.RULE), lit("")))
        .agg(count(lit(1)))
        .collectAsList()
        .forEach(r -> byRule.put(r.getString(0), r.getLong(1)));
    // Spark leaves out of a query what yields no row, and its observation never comes.
    long read = byRule.isEmpty() ? 0 : readRows();
    long good = byRule.getOrDefault("", 0L);
    long duplicates = byRule.getOrDefault(Duplicates.RULE, 0L);
    byRule.remove("");
    byRule.remove(Duplicates.RULE);
    return new Books(table.name(), input.source(), read, good, duplicates, byRule);
  }

  private long readRows() {
    try {
      return ((Number) read.getAsJava().get("rows")).longValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while counting " + table, e);
    }
  }

  void release() {
    rows.unpersist(false);
  }
}
