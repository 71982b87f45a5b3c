package io.stratify.jobs.conform;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.isnan;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.locate;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import io.stratify.common.config.InputConfig;
import io.stratify.common.io.SourceReader;
import io.stratify.common.spark.Names;
import io.stratify.common.tables.ColumnSpec;
import io.stratify.common.tables.TableSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.FractionalType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.TimestampType;

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

  /** Two hashes of every source column: rows with equal ones are exact duplicates. */
  static final String FINGERPRINT = "_fingerprint";

  /** The source row as JSON. */
  static final String ROW = "_row";

  /** The source row as a struct, for steps between typing and the end of the mapping. */
  static final String SOURCE = "source";

  /** What orders rows of one key where the latest counts. */
  static final String ORDER = "_order";

  /** Code of the row's currency, where the input names one. */
  static final String CURRENCY = "_currency";

  /** One bit per quality rule of the configuration that the row fails. */
  static final String FAILED = "_failed";

  /** The rule of records that the format of the source could not make columns of. */
  static final String UNREADABLE = "record cannot be parsed";

  private static final DataType NUMBER = DataTypes.createDecimalType(38, 18);

  private final TableSpec table;
  private final InputConfig input;
  private final RowRules rules;

  Mapping(TableSpec table, InputConfig input) {
    this.table = table;
    this.input = input;
    this.rules = new RowRules(table, input);
  }

  /**
   * Checks every expression against the source.
   *
   * @return one sentence for each that does not work, with file and line, what was expected and
   *     what was found
   */
  List<String> problems(Dataset<Row> source) {
    return new MappingProblems(table, input, source).all();
  }

  /**
   * The mapped rows; the expressions must have been checked. In three steps, so that no expression
   * is computed twice: raw values, typed values, rules.
   */
  Dataset<Row> map(Dataset<Row> source) {
    return map(source, rows -> rows);
  }

  /**
   * The mapped rows, with a step between the built-in rules and the end: it sees the canonical
   * columns and {@link #SOURCE}, and may change values and mark rows.
   */
  Dataset<Row> map(Dataset<Row> source, UnaryOperator<Dataset<Row>> step) {
    Map<String, DataType> types = types(source);
    Dataset<Row> ruled =
        source
            .select(raw(source, types))
            .select(typed(types, inUtc(source)))
            .select(checked(SourceReader.keepsRecords(source)));
    return described(step.apply(ruled), source.schema());
  }

  /** Ends the mapping: bad rows are told as JSON, and the struct of the source is dropped. */
  private Dataset<Row> described(Dataset<Row> rows, StructType source) {
    List<Column> columns = new ArrayList<>(table.columns().stream().map(ColumnSpec::col).toList());
    for (String mark : List.of(RULE, FINGERPRINT, ORDER, CURRENCY, FAILED)) {
      if (Arrays.asList(rows.columns()).contains(mark)) {
        columns.add(col(mark));
      }
    }
    columns.add(when(col(RULE).isNotNull(), Json.of(col(SOURCE), source)).as(ROW));
    return rows.select(columns.toArray(Column[]::new));
  }

  /** The rows where those that meet a condition, and broke no rule so far, break this one. */
  static Dataset<Row> breaking(Dataset<Row> rows, Column condition, String rule) {
    Column first = col(RULE).isNull().and(condition);
    return rows.withColumn(RULE, when(first, lit(rule)).otherwise(col(RULE)));
  }

  private Column[] raw(Dataset<Row> source, Map<String, DataType> types) {
    Column[] fields = Arrays.stream(source.columns()).map(Names::column).toArray(Column[]::new);
    List<Column> columns = new ArrayList<>();
    for (ColumnSpec column : mappedColumns()) {
      Column value = expr(sqlOf(column));
      DataType found = types.get(column.name());
      if (found instanceof StringType) {
        value = Texts.trimmed(value);
      } else if (column.type() instanceof StringType) {
        value = known(value, found);
      }
      columns.add(value.as(raw(column)));
    }
    columns.add(struct(fields).as(SOURCE));
    input
        .identity()
        .latestBy()
        .map(by -> expr(by.sql()))
        .ifPresent(by -> columns.add(known(by, type(source, by)).as(ORDER)));
    input
        .currency()
        .ifPresent(code -> columns.add(CurrencyRates.code(expr(code.sql())).as(CURRENCY)));
    columns.add(Fingerprint.of(source.schema()).as(FINGERPRINT));
    return columns.toArray(Column[]::new);
  }

  /** What is no number is no text either, and later than nothing. */
  private static Column known(Column value, DataType found) {
    boolean floating = found instanceof DoubleType || found instanceof FloatType;
    return floating ? when(not(isnan(value)), value) : value;
  }

  private static DataType type(Dataset<Row> source, Column value) {
    return source.select(value).schema().fields()[0].dataType();
  }

  private static boolean inUtc(Dataset<Row> source) {
    return source.sparkSession().conf().get("spark.sql.session.timeZone").equals("UTC");
  }

  private Column[] typed(Map<String, DataType> types, boolean utc) {
    List<Column> rest = carried();
    mappedColumns().forEach(c -> rest.add(col(raw(c))));
    return select(
        table.columns(),
        column ->
            (isMapped(column)
                    ? typed(col(raw(column)), types.get(column.name()), column.type(), utc)
                    : lit(null).cast(column.type()))
                .as(column.name()),
        rest);
  }

  /**
   * A value as the type of its column. Spark would also take a time without a day for one of today,
   * a year for its first day, the whole part of a number for the number, of one that is too large
   * its last bits, and any number but 0 for a yes.
   */
  static Column typed(Column raw, DataType found, DataType wanted, boolean utc) {
    Column cast = raw.cast(wanted);
    boolean text = found instanceof StringType;
    if (text && (wanted instanceof DateType || wanted instanceof TimestampType)) {
      Column dated = when(raw.substr(5, 1).equalTo("-").and(locate("-", raw, 6).gt(0)), cast);
      return utc && wanted instanceof TimestampType ? coalesce(Texts.usualTime(raw), dated) : dated;
    }
    if (wanted instanceof BooleanType && found instanceof NumericType) {
      return when(raw.isin(0, 1), cast);
    }
    boolean whole = wanted instanceof IntegerType || wanted instanceof LongType;
    boolean larger = wanted instanceof IntegerType && found instanceof LongType;
    if (whole && (text || larger || found instanceof FractionalType)) {
      return when(raw.cast(NUMBER).equalTo(cast), cast);
    }
    return cast;
  }

  private Column[] checked(boolean records) {
    List<Column> rest = carried();
    Column rule = rules.firstBroken();
    rest.add(
        (records
                ? when(col(SOURCE).getField(SourceReader.CORRUPT).isNotNull(), lit(UNREADABLE))
                    .otherwise(rule)
                : rule)
            .as(RULE));
    return select(table.columns(), ColumnSpec::col, rest);
  }

  /** What every step of the mapping hands on beside the values. */
  private List<Column> carried() {
    List<Column> carried = new ArrayList<>(List.of(col(SOURCE), col(FINGERPRINT)));
    input.identity().latestBy().ifPresent(by -> carried.add(col(ORDER)));
    input.currency().ifPresent(code -> carried.add(col(CURRENCY)));
    return carried;
  }

  private static Column[] select(
      List<ColumnSpec> columns, Function<ColumnSpec, Column> each, List<Column> rest) {
    return Stream.concat(columns.stream().map(each), rest.stream()).toArray(Column[]::new);
  }

  /** The built-in rules on single rows, in words. */
  List<String> rules() {
    return rules.all();
  }

  private List<ColumnSpec> mappedColumns() {
    return table.columns().stream().filter(this::isMapped).toList();
  }

  private boolean isMapped(ColumnSpec column) {
    return input.maps(column);
  }

  private String sqlOf(ColumnSpec column) {
    return input.columns().get(column.name()).sql();
  }

  /** The types of the expressions, by canonical column. */
  Map<String, DataType> types(Dataset<Row> source) {
    List<ColumnSpec> mapped = mappedColumns();
    Column[] values = mapped.stream().map(c -> expr(sqlOf(c)).as(c.name())).toArray(Column[]::new);
    Map<String, DataType> types = new LinkedHashMap<>();
    for (StructField field : source.select(values).schema().fields()) {
      types.put(field.name(), field.dataType());
    }
    return types;
  }

  /** The column that holds what the expression of another gives. */
  static String raw(ColumnSpec column) {
    return "raw_" + column.name();
  }
}
