package io.stratify.common.io;

import io.delta.tables.DeltaTable;
import io.stratify.common.tables.TableSpec;
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.sql.delta.Snapshot;

/**
 * Keeps the files of our tables few and their folders small. Tables are divided by as-of date and
 * revision, which is what readers ask for; there is no further order to put rows in, as Delta keeps
 * no least and greatest values of them: ids of customers would stay in its log.
 */
public final class Maintenance {
  private static final String LARGEST = "spark.databricks.delta.optimize.maxFileSize";
  private static final String SMALLEST = "spark.databricks.delta.optimize.minFileSize";

  private final Lake lake;
  private final int retentionDays;
  private final int fileMb;

  /**
   * Maintenance of the tables of a lake.
   *
   * @param retentionDays days for which files that the newest version does not need are kept
   * @param fileMb size in MB up to which small files are put together
   */
  public Maintenance(Lake lake, int retentionDays, int fileMb) {
    this.lake = lake;
    this.retentionDays = retentionDays;
    this.fileMb = fileMb;
  }

  /**
   * What was done to a table.
   *
   * @param filesBefore files of its newest version before
   * @param filesAfter files of its newest version now
   * @param mb their size in MB
   * @param deleted files deleted that no version within the retention needs
   */
  public record Done(long filesBefore, long filesAfter, double mb, long deleted) {}

  /** Puts small files of each slice together, and deletes what is older than the retention. */
  public Done run(TableSpec table, String job) {
    Snapshot before = lake.guard().snapshot(table);
    String size = String.valueOf((long) fileMb << 20);
    Map<String, String> settings = new HashMap<>(Eraser.SETTINGS);
    settings.putAll(Map.of(LARGEST, size, SMALLEST, size));
    DeltaTable files = DeltaTable.forPath(lake.spark(), lake.path(table));
    // Either takes seconds to find that there is nothing to do.
    if (before.numOfFiles() > 1) {
      lake.stamped(
          job,
          () -> Eraser.under(lake.spark(), settings, () -> files.optimize().executeCompaction()));
    }
    int onDisk = Eraser.files(lake, table).size();
    if (onDisk > lake.guard().snapshot(table).numOfFiles()) {
      lake.stamped(
          job,
          () -> Eraser.under(lake.spark(), settings, () -> files.vacuum(24.0 * retentionDays)));
    }
    Snapshot after = lake.guard().snapshot(table);
    return new Done(
        before.numOfFiles(),
        after.numOfFiles(),
        after.sizeInBytes() / 1e6,
        onDisk - Eraser.files(lake, table).size());
  }
}
