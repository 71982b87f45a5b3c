package io.stratify.jobs.features;

import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import io.stratify.common.tables.ColumnSpec;
import io.stratify.common.tables.CustomerDay;
import java.math.BigDecimal;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.MapType;

/**
 * The facts of one customer on one day.
 *
 * @param date days since 1970-01-01
 * @param facts the columns of {@code customer_day} without its key; null for an empty map
 */
record Day(int date, Row facts) {
  private static final List<ColumnSpec> COLUMNS =
      CustomerDay.TABLE.body().stream()
          .filter(c -> !CustomerDay.TABLE.key().contains(c.name()))
          .toList();

  /** The facts as one column of {@code customer_day}; most maps are empty, and none costs less. */
  static Column asStruct() {
    return struct(
        COLUMNS.stream()
            .map(
                c ->
                    c.type() instanceof MapType
                        ? when(size(c.col()).gt(0), c.col()).as(c.name())
                        : c.col())
            .toArray(Column[]::new));
  }

  /** Where a column is; looked up once per column and not once per day. */
  static int index(ColumnSpec column) {
    int index = COLUMNS.indexOf(column);
    if (index < 0) {
      throw new IllegalArgumentException("customer_day has no fact " + column);
    }
    return index;
  }

  long count(int index) {
    return facts.getLong(index);
  }

  BigDecimal amount(int index) {
    return facts.getDecimal(index);
  }

  /** The numbers of a map by key, in the order of the keys. */
  NavigableMap<String, Number> numbers(int index) {
    NavigableMap<String, Number> numbers = new TreeMap<>();
    if (!facts.isNullAt(index)) {
      facts.<String, Number>getJavaMap(index).forEach(numbers::put);
    }
    return numbers;
  }

  /** Whether a map has no key. */
  boolean lacks(int index) {
    return facts.isNullAt(index);
  }
}
