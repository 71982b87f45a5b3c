package io.stratify.common.io;

import io.delta.tables.DeltaTable;
import io.delta.tables.DeltaTableBuilder;
import io.stratify.common.tables.TableSpec;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.delta.DeltaOperations;
import org.apache.spark.sql.delta.OptimisticTransaction;
import org.apache.spark.sql.delta.actions.Action;
import org.apache.spark.sql.delta.actions.Format;
import org.apache.spark.sql.delta.actions.Metadata;
import scala.Option;
import scala.collection.JavaConverters;
import scala.collection.immutable.Map$;

/**
 * Makes a table that is not there. Delta's builder would look for it in the catalog and read its
 * own commit back, which costs more than the commit.
 *
 * @param spark session
 * @param path absolute folder of the table
 * @param table what is declared
 */
record Creation(SparkSession spark, String path, TableSpec table) {
  /** Makes the table without rows. */
  void commit() {
    OptimisticTransaction transaction = start();
    transaction.commit(
        JavaConverters.asScalaBuffer(List.<Action>of()),
        new DeltaOperations.CreateTable(transaction.metadata(), false, false, Option.empty()));
  }

  /** Begins a commit that makes the table, to which files may be added. */
  OptimisticTransaction start() {
    OptimisticTransaction transaction =
        DeltaLog.forTable(spark, path).startTransaction(Option.empty(), Option.empty());
    transaction.updateMetadataForNewTable(metadata());
    return transaction;
  }

  /** Makes a table anew that is there with other columns; what it held is gone. */
  static void replace(SparkSession spark, String path, TableSpec table) {
    DeltaTableBuilder builder =
        DeltaTable.replace(spark)
            .location(new Path(path).toString())
            .addColumns(table.schema())
            .comment(table.doc());
    for (Map.Entry<String, String> property : properties(table).entrySet()) {
      builder = builder.property(property.getKey(), property.getValue());
    }
    if (!table.partition().isEmpty()) {
      builder = builder.partitionedBy(table.partition().toArray(String[]::new));
    }
    builder.execute();
  }

  private Metadata metadata() {
    scala.collection.immutable.Map<String, String> properties = Map$.MODULE$.empty();
    for (Map.Entry<String, String> property : properties(table).entrySet()) {
      properties = properties.updated(property.getKey(), property.getValue());
    }
    return new Metadata(
        UUID.randomUUID().toString(),
        null,
        table.doc(),
        new Format("parquet", Map$.MODULE$.empty()),
        table.schema().json(),
        JavaConverters.asScalaBuffer(table.partition()).toSeq(),
        properties,
        Option.apply(System.currentTimeMillis()));
  }

  private static Map<String, String> properties(TableSpec table) {
    Map<String, String> properties = new TreeMap<>();
    properties.put(TableGuard.TABLE_PROPERTY, table.name());
    properties.put(Migration.FORMAT_PROPERTY, String.valueOf(Migration.FORMAT));
    // The least and greatest value of a column would put ids of customers into the log, where
    // nothing can erase them. Partitions skip what matters without statistics.
    properties.put("delta.dataSkippingNumIndexedCols", "0");
    // With them a deleted row stays in its file, only marked.
    properties.put("delta.enableDeletionVectors", "false");
    return properties;
  }
}
