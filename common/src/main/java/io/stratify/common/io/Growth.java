package io.stratify.common.io;

import io.stratify.common.tables.TableSpec;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.delta.Snapshot;
import org.apache.spark.sql.delta.actions.Action;
import org.apache.spark.sql.delta.actions.AddFile;
import org.apache.spark.sql.delta.actions.CommitInfo;
import org.apache.spark.sql.delta.actions.SetTransaction;
import scala.Tuple2;
import scala.collection.JavaConverters;

/**
 * Tells by its log whether a table has only grown, and reads what was added without the rest.
 *
 * @param lake the tables
 * @param table not partitioned
 */
public record Growth(Lake lake, TableSpec table) {
  /**
   * The table as it is now: its identity and version, in a word; one word where it is absent.
   * Whoever asks has read it, also where nothing has been added since.
   */
  public String state() {
    if (!lake.exists(table)) {
      return "absent";
    }
    String now = state(lake.guard().snapshot(table));
    lake.traffic().read(table, Optional.empty());
    return now;
  }

  private static String state(Snapshot snapshot) {
    return snapshot.metadata().id() + "@" + snapshot.version();
  }

  /** All rows of a state, whatever is written meanwhile. */
  public Dataset<Row> read(String state) {
    Snapshot newest = lake.guard().requireOursOrAbsent(table).orElseThrow();
    if (state.equals(state(newest))) {
      return lake.guard().files(table, newest).rows(lake.spark());
    }
    return lake.spark()
        .read()
        .format("delta")
        .option("versionAsOf", version(state))
        .load(lake.path(table));
  }

  /**
   * The rows that were added from one state to another; empty where rows were deleted or replaced
   * on the way, or nobody knows any more.
   */
  public Optional<Dataset<Row>> added(String before, String now) {
    boolean same = before.equals(now);
    if (!same && !id(before).equals(id(now))) {
      return Optional.empty();
    }
    Optional<List<String>> files = same ? Optional.of(List.of()) : files(before, now);
    return files.map(this::rows);
  }

  private Optional<List<String>> files(String before, String now) {
    List<String> files = new ArrayList<>();
    long next = version(before) + 1;
    var changes = log().getChanges(next, false);
    while (changes.hasNext()) {
      Tuple2<Object, scala.collection.Seq<Action>> commit = changes.next();
      long version = (Long) commit._1();
      if (version > version(now)) {
        break;
      }
      if (version != next++) {
        return Optional.empty();
      }
      for (Action action : JavaConverters.seqAsJavaList(commit._2())) {
        if (action instanceof AddFile file && file.dataChange()) {
          files.add(new Path(lake.path(table), new Path(URI.create(file.path()))).toString());
        } else if (!(action instanceof CommitInfo || action instanceof SetTransaction)) {
          return Optional.empty();
        }
      }
    }
    return next == version(now) + 1 ? Optional.of(files) : Optional.empty();
  }

  private Dataset<Row> rows(List<String> files) {
    return files.isEmpty()
        ? lake.spark().createDataFrame(List.of(), table.schema())
        : ParquetFiles.read(lake.spark(), table.schema(), files.toArray(String[]::new));
  }

  private DeltaLog log() {
    return DeltaLog.forTable(lake.spark(), lake.path(table));
  }

  private static String id(String state) {
    return state.substring(0, Math.max(0, state.indexOf('@')));
  }

  private static long version(String state) {
    return Long.parseLong(state.substring(state.indexOf('@') + 1));
  }
}
