package io.stratify.common.io;

import io.delta.tables.DeltaTable;
import io.stratify.common.StratifyException;
import io.stratify.common.tables.CustomerDay;
import io.stratify.common.tables.HistoryDay;
import io.stratify.common.tables.TableSpec;
import io.stratify.common.tables.Tables;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.LongStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.delta.Snapshot;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import scala.collection.JavaConverters;

/** Refuses to write over anything that is not ours. */
final class TableGuard {
  /** Table property that marks a Delta table as one of ours, with its name. */
  static final String TABLE_PROPERTY = "stratify.table";

  /** The metric of a write that counts its rows. */
  static final String ROWS = "numOutputRows";

  private final SparkSession spark;
  private final String root;

  /** The newest versions that were looked into. */
  private final Map<TableSpec, TableFiles> seen = new ConcurrentHashMap<>();

  TableGuard(SparkSession spark, String root) {
    this.spark = spark;
    this.root = root;
  }

  String path(TableSpec table) {
    return root + "/" + table.name();
  }

  /**
   * Accepts an absent or empty folder, or our own table with the declared columns.
   *
   * @return the newest version of the table, if it exists
   */
  Optional<Snapshot> requireOursOrAbsent(TableSpec table) {
    Optional<Snapshot> newest = requireWritable(table);
    newest.ifPresent(version -> requireSchema(table, path(table), version));
    return newest;
  }

  /**
   * Accepts what can be written: a table that can be computed again may have other columns.
   *
   * @return the newest version of the table, if it exists
   */
  Optional<Snapshot> requireWritable(TableSpec table) {
    String path = path(table);
    if (!DeltaTable.isDeltaTable(spark, path)) {
      requireEmpty(table, path);
      return Optional.empty();
    }
    Snapshot snapshot = snapshot(table);
    if (!isOurs(table, snapshot)) {
      throw new StratifyException(
          "Cannot use %s for table %s: the Delta table there was not made by Stratify for %s."
              + " Nothing was written. Move it away, or choose another --set output.root=FOLDER",
          path, table, table);
    }
    requireKnownFormat(table, path, snapshot);
    if (!Tables.DERIVED.contains(table)) {
      requireSchema(table, path, snapshot);
    }
    return Optional.of(snapshot);
  }

  private static void requireKnownFormat(TableSpec table, String path, Snapshot snapshot) {
    String format =
        snapshot.metadata().configuration().getOrElse(Migration.FORMAT_PROPERTY, () -> "1");
    if (Integer.parseInt(format) > Migration.FORMAT) {
      throw new StratifyException(
          "Cannot use %s for table %s: a newer version of Stratify wrote it, in format %s; this one"
              + " knows formats up to %d. Nothing was written. Run the newer version",
          path, table, format, Migration.FORMAT);
    }
  }

  /** How a table gets the declared columns, if an earlier version wrote it and that can be done. */
  Optional<Migration> migration(TableSpec table) {
    String path = path(table);
    if (Tables.DERIVED.contains(table) || !DeltaTable.isDeltaTable(spark, path)) {
      return Optional.empty();
    }
    Snapshot snapshot = snapshot(table);
    if (isOurs(table, snapshot)) {
      requireKnownFormat(table, path, snapshot);
    }
    return isOurs(table, snapshot) && !hasDeclaredColumns(table, snapshot)
        ? Optional.of(new Migration(spark, path, table))
            .filter(m -> m.isPossible(snapshot.schema(), partition(snapshot)))
        : Optional.empty();
  }

  /** Whether an earlier version made a table that can be computed again, and is to be. */
  boolean isStale(TableSpec table) {
    if (!Tables.DERIVED.contains(table) || !DeltaTable.isDeltaTable(spark, path(table))) {
      return false;
    }
    Snapshot snapshot = snapshot(table);
    if (!isOurs(table, snapshot)) {
      return false;
    }
    requireKnownFormat(table, path(table), snapshot);
    return !hasDeclaredColumns(table, snapshot) || refusesNulls(table, snapshot);
  }

  /**
   * Deletes a table with all its versions from the disk; its log last, for whoever has to go on.
   */
  void delete(TableSpec table) {
    Path folder = new Path(path(table));
    try {
      FileSystem fs = fileSystem(folder);
      for (FileStatus found : fs.listStatus(folder)) {
        if (!found.getPath().getName().equals(Adoption.LOG)) {
          fs.delete(found.getPath(), true);
        }
      }
      fs.delete(folder, true);
    } catch (IOException e) {
      throw new StratifyException(
          e, "Cannot delete table %s at %s: %s. Delete it by hand", table, folder, e.getMessage());
    }
    DeltaLog.invalidateCache(spark, folder);
    seen.remove(table);
  }

  private static boolean isOurs(TableSpec table, Snapshot snapshot) {
    return snapshot
        .metadata()
        .configuration()
        .getOrElse(TABLE_PROPERTY, () -> "")
        .equals(table.name());
  }

  private static boolean hasDeclaredColumns(TableSpec table, Snapshot snapshot) {
    return describe(table.schema()).equals(describe(snapshot.schema()));
  }

  private static List<String> partition(Snapshot snapshot) {
    return JavaConverters.seqAsJavaList(snapshot.metadata().partitionColumns());
  }

  /** Whether a version has the declared columns, and is divided by those declared. */
  static boolean isAsDeclared(TableSpec table, Snapshot version) {
    return hasDeclaredColumns(table, version)
        && table.partition().equals(partition(version))
        && !refusesNulls(table, version);
  }

  /**
   * Whether a table that can be computed again has a column that may be null now and was declared
   * as one that must not.
   */
  private static boolean refusesNulls(TableSpec table, Snapshot version) {
    return Tables.DERIVED.contains(table)
        && Arrays.stream(version.schema().fields())
            .filter(f -> !f.nullable())
            .anyMatch(f -> table.column(f.name()).filter(c -> !c.required()).isPresent());
  }

  /** The newest version of a table that exists. */
  Snapshot snapshot(TableSpec table) {
    return DeltaLog.forTable(spark, path(table))
        .update(false, scala.Option.empty(), scala.Option.empty());
  }

  /** The files of the newest version of a table that exists. */
  TableFiles files(TableSpec table) {
    return files(table, snapshot(table));
  }

  /** The files of a version, which is the newest that was looked up. */
  TableFiles files(TableSpec table, Snapshot version) {
    TableFiles newest = TableFiles.of(version, Optional.ofNullable(seen.get(table)));
    seen.put(table, newest);
    return newest;
  }

  private void requireEmpty(TableSpec table, String path) {
    Path folder = new Path(path);
    try {
      FileSystem fs = fileSystem(folder);
      FileStatus[] found = fs.exists(folder) ? fs.listStatus(folder) : new FileStatus[0];
      if (found.length > 0 && !isUncommitted(fs, folder, found)) {
        throw new StratifyException(
            "Cannot use %s for table %s: it holds files that are not a Delta table (%s ...)."
                + " Nothing was written. Move them away, or choose another"
                + " --set output.root=FOLDER",
            path, table, found[0].getPath().getName());
      }
    } catch (IOException e) {
      throw new StratifyException(e, "Cannot look into %s: %s", path, e.getMessage());
    }
  }

  /** What a command leaves that is killed before the first commit of a table. */
  private static boolean isUncommitted(FileSystem fs, Path folder, FileStatus[] found)
      throws IOException {
    Path log = new Path(folder, Adoption.LOG);
    return fs.exists(log)
        && Arrays.stream(fs.listStatus(log))
            .allMatch(f -> f.isDirectory() || f.getPath().getName().startsWith("."))
        && Arrays.stream(found)
            .map(f -> f.getPath().getName())
            .allMatch(name -> name.equals(Adoption.LOG) || name.matches("\\.?part-.*"));
  }

  private void requireSchema(TableSpec table, String path, Snapshot snapshot) {
    StructType found = snapshot.schema();
    List<String> expected = describe(table.schema());
    List<String> actual = describe(found);
    if (!expected.equals(actual)) {
      if (Tables.DERIVED.contains(table)) { // those of the past are made where they are asked for
        throw new StratifyException(
            "Cannot read table %s at %s: it was made by another version of Stratify. Make it anew:"
                + " ./stratify run --as-of YYYY-MM-DD --to features%s",
            table,
            path,
            table.equals(CustomerDay.TABLE) || table.equals(HistoryDay.TABLE)
                ? ""
                : " --set features.past.back=N");
      }
      if (new Migration(spark, path, table).isPossible(found, partition(snapshot))) {
        throw new StratifyException(
            "Cannot read table %s at %s: an earlier version of Stratify wrote it, without columns"
                + " that it has now. ./stratify maintain adds them where the table stands",
            table, path);
      }
      throw new StratifyException(
          "Cannot use %s for table %s: it has another schema.%n  expected: %s%n  found:    %s%n"
              + "Nothing was written. It was made by another version of Stratify: move it away, or"
              + " choose another --set output.root=FOLDER",
          path, table, String.join(", ", expected), String.join(", ", actual));
    }
  }

  private static List<String> describe(StructType schema) {
    return Arrays.stream(schema.fields())
        .map(
            (StructField f) ->
                f.name() + " " + f.dataType().simpleString().toUpperCase(Locale.ROOT))
        .toList();
  }

  /** The number of the newest version of a table that exists. */
  long version(TableSpec table) {
    return snapshot(table).version();
  }

  /**
   * A metric of the commit that a write made, as Delta counted it; none where it made none: nothing
   * in place of nothing is no commit. Others may have committed since, and Delta itself, where it
   * compacts what was written.
   *
   * @param before version before the write
   * @param stamp what the write was stamped with
   */
  OptionalLong metricSince(TableSpec table, long before, String metric, String stamp) {
    List<CommitFile> own =
        LongStream.rangeClosed(before + 1, version(table))
            .mapToObj(version -> commit(table, version))
            .filter(commit -> commit.isStamped(stamp))
            .toList();
    return own.isEmpty()
        ? OptionalLong.empty()
        : OptionalLong.of(own.stream().mapToLong(commit -> commit.metric(metric)).sum());
  }

  /** What the commit of a version says about itself. */
  CommitFile commit(TableSpec table, long version) {
    Path log = DeltaLog.forTable(spark, path(table)).logPath();
    try {
      return CommitFile.read(fileSystem(log), log, version);
    } catch (IOException e) {
      throw new StratifyException(
          e, "Cannot read back commit %d of table %s: %s", version, table, e.getMessage());
    }
  }

  /** The version that this session saw last, without another look at the disk. */
  long knownVersion(TableSpec table) {
    return DeltaLog.forTable(spark, path(table)).unsafeVolatileSnapshot().version();
  }

  FileSystem fileSystem(Path path) throws IOException {
    return path.getFileSystem(spark.sparkContext().hadoopConfiguration());
  }
}
