package io.stratify.jobs.cli;

import io.stratify.jobs.serving.TextTable;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DayTimeIntervalType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;
import org.apache.spark.sql.types.YearMonthIntervalType;

/** The rows of a query for a terminal. */
final class QueryText {
  /** What Spark's own cast to text tells well; times in the zone of the session, which is UTC. */
  private static final List<Class<? extends DataType>> TOLD_BY_SPARK =
      List.of(
          MapType.class,
          ArrayType.class,
          StructType.class,
          DayTimeIntervalType.class,
          YearMonthIntervalType.class,
          TimestampType.class,
          TimestampNTZType.class);

  /** Numbers between these are told with all their digits, as people write them. */
  private static final double SMALLEST = 1e-6;

  private static final double LARGEST = 1e15;

  private QueryText() {}

  /**
   * The rows as a table.
   *
   * @param limit most rows to print
   */
  static String of(Dataset<Row> result, int limit) {
    TextTable table = new TextTable(result.columns());
    List<Row> rows =
        readable(result).limit(Math.min(limit, Integer.MAX_VALUE - 1) + 1).collectAsList();
    rows.stream()
        .limit(limit)
        .map(r -> IntStream.range(0, r.size()).mapToObj(i -> cell(r.get(i))).toArray())
        .forEach(table::row);
    String more =
        rows.size() > limit ? "  ... more rows; raise --limit" + System.lineSeparator() : "";
    return table + more;
  }

  /** One value; what is missing is told apart from a text of no letters. */
  static String cell(Object value) {
    if (value == null) {
      return "NULL";
    }
    if (value instanceof BigDecimal decimal) {
      return decimal.toPlainString();
    }
    return value instanceof Double || value instanceof Float
        ? fraction((Number) value)
        : value.toString();
  }

  private static String fraction(Number number) {
    double size = Math.abs(number.doubleValue());
    String text = number.toString();
    if (!(size >= SMALLEST && size < LARGEST)) {
      return text;
    }
    String digits = new BigDecimal(text).toPlainString();
    return digits.contains(".") ? digits : digits + ".0";
  }

  /** Columns may be named alike. */
  private static Dataset<Row> readable(Dataset<Row> result) {
    StructField[] fields = result.schema().fields();
    String[] names =
        IntStream.range(0, fields.length).mapToObj(i -> "c" + i).toArray(String[]::new);
    Column[] columns = new Column[fields.length];
    for (int i = 0; i < columns.length; i++) {
      Column column = functions.col(names[i]);
      DataType type = fields[i].dataType();
      columns[i] =
          type instanceof BinaryType
              ? functions.hex(column)
              : TOLD_BY_SPARK.stream().anyMatch(told -> told.isInstance(type))
                  ? column.cast(DataTypes.StringType)
                  : column;
    }
    return result.toDF(names).select(columns);
  }
}
