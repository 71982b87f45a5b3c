package io.stratify.common.io;

import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.delta.DeltaOperations;
import org.apache.spark.sql.delta.OptimisticTransaction;
import org.apache.spark.sql.delta.actions.AddFile;
import org.apache.spark.sql.execution.metric.SQLMetric;
import org.apache.spark.sql.execution.metric.SQLMetrics;
import scala.collection.JavaConverters;
import scala.collection.Seq;
import scala.collection.immutable.Map$;

/**
 * Takes files of partitions out of a Delta table in one commit. The log says which files they are,
 * so that none is read; {@code DELETE} comes to the same in six queries.
 *
 * @param spark session
 * @param table the version that they are of
 * @param files all files of the partitions
 * @param condition true of their rows and of no others; on columns that the table is partitioned by
 */
record Removal(SparkSession spark, TableFiles table, List<AddFile> files, Column condition) {
  /**
   * Removes them.
   *
   * @throws java.util.ConcurrentModificationException if another program wrote there meanwhile
   */
  void commit() {
    Seq<Expression> conditions = JavaConverters.asScalaBuffer(List.of(condition.expr())).toSeq();
    OptimisticTransaction transaction = table.startReplacing(Optional.of(condition));
    scala.collection.immutable.Map<String, SQLMetric> metrics = Map$.MODULE$.empty();
    transaction.registerSQLMetrics(
        spark,
        metrics
            .updated("numRemovedFiles", metric("number of files removed", files.size()))
            .updated(
                "numDeletedRows",
                metric("number of rows deleted", TableFiles.rows(files).orElse(0L))));
    transaction.commit(
        JavaConverters.asScalaBuffer(TableFiles.removed(files)).toSeq(),
        new DeltaOperations.Delete(conditions));
  }

  private SQLMetric metric(String name, long value) {
    SQLMetric metric = SQLMetrics.createMetric(spark.sparkContext(), name);
    metric.set(value);
    return metric;
  }
}
