package io.stratify.jobs.erasure;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Ids as rows of one column: they are joined, so that no plan and no log shows one. */
final class IdSet {
  /** The column. */
  static final String ID = "_id";

  private static final StructType SCHEMA = new StructType().add(ID, DataTypes.StringType);

  private IdSet() {}

  static Dataset<Row> rows(SparkSession spark, Collection<String> ids) {
    List<Row> rows = ids.stream().map(id -> RowFactory.create(id)).toList();
    return spark.createDataFrame(rows, SCHEMA);
  }

  static Set<String> collect(Dataset<Row> ids) {
    Set<String> collected = new TreeSet<>();
    ids.select(ID).collectAsList().forEach(r -> collected.add(r.getString(0)));
    return collected;
  }
}
