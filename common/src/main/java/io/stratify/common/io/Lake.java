package io.stratify.common.io;

import static org.apache.spark.sql.functions.lit;

import io.delta.tables.DeltaTable;
import io.stratify.common.StratifyException;
import io.stratify.common.tables.CustomerDay;
import io.stratify.common.tables.HistoryDay;
import io.stratify.common.tables.Slice;
import io.stratify.common.tables.TableSpec;
import io.stratify.common.tables.Tables;
import java.util.ArrayList;
import java.util.Collection;
import java.util.ConcurrentModificationException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.actions.AddFile;
import org.apache.spark.sql.functions;

/**
 * The tables of Stratify below one output root. Every write replaces the slice of its table in one
 * Delta commit that says which run, job and configuration made it.
 */
public final class Lake {
  private static final String USER_METADATA = "spark.databricks.delta.commitInfo.userMetadata";

  private static final String INSERTED = "numTargetRowsInserted";

  private final SparkSession spark;
  private final OutputRoot output;
  private final CommitStamp stamp;
  private final TableGuard guard;
  private final Traffic traffic;

  /** The tables below a root, written by the run of a stamp. */
  public Lake(SparkSession spark, String root, CommitStamp stamp) {
    this.spark = spark;
    this.output = OutputRoot.at(spark, root);
    this.stamp = stamp;
    this.guard = new TableGuard(spark, output.folder());
    this.traffic = new Traffic(guard);
  }

  /** The same tables for a run that describes a snapshot: its commits say so. */
  public Lake describing(Snapshot snapshot) {
    return new Lake(spark, root(), stamp.of(snapshot));
  }

  /** The folder of a table. */
  public String path(TableSpec table) {
    return guard.path(table);
  }

  /** The folder of the output root. */
  public String root() {
    return output.folder();
  }

  /** What is kept there beside the tables. */
  public OutputRoot output() {
    return output;
  }

  /**
   * The commits of a table, the newest first: see {@link CommitRow}.
   *
   * @param last how many at most
   * @throws StratifyException if the table has not been written
   */
  public List<CommitRow> history(TableSpec table, int last) {
    if (!exists(table)) {
      throw new StratifyException(
          "Cannot show the history of %s: it has not been written in %s. Run ./stratify run first, or"
              + " give the folder of a run: --set output.root=FOLDER",
          table, root());
    }
    guard.requireWritable(table);
    return DeltaTable.forPath(spark, path(table)).history(last).collectAsList().stream()
        .map(CommitRow::of)
        .toList();
  }

  /** What was read and written through this. */
  public Traffic traffic() {
    return traffic;
  }

  /** Who writes, with which configuration. */
  public CommitStamp stamp() {
    return stamp;
  }

  /** The session that reads and writes. */
  public SparkSession spark() {
    return spark;
  }

  /**
   * Makes sure that all tables can be written before any work is done: the root is writable, and
   * what is already there are our tables with the declared columns, or can be made anew.
   *
   * @throws StratifyException that names the first folder or table that is in the way
   */
  public void preflight(Collection<TableSpec> tables) {
    output.requireWritable();
    tables.forEach(guard::requireWritable);
  }

  /**
   * Brings tables that an earlier version wrote to the columns of this one; for whoever holds the
   * lock.
   *
   * @return the tables that were changed
   */
  public List<TableSpec> migrate(Collection<TableSpec> tables) {
    List<TableSpec> changed = new ArrayList<>();
    for (TableSpec table : tables) {
      Optional<Migration> migration = guard.migration(table);
      migration.ifPresent(
          m -> {
            stamped("migrate", m::commit);
            changed.add(table);
          });
    }
    return changed;
  }

  /**
   * Deletes tables of {@link Tables#DERIVED} that an earlier version wrote with other columns, or
   * with some that take no null where there may be one now: a run makes them anew. The fingerprints
   * of days go with the days. For whoever holds the lock.
   *
   * @return the tables that were deleted
   * @throws StratifyException if a newer version wrote one of them; then none is deleted
   */
  public List<TableSpec> deleteStale(Collection<TableSpec> tables) {
    List<TableSpec> stale = new ArrayList<>(tables.stream().filter(guard::isStale).toList());
    boolean prints = stale.contains(CustomerDay.TABLE) && exists(HistoryDay.TABLE);
    if (prints && !stale.contains(HistoryDay.TABLE)) {
      stale.add(0, HistoryDay.TABLE);
    }
    stale.forEach(guard::delete);
    return stale;
  }

  /** The number of the newest version of a table that has been written. */
  public long version(TableSpec table) {
    return guard.version(table);
  }

  /** Whether the table has been written. */
  public boolean exists(TableSpec table) {
    return DeltaTable.isDeltaTable(spark, path(table));
  }

  /**
   * All rows of a table.
   *
   * @throws StratifyException if the table has not been written
   */
  public Dataset<Row> read(TableSpec table, String neededBy) {
    org.apache.spark.sql.delta.Snapshot newest = there(table, neededBy);
    // Of a partitioned table a condition may leave little: then Delta finds the files for it.
    Dataset<Row> rows =
        table.partition().isEmpty()
            ? guard.files(table, newest).rows(spark)
            : spark.read().format("delta").load(path(table));
    traffic.read(table, Optional.empty());
    return rows;
  }

  /** Makes sure that a table, where it is there, has the columns that are declared. */
  public void requireReadable(TableSpec table) {
    guard.requireOursOrAbsent(table);
  }

  /** The newest version of a table that has to have been written. */
  private org.apache.spark.sql.delta.Snapshot there(TableSpec table, String neededBy) {
    return guard
        .requireOursOrAbsent(table)
        .orElseThrow(
            () ->
                new StratifyException(
                    "Cannot run %s: table %s does not exist at %s. Run it with the jobs before it:"
                        + " ./stratify run --to %s",
                    neededBy, table, path(table), neededBy));
  }

  /** All rows of a table, none where it has not been written. */
  public Dataset<Row> readIfThere(TableSpec table, String neededBy) {
    return exists(table) ? read(table, neededBy) : none(table);
  }

  /**
   * The rows of one snapshot of a published table.
   *
   * @throws StratifyException if the table has not been written or has no row for the snapshot
   */
  public Dataset<Row> read(TableSpec table, Snapshot snapshot, String neededBy) {
    TableFiles files = guard.files(table, there(table, neededBy));
    List<AddFile> slice = files.in(new SnapshotSlice(table, snapshot).partition());
    if (TableFiles.rows(slice).equals(Optional.of(0L))) {
      throw new StratifyException(
          "Cannot run %s: %s has no snapshot for %s. Run it with the jobs before it:"
              + " ./stratify run --as-of %s --to %s",
          neededBy, table, snapshot, snapshot.asOf(), neededBy);
    }
    traffic.read(table, Optional.of(snapshot));
    return files.rows(spark, slice);
  }

  /** The rows of one snapshot of a table, none where it has none or has not been written. */
  public Dataset<Row> readSlice(TableSpec table, Snapshot snapshot) {
    return guard
        .requireOursOrAbsent(table)
        .map(newest -> guard.files(table, newest))
        .map(
            files -> {
              traffic.read(table, Optional.of(snapshot));
              return files.rows(spark, files.in(new SnapshotSlice(table, snapshot).partition()));
            })
        .orElseGet(() -> none(table));
  }

  private Dataset<Row> none(TableSpec table) {
    return spark.createDataFrame(List.of(), table.schema());
  }

  /**
   * Replaces the slice of the snapshot by the rows, in one commit.
   *
   * @param rows the columns of the table, without those of the slice; of a table of several as-of
   *     dates with theirs
   * @return the rows written
   */
  public long replace(TableSpec table, Snapshot snapshot, Dataset<Row> rows, String job) {
    TableFiles files = guard.files(table, ensureExists(table, job));
    SnapshotSlice slice = new SnapshotSlice(table, snapshot);
    List<Map<String, String>> replaced =
        table.slice() == Slice.APPENDED ? List.of() : List.of(slice.partition());
    OptionalLong written =
        new Replacement(files, replaced, List.of())
            .commit(rows.select(slice.columns(rows)), stamp.json(job));
    if (written.isEmpty()) {
      traffic.unchanged(table);
      return 0;
    }
    traffic.wrote(table, written);
    return written.getAsLong();
  }

  /**
   * Replaces a table that is one slice by files that were written before, in one commit. Nothing is
   * read or written again: the files are moved.
   *
   * @param parts whose files of a value hold the columns of the table
   * @param rows how many there are in these files
   */
  public void adopt(TableSpec table, List<Parted> parts, String value, long rows, String job) {
    if (table.slice() != Slice.WHOLE) {
      throw new IllegalArgumentException(table + " is not replaced as a whole");
    }
    List<FileStatus> files = parts.stream().flatMap(p -> p.files(value).stream()).toList();
    if (exists(table)) {
      new Adoption(spark, path(table))
          .replaceAllBy(guard.files(table, ensureExists(table, job)), files, stamp.json(job, rows));
    } else {
      guard.requireWritable(table);
      new Adoption(spark, path(table)).createFrom(table, files, stamp.json(job, rows));
    }
    traffic.wrote(table, OptionalLong.of(rows));
  }

  /** Deletes the revisions of an as-of date before the one now published. */
  public void deleteSuperseded(TableSpec table, Snapshot published, String job) {
    boolean first = published.revision() == Snapshot.FIRST_REVISION;
    if (first || table.slice() != Slice.PUBLISHED || !exists(table)) {
      return;
    }
    TableFiles files = guard.files(table);
    List<AddFile> superseded =
        IntStream.range(Snapshot.FIRST_REVISION, published.revision())
            .mapToObj(r -> new SnapshotSlice(table, new Snapshot(published.asOf(), r)))
            .flatMap(slice -> files.in(slice.partition()).stream())
            .toList();
    if (superseded.isEmpty()) {
      return;
    }
    Column condition =
        published.dated().and(TableSpec.REVISION.col().lt(lit(published.revision())));
    stamped(job, new Removal(spark, files, superseded, condition)::commit);
    traffic.wrote(table, OptionalLong.empty());
  }

  /**
   * Adds the rows whose key the table does not have yet, in one commit; the others stay as they
   * are. Unlike a replacement it loses nothing that another program adds at the same time.
   *
   * @param rows all columns of the table
   * @return the rows added
   */
  public long insertNew(TableSpec table, Dataset<Row> rows, String job) {
    ensureExists(table, job);
    Column sameKey =
        table.key().stream()
            .map(k -> functions.col("kept." + k).equalTo(functions.col("added." + k)))
            .reduce(Column::and)
            .orElseThrow();
    return merged(
        table,
        job,
        INSERTED,
        () ->
            DeltaTable.forPath(spark, path(table))
                .as("kept")
                .merge(rows.select(table.cols()).as("added"), sameKey)
                .whenNotMatched()
                .insertAll()
                .execute());
  }

  /** Merges; a merge that changes nothing may make no commit. */
  long merged(TableSpec table, String job, String metric, Runnable merge) {
    long before = guard.version(table);
    try {
      stamped(job, merge);
    } catch (ConcurrentModificationException e) {
      throw new StratifyException(
          e,
          "Cannot %s: another program wrote table %s at the same time. The table is as that left"
              + " it. Run the same command again once it has ended",
          job,
          table);
    }
    OptionalLong rows = guard.metricSince(table, before, metric, stamp.json(job));
    if (rows.isEmpty()) {
      return 0;
    }
    traffic.wrote(table, metric.equals(INSERTED) ? rows : OptionalLong.empty());
    return rows.getAsLong();
  }

  /** Stamps the commits of work that takes no options, through the setting of the session. */
  void stamped(String job, Runnable work) {
    String metadata = stamp.json(job);
    synchronized (this) { // the setting is the session's, and tables may be written side by side
      spark.conf().set(USER_METADATA, metadata);
      try {
        work.run();
      } finally {
        spark.conf().unset(USER_METADATA);
      }
    }
  }

  TableGuard guard() {
    return guard;
  }

  /** Makes the table if it is absent, or is one to be made anew; its newest version. */
  org.apache.spark.sql.delta.Snapshot ensureExists(TableSpec table, String job) {
    Optional<org.apache.spark.sql.delta.Snapshot> newest = guard.requireWritable(table);
    if (newest.filter(version -> TableGuard.isAsDeclared(table, version)).isPresent()) {
      return newest.get();
    }
    stamped(
        job,
        newest.isEmpty()
            ? new Creation(spark, path(table), table)::commit
            : () -> Creation.replace(spark, path(table), table));
    return guard.snapshot(table);
  }
}
