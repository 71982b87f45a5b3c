package io.stratify.jobs.conform;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.hash;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_json;
import static org.apache.spark.sql.functions.trim;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import io.stratify.common.config.InputConfig;
import io.stratify.common.config.SqlExpression;
import io.stratify.common.io.SourceReader;
import io.stratify.common.tables.ColumnSpec;
import io.stratify.common.tables.TableSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;

/**
 * Maps the rows of a source to a canonical table, one SQL expression per column. Every source row
 * gives one row: the canonical columns, {@link #RULE} with the first rule it breaks, {@link
 * #FINGERPRINT} of the whole source row, and {@link #ROW}, the source row as JSON where a rule is
 * broken. A value that is there but cannot be read as the type of its column breaks a rule; it
 * never becomes a silent null.
 */
final class Mapping {
  /** The first rule that the row breaks, null if none. */
  static final String RULE = "_rule";

  /** Hash of every source column: rows with equal fingerprints are exact duplicates. */
  static final String FINGERPRINT = "_fingerprint";

  /** The source row as JSON. */
  static final String ROW = "_row";

  private final TableSpec table;
  private final InputConfig input;

  Mapping(TableSpec table, InputConfig input) {
    this.table = table;
    this.input = input;
  }

  /**
   * Checks every expression against the source.
   *
   * @return one sentence for each that does not work, with file and line, what was expected and
   *     what was found
   */
  List<String> problems(Dataset<Row> source) {
    List<String> problems = new ArrayList<>();
    input
        .where()
        .ifPresent(
            w ->
                analyse(source, w)
                    .ifPresent(
                        p -> problems.add(input.origin() + ": inputs." + table + ".where: " + p)));
    for (ColumnSpec column : table.columns()) {
      SqlExpression mapped = input.columns().get(column.name());
      if (mapped != null) {
        problem(source, column, mapped).ifPresent(problems::add);
      }
    }
    return problems;
  }

  private Optional<String> problem(Dataset<Row> source, ColumnSpec column, SqlExpression mapped) {
    String name = mapped.origin() + ": " + table + "." + column;
    Optional<String> broken = analyse(source, mapped.sql());
    if (broken.isPresent()) {
      return broken.map(p -> name + " = " + mapped.sql() + ": " + p);
    }
    DataType found = source.select(expr(mapped.sql())).schema().fields()[0].dataType();
    try {
      source.select(expr(mapped.sql()).cast(column.type())).schema();
      return Optional.empty();
    } catch (Exception e) {
      return Optional.of(
          String.format(
              "%s = %s: expected %s, found %s, which cannot be cast to it",
              name, mapped.sql(), column.type().sql(), found.sql()));
    }
  }

  private Optional<String> analyse(Dataset<Row> source, String sql) {
    try {
      source.select(expr(sql)).schema();
      return Optional.empty();
    } catch (Exception e) {
      return Optional.of(
          SourceReader.firstLine(e)
              + " The columns of source "
              + input.source()
              + " are: "
              + String.join(", ", source.columns()));
    }
  }

  /** The mapped rows; the expressions must have been checked. */
  Dataset<Row> map(Dataset<Row> source) {
    Dataset<Row> mapped = source.select(all(source)).select(canonical());
    return mapped.select(checked());
  }

  private Column[] all(Dataset<Row> source) {
    Column[] fields =
        Arrays.stream(source.columns()).map(c -> col("`" + c + "`")).toArray(Column[]::new);
    Column[] hashable =
        Arrays.stream(source.schema().fields()).map(Mapping::hashable).toArray(Column[]::new);
    List<Column> columns = new ArrayList<>();
    for (ColumnSpec column : table.columns()) {
      SqlExpression mapped = input.columns().get(column.name());
      Column raw = mapped == null ? lit(null).cast(column.type()) : expr(mapped.sql());
      columns.add(clean(source, mapped, raw).as("raw_" + column.name()));
    }
    columns.add(struct(fields).as(ROW));
    columns.add(
        concat(xxhash64(hashable).cast("string"), lit("-"), hash(hashable).cast("string"))
            .as(FINGERPRINT));
    return columns.toArray(Column[]::new);
  }

  /** Text is trimmed, and empty text is no value. */
  private static Column clean(Dataset<Row> source, SqlExpression mapped, Column raw) {
    boolean text =
        mapped != null
            && source.select(expr(mapped.sql())).schema().fields()[0].dataType()
                instanceof StringType;
    return text ? when(trim(raw).notEqual(""), trim(raw)) : raw;
  }

  private Column[] canonical() {
    List<Column> columns = new ArrayList<>();
    for (ColumnSpec column : table.columns()) {
      columns.add(col("raw_" + column.name()).cast(column.type()).as(column.name()));
    }
    columns.add(firstBroken().as(RULE));
    columns.add(col(FINGERPRINT));
    columns.add(col(ROW));
    return columns.toArray(Column[]::new);
  }

  private Column[] checked() {
    List<Column> columns = new ArrayList<>();
    table.columns().forEach(c -> columns.add(c.col()));
    columns.add(col(RULE));
    columns.add(col(FINGERPRINT));
    columns.add(when(col(RULE).isNotNull(), to_json(col(ROW))).as(ROW));
    return columns.toArray(Column[]::new);
  }

  /** One conditional per rule, in the order of the columns; the first that is broken is named. */
  private Column firstBroken() {
    Column rule = lit(null).cast("string");
    List<ColumnSpec> backwards = new ArrayList<>(table.columns());
    Collections.reverse(backwards);
    for (ColumnSpec column : backwards) {
      Column raw = col("raw_" + column.name());
      Column value = raw.cast(column.type());
      if (!column.allowed().isEmpty()) {
        rule =
            when(
                    value.isNotNull().and(not(value.isin(column.allowed().toArray()))),
                    lit(column + " is not one of " + String.join(", ", column.allowed())))
                .otherwise(rule);
      }
      rule =
          when(
                  raw.isNotNull().and(value.isNull()),
                  lit(column + " is not a " + column.type().sql()))
              .otherwise(rule);
      if (column.required()) {
        rule = when(raw.isNull(), lit(column + " is missing")).otherwise(rule);
      }
    }
    return rule;
  }

  /** Spark hashes no map, at whatever depth; as JSON it does. */
  private static Column hashable(StructField field) {
    Column c = col("`" + field.name() + "`");
    return field.dataType().catalogString().contains("map<") ? to_json(c) : c;
  }
}
