package io.stratify.common.io;

import static org.apache.spark.sql.functions.lit;

import io.stratify.common.tables.ColumnSpec;
import io.stratify.common.tables.TableSpec;
import io.stratify.common.tables.Tables;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.delta.DeltaOperations;
import org.apache.spark.sql.delta.OptimisticTransaction;
import org.apache.spark.sql.delta.actions.Action;
import org.apache.spark.sql.delta.actions.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import scala.Option;
import scala.collection.JavaConverters;

/**
 * Brings a table that an earlier version wrote to the declared columns, where it stands. Columns
 * that it lacks are added: empty, or with the value of {@link Tables#ADDED}. Nothing is dropped and
 * no type is changed: such a table is refused as before.
 *
 * @param spark session
 * @param path absolute folder of the table
 * @param table what is declared
 */
record Migration(SparkSession spark, String path, TableSpec table) {
  /** Table property with the format that the table was last written in. */
  static final String FORMAT_PROPERTY = "stratify.format";

  /**
   * The present format; tables without the property are of the first one. To be raised with every
   * change of declared columns: an earlier version would take a table for one that is older than
   * itself, and make it anew.
   */
  static final int FORMAT = 4;

  /** Whether a table with other columns than those declared can be brought to them. */
  boolean isPossible(StructType found, List<String> partition) {
    List<String> names = Arrays.asList(found.fieldNames());
    return partition.equals(table.partition())
        && Arrays.stream(found.fields()).allMatch(this::isDeclared)
        && table.columns().stream()
            .filter(c -> !names.contains(c.name()))
            .allMatch(c -> !c.required() || added().containsKey(c.name()));
  }

  private boolean isDeclared(StructField found) {
    return table.column(found.name()).filter(c -> c.type().equals(found.dataType())).isPresent();
  }

  /**
   * Rewrites the rows in one commit and declares the columns in a second one, which changes no row:
   * a table left between the two is complete, and lacks only comments.
   */
  void commit() {
    Dataset<Row> rows = spark.read().format("delta").load(path);
    List<String> found = Arrays.asList(rows.columns());
    Column[] columns = table.columns().stream().map(c -> column(c, found)).toArray(Column[]::new);
    rows.select(columns)
        .write()
        .format("delta")
        .mode("overwrite")
        .option("overwriteSchema", "true")
        .partitionBy(table.partition().toArray(String[]::new))
        .save(path);
    declare();
  }

  private Column column(ColumnSpec column, List<String> found) {
    return found.contains(column.name())
        ? column.col()
        : lit(added().get(column.name())).cast(column.type()).as(column.name());
  }

  private Map<String, String> added() {
    return Tables.ADDED.getOrDefault(table.name(), Map.of());
  }

  private void declare() {
    OptimisticTransaction transaction =
        DeltaLog.forTable(spark, path).startTransaction(Option.empty(), Option.empty());
    Metadata now = transaction.metadata();
    transaction.updateMetadata(
        new Metadata(
            now.id(),
            now.name(),
            table.doc(),
            now.format(),
            table.schema().json(),
            now.partitionColumns(),
            now.configuration().updated(FORMAT_PROPERTY, String.valueOf(FORMAT)),
            now.createdTime()),
        false);
    transaction.commit(
        JavaConverters.asScalaBuffer(List.<Action>of()),
        new DeltaOperations.SetTableProperties(
            new scala.collection.immutable.Map.Map1<>(FORMAT_PROPERTY, String.valueOf(FORMAT))));
  }
}
