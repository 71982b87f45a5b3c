package io.stratify.jobs.features;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * Sums up many columns of numbers in one pass: what a query of hundreds of aggregates would do, had
 * it not to be compiled. Rows come as {@code sampled, number ...}; for each partition and column
 * there is a row with its moments and the values of the sample.
 */
final class NumberTally implements FlatMapFunction<Iterator<InternalRow>, Row> {
  private static final long serialVersionUID = 1L;

  private final int columns;

  NumberTally(int columns) {
    this.columns = columns;
  }

  @Override
  public Iterator<Row> call(Iterator<InternalRow> rows) {
    Column[] tallies = new Column[columns];
    for (int i = 0; i < columns; i++) {
      tallies[i] = new Column();
    }
    while (rows.hasNext()) {
      InternalRow row = rows.next();
      boolean sampled = row.getBoolean(0);
      for (int i = 0; i < columns; i++) {
        if (!row.isNullAt(i + 1)) {
          tallies[i].add(row.getDouble(i + 1), sampled);
        }
      }
    }
    List<Row> partial = new ArrayList<>();
    for (int i = 0; i < columns; i++) {
      partial.add(tallies[i].row(i));
    }
    return partial.iterator();
  }

  /** The columns over all partitions. */
  static List<Column> merged(List<Row> partial, int columns) {
    List<Column> merged = new ArrayList<>();
    for (int i = 0; i < columns; i++) {
      merged.add(new Column());
    }
    partial.forEach(r -> merged.get(r.getInt(0)).add(r));
    return merged;
  }

  /** What is known of one column. */
  static final class Column {
    private final Moments moments = new Moments();
    private double[] sample = new double[16];
    private int size;

    private void add(double value, boolean sampled) {
      moments.add(value);
      if (sampled) {
        keep(value);
      }
    }

    private void keep(double value) {
      if (size == sample.length) {
        sample = Arrays.copyOf(sample, 2 * size);
      }
      sample[size++] = value;
    }

    private void add(Row r) {
      moments.add(
          new Moments(
              r.getLong(1),
              r.getDouble(2),
              r.getDouble(3),
              r.getDouble(4),
              r.getDouble(5),
              r.getDouble(6)));
      ByteBuffer values = ByteBuffer.wrap(r.<byte[]>getAs(7));
      while (values.hasRemaining()) {
        keep(values.getDouble());
      }
    }

    private Row row(int index) {
      ByteBuffer values = ByteBuffer.allocate(size * Double.BYTES);
      for (int i = 0; i < size; i++) {
        values.putDouble(sample[i]);
      }
      return RowFactory.create(
          index,
          moments.n(),
          moments.mean(),
          moments.squares(),
          moments.cubes(),
          moments.min(),
          moments.max(),
          values.array());
    }

    Moments moments() {
      return moments;
    }

    /** The values of the sample, ascending. */
    double[] sample() {
      double[] sorted = Arrays.copyOf(sample, size);
      Arrays.sort(sorted);
      return sorted;
    }
  }
}
