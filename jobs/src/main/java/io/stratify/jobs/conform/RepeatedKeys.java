package io.stratify.jobs.conform;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.HashPartitioner;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.util.LongAccumulator;
import scala.Tuple2;

/**
 * Finds the numbers that a column has more than once. Numbers travel in packs and are sorted as
 * what they are, eight bytes each, which costs a fraction of grouping rows by them.
 */
final class RepeatedKeys implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int PACK = 8192;
  private static final int FIRST = 64;

  /** Spreads numbers that are near each other (Knuth, "The Art of Computer Programming", 6.4). */
  private static final long SPREAD = 0x9E3779B97F4A7C15L;

  private final int parts;
  private final LongAccumulator nulls;

  private RepeatedKeys(int parts, LongAccumulator nulls) {
    this.parts = parts;
    this.nulls = nulls;
  }

  /**
   * One row per number that is there more than once; nulls are no numbers.
   *
   * @param keys a column of whole numbers
   * @param parts into which they are parted; each is held by one task
   * @param name of the column of the result
   * @param nulls counts the rows without a number, at least once each
   */
  static Dataset<Row> in(
      Dataset<Row> rows, Column keys, int parts, String name, LongAccumulator nulls) {
    RepeatedKeys search = new RepeatedKeys(parts, nulls);
    JavaRDD<InternalRow> numbers =
        rows.select(keys.cast("long")).queryExecution().toRdd().toJavaRDD();
    JavaPairRDD<Integer, long[]> packs = numbers.mapPartitionsToPair(search::packed);
    JavaRDD<Long> repeated =
        packs.partitionBy(new HashPartitioner(parts)).mapPartitions(RepeatedKeys::repeated);
    return rows.sparkSession().createDataset(repeated.rdd(), Encoders.LONG()).toDF(name);
  }

  /** The numbers of a partition in packs, each with the part that it belongs to. */
  private Iterator<Tuple2<Integer, long[]>> packed(Iterator<InternalRow> rows) {
    return new Packs(rows, parts, nulls);
  }

  private static Iterator<Long> repeated(Iterator<Tuple2<Integer, long[]>> packs) {
    long[] all = new long[PACK];
    int size = 0;
    while (packs.hasNext()) {
      long[] pack = packs.next()._2();
      if (size + pack.length > all.length) {
        all = Arrays.copyOf(all, Math.max(size + pack.length, all.length + (all.length >> 1)));
      }
      System.arraycopy(pack, 0, all, size, pack.length);
      size += pack.length;
    }
    Arrays.sort(all, 0, size);
    List<Long> repeated = new ArrayList<>();
    for (int i = 1; i < size; i++) {
      boolean again = all[i] == all[i - 1];
      if (again && (i == 1 || all[i] != all[i - 2])) {
        repeated.add(all[i]);
      }
    }
    return repeated.iterator();
  }

  private static final class Packs implements Iterator<Tuple2<Integer, long[]>> {
    private final Iterator<InternalRow> rows;
    private final long[][] open;
    private final int[] sizes;
    private final LongAccumulator nulls;
    private int left;
    private Tuple2<Integer, long[]> ready;

    Packs(Iterator<InternalRow> rows, int parts, LongAccumulator nulls) {
      this.rows = rows;
      this.nulls = nulls;
      open = new long[parts][FIRST]; // a partition rarely has a whole pack for each of many
      sizes = new int[parts];
    }

    @Override
    public boolean hasNext() {
      if (ready == null) {
        ready = advance();
      }
      return ready != null;
    }

    @Override
    public Tuple2<Integer, long[]> next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      Tuple2<Integer, long[]> pack = ready;
      ready = null;
      return pack;
    }

    private Tuple2<Integer, long[]> advance() {
      while (rows.hasNext()) {
        InternalRow row = rows.next();
        if (!row.isNullAt(0)) {
          int part = add(row.getLong(0));
          if (sizes[part] == PACK) {
            return close(part);
          }
        } else {
          nulls.add(1);
        }
      }
      while (left < open.length && sizes[left] == 0) {
        left++;
      }
      return left < open.length ? close(left) : null;
    }

    private int add(long number) {
      int part = (int) (((number * SPREAD) >>> 33) % open.length);
      if (sizes[part] == open[part].length) {
        open[part] = Arrays.copyOf(open[part], Math.min(PACK, 2 * sizes[part]));
      }
      open[part][sizes[part]++] = number;
      return part;
    }

    private Tuple2<Integer, long[]> close(int part) {
      long[] pack = Arrays.copyOf(open[part], sizes[part]);
      sizes[part] = 0;
      return new Tuple2<>(part, pack);
    }
  }
}
