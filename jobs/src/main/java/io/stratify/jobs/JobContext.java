package io.stratify.jobs;

import io.stratify.common.config.StratifyConfig;
import io.stratify.common.io.Lake;
import io.stratify.common.io.Snapshot;
import io.stratify.common.spark.Settings;
import io.stratify.common.tables.TableSpec;
import java.math.BigInteger;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * What a job works with.
 *
 * @param spark session
 * @param config validated configuration
 * @param lake the tables
 * @param snapshot the slice this run writes
 * @param runId id of the run
 * @param startedAt when the run began; for stamps only, never for results
 * @param notices takes one sentence that the user should see
 */
public record JobContext(
    SparkSession spark,
    StratifyConfig config,
    Lake lake,
    Snapshot snapshot,
    String runId,
    Instant startedAt,
    Consumer<String> notices) {
  private static final int CONCURRENT_WRITES = 3;

  /** The setting that says into how many partitions a shuffle parts its rows. */
  public static final String PARTITIONS = "spark.sql.shuffle.partitions";

  /** A plan that does not change while it runs, for work on the rows that Spark has in memory. */
  public static final Map<String, String> ONE_PLAN = Map.of("spark.sql.adaptive.enabled", "false");

  /** All rows of a table. */
  public Dataset<Row> read(TableSpec table, Job reader) {
    return lake.read(table, reader.name());
  }

  /** The rows of a published table that this run wrote. */
  public Dataset<Row> readSnapshot(TableSpec table, Job reader) {
    return lake.read(table, snapshot, reader.name());
  }

  /** The rows of any snapshot of a table; none where there are none. */
  public Dataset<Row> readSlice(TableSpec table, Snapshot of) {
    return lake.readSlice(table, of);
  }

  /** A few rows made on the driver, as the body of a table. */
  public Dataset<Row> rows(TableSpec table, List<Row> rows) {
    return spark.createDataFrame(rows, table.bodySchema()).coalesce(1);
  }

  /** No rows of a table. */
  public Dataset<Row> empty(TableSpec table) {
    return spark.createDataFrame(List.of(), table.bodySchema());
  }

  /** All rows of a table, none where it has not been written. */
  public Dataset<Row> readIfThere(TableSpec table, Job reader) {
    return lake.readIfThere(table, reader.name());
  }

  /** Replaces the slice of this run in one commit; returns the rows written. */
  public long write(TableSpec table, Dataset<Row> rows, Job writer) {
    spark.sparkContext().setJobDescription("write " + table + " as of " + snapshot.asOf());
    return lake.replace(table, snapshot, rows, writer.name());
  }

  /**
   * Replaces the slices of several tables, some at a time; returns the rows written to each. Where
   * one fails the others are still finished, and the first failure is thrown.
   */
  public Map<TableSpec, Long> writeAll(Map<TableSpec, Dataset<Row>> tables, Job writer) {
    Map<TableSpec, Callable<Long>> writes = new LinkedHashMap<>();
    tables.forEach((table, rows) -> writes.put(table, () -> write(table, rows, writer)));
    return finishAll(writes);
  }

  /** Finishes several tables, some at a time, in the same way. */
  public Map<TableSpec, Long> finishAll(Map<TableSpec, Callable<Long>> writes) {
    List<Long> rows = Concurrently.all(CONCURRENT_WRITES, List.copyOf(writes.values()));
    Map<TableSpec, Long> written = new LinkedHashMap<>();
    writes.keySet().forEach(t -> written.put(t, rows.get(written.size())));
    return written;
  }

  /** Does work under settings of the session; afterwards they are as they were. */
  public <T> T under(Map<String, String> settings, Supplier<T> work) {
    return Settings.under(spark, settings, work);
  }

  /**
   * The setting for shuffles of so much data: no more partitions than the session has, and none for
   * less than a part of it. Adaptive execution does not join the partitions of a cached result, so
   * they have to be sized before.
   */
  public Map<String, String> partitionsFor(BigInteger bytes, BigInteger perPartition) {
    int most = Integer.parseInt(spark.conf().get(PARTITIONS));
    int cores = spark.sparkContext().defaultParallelism();
    long wanted = bytes.divide(perPartition).min(BigInteger.valueOf(most)).longValue();
    return Map.of(PARTITIONS, String.valueOf(Math.min(most, Math.max(cores, wanted))));
  }

  /** Says to which job of the run all work that follows belongs: a job group of Spark. */
  public void begin(String job) {
    spark.sparkContext().setJobGroup(runId + " " + job, job, false);
  }

  /** Names the work that follows in the Spark UI. */
  public void describe(String work) {
    spark.sparkContext().setJobDescription(work + " as of " + snapshot.asOf());
  }
}
