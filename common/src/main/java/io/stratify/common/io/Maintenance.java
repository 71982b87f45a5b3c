package io.stratify.common.io;

import io.delta.tables.DeltaTable;
import io.stratify.common.spark.Names;
import io.stratify.common.tables.TableSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.delta.actions.AddFile;

/**
 * Keeps the files of our tables few and their folders small. Tables are divided by as-of date and
 * revision, which is what readers ask for; there is no further order to put rows in, as Delta keeps
 * no least and greatest values of them: ids of customers would stay in its log.
 */
public final class Maintenance {
  private static final String LARGEST = "spark.databricks.delta.optimize.maxFileSize";
  private static final String SMALLEST = "spark.databricks.delta.optimize.minFileSize";

  private static final String REMEMBERED = "delta.deletedFileRetentionDuration";
  private static final int DELTA_DAYS = 7;

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
    remember(table, job);
    List<AddFile> before = lake.guard().files(table).files();
    String size = String.valueOf((long) fileMb << 20);
    Map<String, String> settings = new HashMap<>(Eraser.SETTINGS);
    settings.putAll(Map.of(LARGEST, size, SMALLEST, size));
    DeltaTable files = DeltaTable.forPath(lake.spark(), lake.path(table));
    // Either takes seconds to find that there is nothing to do.
    if (canBeFewer(before)) {
      lake.stamped(
          job,
          () -> Eraser.under(lake.spark(), settings, () -> files.optimize().executeCompaction()));
    }
    List<AddFile> after = lake.guard().files(table).files();
    Map<String, Instant> onDisk = Eraser.files(lake, table);
    boolean stale = isAnyStale(onDisk, after);
    if (stale) {
      lake.stamped(
          job,
          () -> Eraser.under(lake.spark(), settings, () -> files.vacuum(24.0 * retentionDays)));
    }
    return new Done(
        before.size(),
        after.size(),
        after.stream().mapToLong(AddFile::size).sum() / 1e6,
        stale ? onDisk.size() - Eraser.files(lake, table).size() : 0);
  }

  /**
   * By itself Delta knows for a week which files the versions of a table need; what it has
   * forgotten by then no later setting brings back.
   */
  private void remember(TableSpec table, String job) {
    String known =
        lake.guard().snapshot(table).metadata().configuration().getOrElse(REMEMBERED, () -> "");
    String wanted = "interval " + retentionDays + " days";
    if (retentionDays > DELTA_DAYS && !known.equals(wanted)) {
      String set =
          String.format(
              "ALTER TABLE delta.%s SET TBLPROPERTIES ('%s' = '%s')",
              Names.quoted(lake.path(table)), REMEMBERED, wanted);
      lake.stamped(job, () -> lake.spark().sql(set));
    }
  }

  /** Whether a partition has two files that are smaller than they may be. */
  private boolean canBeFewer(List<AddFile> files) {
    Set<Object> withSmall = new HashSet<>();
    return files.stream()
        .filter(f -> f.size() < (long) fileMb << 20)
        .anyMatch(f -> !withSmall.add(f.partitionValues()));
  }

  /** Whether there is a file that no version within the retention needs. */
  private boolean isAnyStale(Map<String, Instant> onDisk, List<AddFile> live) {
    Instant kept = Instant.now().minus(Duration.ofDays(retentionDays));
    Set<String> names = live.stream().map(f -> Eraser.name(f.path())).collect(Collectors.toSet());
    return onDisk.entrySet().stream()
        .anyMatch(f -> f.getValue().isBefore(kept) && !names.contains(f.getKey()));
  }
}
