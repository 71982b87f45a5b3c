package io.stratify.jobs.conform;

import static org.apache.spark.sql.functions.expr;

import io.stratify.common.StratifyException;
import io.stratify.common.config.InputConfig;
import io.stratify.common.config.SqlExpression;
import io.stratify.common.io.SourceReader;
import io.stratify.common.tables.InputSchema;
import io.stratify.common.tables.TableSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructType;

/**
 * What the source of an input looks like, held against what it looked like in the last run. A new
 * column is worth a notice. An expression that gives another type than before, although nobody
 * changed it, means that the source changed below it: that stops the run, unless a number only
 * became wider, or the types are those of the values of the day.
 *
 * @param input canonical table
 * @param source name of the source
 * @param columns types of the source's columns
 * @param mapped expression and type of each mapped column
 * @param blank whether an expression has no value in any row; it asks the source
 */
record SourceSchema(
    String input,
    String source,
    Map<String, String> columns,
    Map<String, MappedType> mapped,
    Predicate<String> blank) {
  private static final String SOURCE = "source";
  private static final String MAPPING = "mapping";

  /** What Spark takes a column for in which it finds no value. */
  private static final String UNKNOWN = DataTypes.StringType.catalogString();

  /** The type of a column that never had a value. */
  private static final String NONE = DataTypes.NullType.catalogString();

  /**
   * A mapped column.
   *
   * @param expression SQL of the configuration
   * @param origin where it is written
   * @param type its type over the source
   * @param fromValues whether it is a column of numbers whose type follows the values of the day,
   *     so that whole numbers may come after fractions and the other way round
   */
  record MappedType(String expression, String origin, String type, boolean fromValues) {
    MappedType of(String otherType) {
      return new MappedType(expression, origin, otherType, fromValues);
    }
  }

  /**
   * What a source looks like now.
   *
   * @param table canonical table
   * @param types of the mapped columns over the source
   * @param inferred whether Spark has the types from the values that it found
   */
  static SourceSchema of(
      TableSpec table,
      InputConfig input,
      Dataset<Row> source,
      Map<String, DataType> types,
      boolean inferred) {
    Map<String, String> columns = new LinkedHashMap<>();
    StructType fields = source.schema();
    for (String name : SourceReader.columns(source)) {
      columns.put(name, fields.apply(name).dataType().catalogString());
    }
    Map<String, MappedType> mapped = new LinkedHashMap<>();
    types.forEach(
        (column, type) -> {
          SqlExpression sql = input.columns().get(column);
          boolean fromValues =
              inferred && table.column(column).orElseThrow().type() instanceof NumericType;
          mapped.put(
              column, new MappedType(sql.sql(), sql.origin(), type.catalogString(), fromValues));
        });
    return new SourceSchema(
        input.table(),
        input.source(),
        columns,
        mapped,
        sql -> source.select(expr(sql).as("value")).where("value IS NOT NULL").isEmpty());
  }

  /**
   * The same, where a column of numbers without any value today, of which Spark cannot know the
   * type, has the type that it had in the last run.
   *
   * @param before rows of {@code input_schema}; empty where there was no last run
   */
  SourceSchema settled(List<Row> before) {
    Map<String, MappedType> known = new LinkedHashMap<>(mapped);
    known.replaceAll(
        (column, now) -> {
          String then = typeBefore(before, column, now.expression()).orElse(NONE);
          boolean unsure = now.fromValues() && now.type().equals(UNKNOWN) && !then.equals(UNKNOWN);
          return unsure && blank.test(now.expression()) ? now.of(then) : now;
        });
    return new SourceSchema(input, source, columns, known, blank);
  }

  private Optional<String> typeBefore(List<Row> before, String column, String expression) {
    return ofKind(before, MAPPING).stream()
        .filter(r -> InputSchema.COLUMN.text(r).equals(column))
        .filter(r -> InputSchema.EXPRESSION.text(r).equals(expression))
        .map(r -> InputSchema.TYPE.text(r))
        .findFirst();
  }

  /** The rows of {@code input_schema}. */
  List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    columns.forEach((name, type) -> rows.add(RowFactory.create(input, SOURCE, name, null, type)));
    mapped.forEach(
        (name, m) -> rows.add(RowFactory.create(input, MAPPING, name, m.expression(), m.type())));
    return rows;
  }

  /** The columns of the source that the last run did not see; none where there was no last run. */
  List<String> newColumns(List<Row> before) {
    List<String> seen =
        ofKind(before, SOURCE).stream().map(r -> InputSchema.COLUMN.text(r)).toList();
    return seen.isEmpty()
        ? List.of()
        : List.copyOf(
            columns.keySet().stream()
                .filter(c -> !seen.contains(c))
                .collect(Collectors.toCollection(TreeSet::new)));
  }

  /** One sentence for each mapped column whose type changed below an unchanged expression. */
  List<String> retyped(List<Row> before) {
    List<String> problems = new ArrayList<>();
    mapped.forEach(
        (column, now) ->
            typeBefore(before, column, now.expression())
                .filter(then -> !then.equals(now.type()) && !then.equals(NONE))
                .filter(then -> !widened(then, now.type()))
                .filter(then -> !(now.fromValues() && isNumber(then) && isNumber(now.type())))
                .ifPresent(
                    then ->
                        problems.add(
                            String.format(
                                "%s: %s.%s = %s: expected %s as in the last run, found %s",
                                now.origin(), input, column, now.expression(), then, now.type()))));
    return problems;
  }

  /**
   * Refuses sources that changed below their mapping.
   *
   * @throws StratifyException that names each column
   */
  static void requireNotRetyped(List<String> problems) {
    if (!problems.isEmpty()) {
      throw new StratifyException(
          "Cannot map the inputs: columns of the sources changed their type. Nothing was"
              + " written.%n  %s%nIf that is intended, say it in the mapping (a cast, or any other"
              + " change of the expression is accepted); else correct the source",
          String.join(String.format("%n  "), problems));
    }
  }

  /** Whether every value of a number type is one of the other: nothing can be lost or misread. */
  static boolean widened(String from, String to) {
    DataType before = DataType.fromDDL(from);
    DataType after = DataType.fromDDL(to);
    List<DataType> whole =
        List.of(DataTypes.ByteType, DataTypes.ShortType, DataTypes.IntegerType, DataTypes.LongType);
    int digits = List.of(3, 5, 10, 19).get(Math.max(0, whole.indexOf(before)));
    if (whole.contains(before)) {
      boolean longer = whole.indexOf(after) > whole.indexOf(before);
      boolean exact = after instanceof DecimalType d && d.precision() - d.scale() >= digits;
      boolean fraction = after.equals(DataTypes.DoubleType) && !before.equals(DataTypes.LongType);
      return longer || exact || fraction;
    }
    if (before instanceof DecimalType b && after instanceof DecimalType a) {
      return a.scale() >= b.scale() && a.precision() - a.scale() >= b.precision() - b.scale();
    }
    return before.equals(DataTypes.FloatType) && after.equals(DataTypes.DoubleType);
  }

  private static boolean isNumber(String type) {
    return DataType.fromDDL(type) instanceof NumericType;
  }

  private List<Row> ofKind(List<Row> rows, String kind) {
    return rows.stream()
        .filter(
            r -> InputSchema.INPUT.text(r).equals(input) && InputSchema.KIND.text(r).equals(kind))
        .toList();
  }
}
