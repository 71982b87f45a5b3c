package io.stratify.common.io;

import io.delta.tables.DeltaTable;
import io.stratify.common.StratifyException;
import io.stratify.common.spark.Settings;
import io.stratify.common.tables.TableSpec;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/** Removes rows from our tables for good: from the newest version and from the disk. */
public final class Eraser {
  /** What the session needs for a vacuum that keeps no older version. */
  static final Map<String, String> SETTINGS =
      Map.of(
          "spark.databricks.delta.retentionDurationCheck.enabled",
          "false",
          // The light one knows only files that some version had, and not those of a failed run.
          "spark.databricks.delta.vacuum.lite.enabled",
          "false",
          // By default folders are listed in 10,000 tasks, which take longer than the listing.
          "spark.sql.sources.parallelPartitionDiscovery.parallelism",
          "16");

  private static final String LOG = "/_delta_log/";

  private final Lake lake;
  private final SparkSession spark;

  /** Erases from the tables of a lake. */
  public Eraser(Lake lake) {
    this.lake = lake;
    this.spark = lake.spark();
  }

  /**
   * Deletes every row that equals a key in all columns of the keys; null equals null.
   *
   * <p>The keys are joined, never put into a condition: Delta writes conditions into its log.
   *
   * @param keys some columns of the table, no row twice
   * @return the rows deleted
   */
  public long delete(TableSpec table, Dataset<Row> keys, String job) {
    Column same =
        Arrays.stream(keys.columns())
            .map(c -> functions.col("kept." + c).eqNullSafe(functions.col("gone." + c)))
            .reduce(Column::and)
            .orElseThrow();
    return lake.merged(
        table,
        job,
        "numTargetRowsDeleted",
        () ->
            DeltaTable.forPath(spark, lake.path(table))
                .as("kept")
                .merge(keys.as("gone"), same)
                .whenMatched()
                .delete()
                .execute());
  }

  /**
   * Deletes from the disk every file that the newest version of the table does not need. Older
   * versions cannot be read any more, and a program that writes the table meanwhile is harmed.
   *
   * @return the files deleted
   * @throws StratifyException if such a file is still there afterwards
   */
  public int vacuum(TableSpec table, String job) {
    Set<String> before = new HashSet<>(files(lake, table).keySet());
    lake.stamped(
        job,
        () -> under(spark, SETTINGS, () -> DeltaTable.forPath(spark, lake.path(table)).vacuum(0)));
    Set<String> after = files(lake, table).keySet();
    requireOnlyLive(table, after, job);
    before.removeAll(after);
    return before.size();
  }

  /** Does quiet work under settings of the session. */
  static void under(SparkSession spark, Map<String, String> settings, Runnable work) {
    Settings.under(
        spark,
        settings,
        () -> {
          quietly(work);
          return null;
        });
  }

  /** Delta tells the console how many files it deleted, which is not what our commands answer. */
  private static void quietly(Runnable work) {
    scala.Console.withOut(
        OutputStream.nullOutputStream(),
        () -> {
          work.run();
          return null;
        });
  }

  private void requireOnlyLive(TableSpec table, Set<String> found, String job) {
    Set<String> left = new HashSet<>(found);
    lake.guard().files(table).files().forEach(f -> left.remove(name(f.path())));
    if (!left.isEmpty()) {
      throw new StratifyException(
          "Cannot %s: table %s still has %d files on disk that its newest version does not need"
              + " (%s ...). See that no other program writes to %s and that this user may delete"
              + " files there, then run the same command again",
          job, table, left.size(), left.iterator().next(), lake.path(table));
    }
  }

  /** All data files by their names, which are unique, with their times; needed or not. */
  static Map<String, Instant> files(Lake lake, TableSpec table) {
    Path folder = new Path(lake.path(table));
    Map<String, Instant> names = new HashMap<>();
    try {
      FileSystem fs = lake.guard().fileSystem(folder);
      RemoteIterator<LocatedFileStatus> files = fs.listFiles(folder, true);
      while (files.hasNext()) {
        LocatedFileStatus file = files.next();
        String path = file.getPath().toString();
        if (!path.contains(LOG)) {
          names.put(name(path), Instant.ofEpochMilli(file.getModificationTime()));
        }
      }
      return names;
    } catch (IOException e) {
      throw new StratifyException(e, "Cannot look into %s: %s", folder, e.getMessage());
    }
  }

  static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
