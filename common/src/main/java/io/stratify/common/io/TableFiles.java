package io.stratify.common.io;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.delta.OptimisticTransaction;
import org.apache.spark.sql.delta.Snapshot;
import org.apache.spark.sql.delta.actions.Action;
import org.apache.spark.sql.delta.actions.AddFile;
import org.apache.spark.sql.delta.actions.InMemoryLogReplay;
import org.apache.spark.sql.delta.actions.SetTransaction;
import org.apache.spark.sql.delta.files.TahoeBatchFileIndex;
import org.apache.spark.sql.execution.datasources.HadoopFsRelation;
import scala.Option;
import scala.Tuple2;
import scala.collection.Iterator;
import scala.collection.JavaConverters;
import scala.collection.Seq;

/**
 * The files of one version of a table. Delta has Spark replay the log, in two to three queries for
 * each version that a session has not seen, which costs more than the rows of a small table; here
 * the commits since the last look, or since the table was made, are read one after the other.
 *
 * @param snapshot the version
 * @param files its files
 * @param transactions numbers that writers keep with the table, by their names; empty where they
 *     have not been looked for
 */
record TableFiles(
    Snapshot snapshot, List<AddFile> files, Optional<Map<String, Long>> transactions) {
  /** Commits that are read one after the other; of more, Spark replays the log. */
  private static final long FEW = 20;

  private static final long NONE = -1;

  TableFiles {
    files = List.copyOf(files);
    transactions = transactions.map(Map::copyOf);
  }

  /**
   * The files of a version.
   *
   * @param before what was seen last of the table, if anything was
   */
  static TableFiles of(Snapshot snapshot, Optional<TableFiles> before) {
    Optional<TableFiles> known = before.filter(b -> b.leadsTo(snapshot));
    if (known.isPresent() && known.get().snapshot.version() == snapshot.version()) {
      return known.get();
    }
    boolean isWhole = known.isPresent() || snapshot.logSegment().checkpointProvider().isEmpty();
    long since = known.map(b -> b.snapshot.version()).orElse(NONE);
    return isWhole && snapshot.version() - since <= FEW
        ? replayed(snapshot, known, since)
        : new TableFiles(snapshot, snapshot.allFiles().collectAsList(), Optional.empty());
  }

  /** A number that a writer keeps with the table; 0 where it has kept none. */
  long transaction(String name) {
    return transactions
        .map(all -> all.getOrDefault(name, 0L))
        .orElseGet(() -> (Long) snapshot.transactions().getOrElse(name, () -> (Object) 0L));
  }

  private boolean leadsTo(Snapshot later) {
    return snapshot.metadata().id().equals(later.metadata().id())
        && snapshot.version() <= later.version();
  }

  private Iterator<Action> actions() {
    List<Action> actions = new ArrayList<>(files);
    transactions
        .orElse(Map.of())
        .forEach((name, n) -> actions.add(new SetTransaction(name, n, Option.empty())));
    return scala(actions).iterator();
  }

  private static TableFiles replayed(Snapshot to, Optional<TableFiles> known, long since) {
    InMemoryLogReplay replay = new InMemoryLogReplay(0, Option.empty());
    known.ifPresent(k -> replay.append(since, k.actions()));
    Iterator<Tuple2<Object, Seq<Action>>> commits =
        to.deltaLog().getChanges(since + 1, to.version(), true);
    while (commits.hasNext()) {
      Tuple2<Object, Seq<Action>> commit = commits.next();
      replay.append((Long) commit._1(), commit._2().iterator());
    }
    Map<String, Long> transactions = new HashMap<>();
    JavaConverters.asJavaCollection(replay.getTransactions())
        .forEach(t -> transactions.put(t.appId(), t.version()));
    boolean all = known.isEmpty() || known.get().transactions.isPresent();
    return new TableFiles(
        to,
        JavaConverters.seqAsJavaList(replay.allFiles()),
        all ? Optional.of(transactions) : Optional.empty());
  }

  /** Begins a commit after this version. */
  OptimisticTransaction startTransaction() {
    return snapshot.deltaLog().startTransaction(Option.empty(), Option.apply(snapshot));
  }

  /**
   * Begins a commit after this version that replaces rows: what another program adds to them
   * meanwhile is a conflict.
   *
   * @param condition on columns that the table is partitioned by; without one it is all rows
   */
  OptimisticTransaction startReplacing(Optional<Column> condition) {
    OptimisticTransaction transaction = startTransaction();
    if (condition.isPresent()) {
      transaction.trackReadPredicates(scala(List.of(condition.get().expr())), true, true);
    } else {
      transaction.readWholeTable();
    }
    return transaction;
  }

  /** What takes files out of the table. */
  static List<Action> removed(List<AddFile> some) {
    long now = System.currentTimeMillis();
    return some.stream().map(f -> (Action) f.removeWithTimestamp(now, true)).toList();
  }

  /** Those of a partition. */
  List<AddFile> in(Map<String, String> partition) {
    return files.stream().filter(f -> isIn(f, partition)).toList();
  }

  private static boolean isIn(AddFile file, Map<String, String> partition) {
    return partition.entrySet().stream()
        .allMatch(e -> Option.apply(e.getValue()).equals(file.partitionValues().get(e.getKey())));
  }

  /** All rows; a later commit does not change them. */
  Dataset<Row> rows(SparkSession spark) {
    return rows(spark, files);
  }

  /** The rows of some of them; a later commit does not change them. */
  Dataset<Row> rows(SparkSession spark, List<AddFile> some) {
    DeltaLog log = snapshot.deltaLog();
    return spark.baseRelationToDataFrame(
        new HadoopFsRelation(
            new Listed(spark, some, snapshot),
            snapshot.metadata().partitionSchema(),
            snapshot.schema(),
            Option.empty(),
            log.fileFormat(snapshot.protocol(), snapshot.metadata()),
            log.options(),
            spark));
  }

  /** How many rows there are in files, where the log says so of all of them. */
  static Optional<Long> rows(List<AddFile> some) {
    long rows = 0;
    for (AddFile file : some) {
      if (file.numLogicalRecords().isEmpty()) {
        return Optional.empty();
      }
      rows += (Long) file.numLogicalRecords().get();
    }
    return Optional.of(rows);
  }

  private static <T> Seq<T> scala(List<T> all) {
    return JavaConverters.asScalaBuffer(all).toSeq();
  }

  /** Files for a scan; without a condition on partitions there is nothing to ask Spark. */
  private static final class Listed extends TahoeBatchFileIndex {
    Listed(SparkSession spark, List<AddFile> files, Snapshot snapshot) {
      super(
          spark,
          "stratify",
          scala(files),
          snapshot.deltaLog(),
          snapshot.deltaLog().dataPath(),
          snapshot,
          false);
    }

    @Override
    public Seq<AddFile> matchingFiles(
        Seq<Expression> partitionFilters, Seq<Expression> dataFilters) {
      return partitionFilters.isEmpty()
          ? addFiles()
          : super.matchingFiles(partitionFilters, dataFilters);
    }
  }
}
