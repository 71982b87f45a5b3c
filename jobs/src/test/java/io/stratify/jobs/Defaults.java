package io.stratify.jobs;

import io.stratify.common.config.ConfigLoader;
import io.stratify.common.config.StratifyConfig;
import io.stratify.common.io.CommitStamp;
import io.stratify.common.io.Lake;
import io.stratify.common.io.Snapshot;
import io.stratify.common.tables.Publication;
import java.nio.file.Path;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;

/** What tests of jobs start from. */
public final class Defaults {
  /** The as-of date of most tests. */
  public static final LocalDate AS_OF = LocalDate.of(2026, 5, 1);

  private Defaults() {}

  /** The defaults of reference.conf with some settings of a test. */
  public static StratifyConfig config(Map<String, String> sets) {
    return ConfigLoader.load(List.of(), sets).config();
  }

  /** Publishes a snapshot. */
  public static void publish(Lake lake, Snapshot snapshot, Map<String, String> segmentations) {
    publish(lake, snapshot, segmentations, Instant.EPOCH);
  }

  /** The same, of a run that began at some moment. */
  public static void publish(
      Lake lake, Snapshot snapshot, Map<String, String> segmentations, Instant at) {
    Row publication =
        RowFactory.create(
            Date.valueOf(snapshot.asOf()),
            snapshot.revision(),
            "run",
            Timestamp.from(at),
            segmentations,
            List.of());
    lake.replace(
        Publication.TABLE,
        snapshot,
        lake.spark().createDataFrame(List.of(publication), Publication.TABLE.bodySchema()),
        "publish");
  }

  /** The first run of the as-of date, with its tables in a folder. */
  public static JobContext context(
      SparkSession spark, Path folder, StratifyConfig config, List<String> notices) {
    return context(spark, folder, AS_OF, config, notices);
  }

  /** The same as of another date. */
  public static JobContext context(
      SparkSession spark,
      Path folder,
      LocalDate asOf,
      StratifyConfig config,
      List<String> notices) {
    Lake lake = new Lake(spark, folder.toString(), new CommitStamp("test", "none", "0"));
    return new JobContext(
        spark, config, lake, new Snapshot(asOf, 1), "test", Instant.EPOCH, notices::add);
  }
}
