package io.stratify.jobs.features;

import static org.apache.spark.sql.functions.unix_date;

import com.esotericsoftware.kryo.io.Input;
import io.stratify.common.tables.ColumnSpec;
import io.stratify.common.tables.CustomerDay;
import io.stratify.common.tables.TableSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ObjLongConsumer;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.catalyst.expressions.UnscaledValue;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * The facts of one customer on one day, read from the bytes of {@link DayBytes}. One such object
 * shows one day after the other, each until the next is opened.
 */
final class Day {
  private final Input input = new Input();

  /** Numbers as they are, fractions by their bits, and of a map where its entries begin. */
  private final long[] values = new long[CustomerDay.FACTS.size()];

  private long held;
  private int date;

  /**
   * The columns of {@code customer_day} that {@link DayBytes} takes: the customer, the day as a
   * number, and {@link CustomerDay#FACTS}, money in units of its last decimal and larger sums as a
   * fraction.
   */
  static Column[] columns() {
    List<Column> columns = new ArrayList<>();
    columns.add(CustomerDay.CUSTOMER_ID.col());
    columns.add(unix_date(CustomerDay.DAY.col()));
    CustomerDay.FACTS.forEach(c -> columns.add(value(c)));
    return columns.toArray(Column[]::new);
  }

  private static Column value(ColumnSpec c) {
    if (c.type().equals(TableSpec.MONEY)) {
      return new Column(new UnscaledValue(c.col().expr()));
    }
    return c.type() instanceof DecimalType ? c.col().cast(DataTypes.DoubleType) : c.col();
  }

  /** Where a column is; looked up once per column and not once per day. */
  static int index(ColumnSpec column) {
    int index = CustomerDay.FACTS.indexOf(column);
    if (index < 0) {
      throw new IllegalArgumentException("customer_day has no fact " + column);
    }
    return index;
  }

  /**
   * Shows another day.
   *
   * @param day days since 1970-01-01
   * @param facts as {@link DayBytes#of} gives them; they must not change while the day is shown
   */
  void open(int day, byte[] facts) {
    for (long left = held; left != 0; left &= left - 1) {
      values[Long.numberOfTrailingZeros(left)] = 0;
    }
    date = day;
    input.setBuffer(facts);
    held = input.readLong();
    for (long left = held; left != 0; left &= left - 1) {
      int index = Long.numberOfTrailingZeros(left);
      values[index] = DayBytes.KINDS[index].read(input);
    }
  }

  /** Days since 1970-01-01. */
  int date() {
    return date;
  }

  /** A count, or money in units of its last decimal. */
  long count(int index) {
    return values[index];
  }

  /** A sum that is larger than money can be. */
  double fraction(int index) {
    return Double.longBitsToDouble(values[index]);
  }

  /**
   * Gives each key of a map with its number, or money in units of its last decimal; a key has to be
   * copied if it is kept.
   */
  void each(int index, ObjLongConsumer<UTF8String> taker) {
    if (lacks(index)) {
      return;
    }
    input.setPosition(Math.toIntExact(values[index]));
    for (int left = input.readInt(true); left > 0; left--) {
      int length = input.readInt(true);
      UTF8String key = UTF8String.fromBytes(input.getBuffer(), input.position(), length);
      input.skip(length);
      long number = input.readLong(false);
      int next = input.position();
      taker.accept(key, number);
      input.setPosition(next);
    }
  }

  /** Whether a map has no key. */
  boolean lacks(int index) {
    return values[index] == 0;
  }
}
