package io.stratify.jobs.conform;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import io.stratify.common.tables.ColumnSpec;
import io.stratify.common.tables.Inputs;
import io.stratify.common.tables.TableSpec;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** Rules that need another table. */
final class References {
  private static final String KNOWN = "_known";

  private References() {}

  /** Rows whose column names no row of the other table break a rule; a null names nothing. */
  static Dataset<Row> require(
      Dataset<Row> rows, String column, Dataset<Row> ids, String otherTable) {
    Dataset<Row> known = ids.select(ids.col(ids.columns()[0]).as(KNOWN));
    Dataset<Row> joined = rows.join(known, col(column).equalTo(col(KNOWN)), "left");
    Column unknown = col(column).isNotNull().and(col(KNOWN).isNull());
    return Mapping.breaking(joined, unknown, column + " is not in " + otherTable).drop(KNOWN);
  }

  /** Fills the JSON of rows that broke a rule after the mapping, from their mapped columns. */
  static Dataset<Row> describeBadRows(TableSpec table, Dataset<Row> rows) {
    Column[] mapped = Inputs.mappable(table).stream().map(ColumnSpec::col).toArray(Column[]::new);
    StructType schema = rows.select(mapped).schema();
    Column bad = col(Mapping.RULE).isNotNull().and(not(col(Mapping.RULE).isin(Fate.ALL.toArray())));
    Column late = bad.and(col(Mapping.ROW).isNull());
    return rows.withColumn(
        Mapping.ROW, when(late, Json.of(struct(mapped), schema)).otherwise(col(Mapping.ROW)));
  }
}
