package io.stratify.common.tables;

import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;

/**
 * One documented, typed column of a table.
 *
 * @param name name in the table
 * @param type Spark type
 * @param required whether a null is an error
 * @param allowed the only values allowed, empty when any is
 * @param doc unit and definition, in one sentence
 */
public record ColumnSpec(
    String name, DataType type, boolean required, List<String> allowed, String doc) {

  /** Makes the list of allowed values immutable. */
  public ColumnSpec {
    allowed = List.copyOf(allowed);
  }

  /** The column by its name. */
  public Column col() {
    return functions.col(name);
  }

  /** The column by its name below a dataset alias. */
  public Column of(String alias) {
    return functions.col(alias + "." + name);
  }

  /** The value of a text column in a row that has it; null if there is none. */
  public String text(Row row) {
    return row.getAs(name);
  }

  @Override
  public String toString() {
    return name;
  }
}
