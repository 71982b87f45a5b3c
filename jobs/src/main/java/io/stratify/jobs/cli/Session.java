package io.stratify.jobs.cli;

import io.stratify.common.config.LoadedConfig;
import io.stratify.common.io.CommitStamp;
import io.stratify.common.io.Lake;
import io.stratify.common.spark.Sparks;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.UUID;
import org.apache.spark.sql.SparkSession;

/**
 * Spark and the tables, for as long as one command runs.
 *
 * @param spark session
 * @param lake the tables below the configured root
 * @param runId id of this run
 * @param startedAt when it began
 */
record Session(SparkSession spark, Lake lake, String runId, Instant startedAt)
    implements AutoCloseable {

  /** Starts Spark. */
  static Session open(LoadedConfig loaded, boolean verbose) {
    Instant now = Instant.now();
    String runId =
        DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT)
                .withZone(ZoneOffset.UTC)
                .format(now)
            + "-"
            + UUID.randomUUID().toString().substring(0, 4);
    SparkSession spark =
        Sparks.session(loaded.config().spark(), Boolean.getBoolean("stratify.progress"));
    if (verbose) {
      spark.sparkContext().setLogLevel("INFO");
    }
    CommitStamp stamp = new CommitStamp(runId, loaded.hash(), Version.text());
    return new Session(spark, new Lake(spark, loaded.config().output().root(), stamp), runId, now);
  }

  @Override
  public void close() {
    spark.stop();
  }
}
