package io.stratify.jobs.features;

import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import io.stratify.common.tables.ColumnSpec;
import io.stratify.common.tables.CustomerDay;
import io.stratify.common.tables.TableSpec;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.catalyst.util.MapData;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Makes bytes of the facts of a day. On most days a customer does one thing, so that nearly all
 * figures are 0 and nearly all maps are empty: as a row of Spark a day is several times as large,
 * and every day is shuffled and sorted.
 *
 * <p>The bytes are: eight with one bit per column of {@link CustomerDay#FACTS}, 1 where it is not 0
 * or empty; then those columns, whole numbers in as few bytes as they need, fractions in eight, and
 * maps with their length in bytes, in four, before their entries. Rows have the columns of {@link
 * Day#columns}.
 */
final class DayBytes implements FlatMapFunction<Iterator<InternalRow>, InternalRow> {
  private static final long serialVersionUID = 1L;

  /** Of the columns, in their order. */
  static final Kind[] KINDS = kinds();

  private static final int FIRST_FACT = 2;
  private static final int FIRST_SIZE = 512;

  /** How a column is written. */
  enum Kind {
    NUMBER {
      @Override
      boolean write(InternalRow row, int at, DataType type, Output out) {
        long number = row.getLong(at);
        if (number != 0) {
          out.writeLong(number, false);
        }
        return number != 0;
      }

      @Override
      long read(Input in) {
        return in.readLong(false);
      }
    },
    FRACTION {
      @Override
      boolean write(InternalRow row, int at, DataType type, Output out) {
        double number = row.getDouble(at);
        if (number != 0) {
          out.writeDouble(number);
        }
        return number != 0;
      }

      @Override
      long read(Input in) {
        return Double.doubleToRawLongBits(in.readDouble());
      }
    },
    /** Its length comes first, so that it can be passed over. */
    MAP {
      @Override
      boolean write(InternalRow row, int at, DataType type, Output out) {
        MapData map = row.getMap(at);
        if (map.numElements() == 0) {
          return false;
        }
        int start = out.position();
        out.writeInt(0);
        writeEntries(map, ((MapType) type).valueType(), out);
        int end = out.position();
        out.setPosition(start);
        out.writeInt(end - start - Integer.BYTES);
        out.setPosition(end);
        return true;
      }

      @Override
      long read(Input in) {
        int length = in.readInt();
        int start = in.position();
        in.skip(length);
        return start;
      }
    };

    /** Writes a value of a row that is not null; false if it is nothing. */
    abstract boolean write(InternalRow row, int at, DataType type, Output out);

    /** A number, the bits of a fraction, or where the entries of a map begin, which is passed. */
    abstract long read(Input in);

    private static Kind of(ColumnSpec column) {
      DataType type = column.type();
      if (type instanceof MapType) {
        return MAP;
      }
      if (type.equals(DataTypes.LongType) || type.equals(TableSpec.MONEY)) {
        return NUMBER;
      }
      if (type instanceof DecimalType) {
        return FRACTION;
      }
      throw new IllegalStateException("no way to write " + column + ", a " + type);
    }

    private static void writeEntries(MapData map, DataType type, Output out) {
      ArrayData keys = map.keyArray();
      ArrayData values = map.valueArray();
      out.writeInt(map.numElements(), true);
      for (int i = 0; i < map.numElements(); i++) {
        byte[] key = keys.getUTF8String(i).getBytes();
        out.writeInt(key.length, true);
        out.writeBytes(key);
        out.writeLong(
            type instanceof DecimalType money
                ? values.getDecimal(i, money.precision(), money.scale()).toUnscaledLong()
                : values.getLong(i),
            false);
      }
    }
  }

  private static Kind[] kinds() {
    if (CustomerDay.FACTS.size() > Long.SIZE) {
      throw new IllegalStateException("more facts than bits: " + CustomerDay.FACTS.size());
    }
    return CustomerDay.FACTS.stream().map(Kind::of).toArray(Kind[]::new);
  }

  /** The shape of the rows that it gives: the customer, the day, and all else in one column. */
  static StructType schema(String customer, String day, String facts) {
    return new StructType()
        .add(customer, DataTypes.StringType, false)
        .add(day, DataTypes.IntegerType, false)
        .add(facts, DataTypes.BinaryType, false);
  }

  @Override
  public Iterator<InternalRow> call(Iterator<InternalRow> days) {
    return new Packed(days);
  }

  /**
   * The facts of a day.
   *
   * @param row with the values of {@link CustomerDay#FACTS}, as {@link Day#columns} makes them
   * @param first the place of the first of them
   * @param out a buffer that is used again and again
   */
  static byte[] of(InternalRow row, int first, Output out) {
    out.clear();
    out.writeLong(0);
    long held = 0;
    for (int i = 0; i < KINDS.length; i++) {
      if (!row.isNullAt(first + i)
          && KINDS[i].write(row, first + i, CustomerDay.FACTS.get(i).type(), out)) {
        held |= 1L << i;
      }
    }
    int end = out.position();
    out.setPosition(0);
    out.writeLong(held);
    out.setPosition(end);
    return out.toBytes();
  }

  /** A buffer for {@link #of}, which grows as it must. */
  static Output buffer() {
    return new Output(FIRST_SIZE, -1);
  }

  private static final class Packed implements Iterator<InternalRow> {
    private final Iterator<InternalRow> rows;
    private final Output out = buffer();

    Packed(Iterator<InternalRow> rows) {
      this.rows = rows;
    }

    @Override
    public boolean hasNext() {
      return rows.hasNext();
    }

    @Override
    public InternalRow next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      InternalRow row = rows.next();
      UTF8String customer = row.getUTF8String(0);
      return new GenericInternalRow(
          new Object[] {customer, row.getInt(1), of(row, FIRST_FACT, out)});
    }
  }
}
