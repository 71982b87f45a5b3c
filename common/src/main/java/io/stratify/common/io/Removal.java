package io.stratify.common.io;

import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.delta.DeltaOperations;
import org.apache.spark.sql.delta.OptimisticTransaction;
import org.apache.spark.sql.delta.actions.Action;
import org.apache.spark.sql.delta.actions.AddFile;
import org.apache.spark.sql.execution.metric.SQLMetric;
import org.apache.spark.sql.execution.metric.SQLMetrics;
import scala.Option;
import scala.collection.JavaConverters;
import scala.collection.Seq;
import scala.collection.immutable.Map$;

/**
 * Takes partitions out of a Delta table in one commit. The log says which files they are, so that
 * none is read; {@code DELETE} comes to the same in six queries.
 */
final class Removal {
  private final SparkSession spark;
  private final OptimisticTransaction transaction;
  private final Seq<Expression> condition;
  private final List<AddFile> files;

  private Removal(
      SparkSession spark,
      OptimisticTransaction transaction,
      Seq<Expression> condition,
      List<AddFile> files) {
    this.spark = spark;
    this.transaction = transaction;
    this.condition = condition;
    this.files = files;
  }

  /**
   * Of all rows of the partitions of which a condition is true; nothing where there are none.
   *
   * @param path folder of the table
   * @param condition on columns that the table is partitioned by, and on no others
   */
  static Optional<Removal> find(SparkSession spark, String path, Column condition) {
    OptimisticTransaction transaction =
        DeltaLog.forTable(spark, path).startTransaction(Option.empty(), Option.empty());
    Seq<Expression> conditions = JavaConverters.asScalaBuffer(List.of(condition.expr())).toSeq();
    List<AddFile> files = JavaConverters.seqAsJavaList(transaction.filterFiles(conditions, true));
    return files.isEmpty()
        ? Optional.empty()
        : Optional.of(new Removal(spark, transaction, conditions, files));
  }

  /**
   * Removes them.
   *
   * @throws java.util.ConcurrentModificationException if another program wrote there meanwhile
   */
  void commit() {
    long now = System.currentTimeMillis();
    List<Action> gone = files.stream().map(f -> (Action) f.removeWithTimestamp(now, true)).toList();
    scala.collection.immutable.Map<String, SQLMetric> metrics = Map$.MODULE$.empty();
    transaction.registerSQLMetrics(
        spark,
        metrics
            .updated("numRemovedFiles", metric("number of files removed", files.size()))
            .updated("numDeletedRows", metric("number of rows deleted", rows())));
    transaction.commit(
        JavaConverters.asScalaBuffer(gone).toSeq(), new DeltaOperations.Delete(condition));
  }

  /** As far as the log says. */
  private long rows() {
    return files.stream()
        .map(AddFile::numLogicalRecords)
        .filter(Option::isDefined)
        .mapToLong(n -> (Long) n.get())
        .sum();
  }

  private SQLMetric metric(String name, long value) {
    SQLMetric metric = SQLMetrics.createMetric(spark.sparkContext(), name);
    metric.set(value);
    return metric;
  }
}
