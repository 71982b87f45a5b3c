package io.stratify.jobs.features;

import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import io.stratify.common.tables.ColumnSpec;
import io.stratify.common.tables.CustomerDay;
import io.stratify.common.tables.TableSpec;
import java.util.List;
import java.util.function.ObjLongConsumer;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.UnscaledValue;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.catalyst.util.MapData;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * The facts of one customer on one day, as they lie in Spark's memory: valid until the next day.
 *
 * @param date days since 1970-01-01
 * @param facts the columns of {@code customer_day} without its key, as {@link #asStruct} has them
 */
record Day(int date, InternalRow facts) {
  static final List<ColumnSpec> COLUMNS =
      CustomerDay.TABLE.body().stream()
          .filter(c -> !CustomerDay.TABLE.key().contains(c.name()))
          .toList();

  /**
   * The facts as one column of {@code customer_day}: money in units of its last decimal, larger
   * sums as a fraction, and null for an empty map, since most are empty, and none costs less.
   */
  static Column asStruct() {
    return struct(COLUMNS.stream().map(c -> value(c).as(c.name())).toArray(Column[]::new));
  }

  private static Column value(ColumnSpec c) {
    if (c.type() instanceof MapType) {
      return when(size(c.col()).gt(0), c.col());
    }
    if (c.type().equals(TableSpec.MONEY)) {
      return new Column(new UnscaledValue(c.col().expr()));
    }
    return c.type() instanceof DecimalType ? c.col().cast(DataTypes.DoubleType) : c.col();
  }

  /** Where a column is; looked up once per column and not once per day. */
  static int index(ColumnSpec column) {
    int index = COLUMNS.indexOf(column);
    if (index < 0) {
      throw new IllegalArgumentException("customer_day has no fact " + column);
    }
    return index;
  }

  /** A count, or money in units of its last decimal. */
  long count(int index) {
    return facts.getLong(index);
  }

  /** A sum that is larger than money can be. */
  double fraction(int index) {
    return facts.getDouble(index);
  }

  /**
   * Gives each key of a map with its number, or money in units of its last decimal; a key has to be
   * copied if it is kept.
   */
  void each(int index, ObjLongConsumer<UTF8String> taker) {
    if (lacks(index)) {
      return;
    }
    MapData map = facts.getMap(index);
    ArrayData keys = map.keyArray();
    ArrayData values = map.valueArray();
    DataType type = ((MapType) COLUMNS.get(index).type()).valueType();
    for (int i = 0; i < map.numElements(); i++) {
      long number =
          type instanceof DecimalType money
              ? values.getDecimal(i, money.precision(), money.scale()).toUnscaledLong()
              : values.getLong(i);
      taker.accept(keys.getUTF8String(i), number);
    }
  }

  /** Whether a map has no key. */
  boolean lacks(int index) {
    return facts.isNullAt(index);
  }
}
