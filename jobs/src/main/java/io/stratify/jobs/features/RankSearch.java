package io.stratify.jobs.features;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * Finds the values of given ranks among any number of whole numbers, exactly, without sorting them:
 * each pass counts them by eight more bits, from the highest on, and keeps the bin that has the
 * rank. What comes to the driver does not grow with the number of rows.
 *
 * @param rows {@code group} as an int, and a long per measure, none of them null
 * @param measures numbers per row
 * @param parts the ranks of interest part the rows in that many equal parts
 */
record RankSearch(JavaRDD<InternalRow> rows, int measures, int parts) {
  private static final int BITS = 8;
  private static final int BINS = 1 << BITS;

  /** What is known of the numbers of one group and measure. */
  private static final class Cell implements Serializable {
    private static final long serialVersionUID = 1L;

    private long n;
    private long min = Long.MAX_VALUE;
    private long max = Long.MIN_VALUE;

    /** The bits found of each rank, as a distance from the least number, and the rank in these. */
    private final long[] found;

    private final long[] ranks;

    Cell(int parts) {
      found = new long[parts - 1];
      ranks = new long[parts - 1];
    }

    void add(long value) {
      n++;
      min = Math.min(min, value);
      max = Math.max(max, value);
    }

    void add(Cell other) {
      n += other.n;
      min = Math.min(min, other.min);
      max = Math.max(max, other.max);
    }

    /** The smallest value that a share of the rows does not exceed has this rank, from 1. */
    void rank(int parts) {
      for (int i = 0; i < ranks.length; i++) {
        ranks[i] = (n * (i + 1) + parts - 1) / parts;
      }
    }

    void narrow(long[] counts) {
      for (int i = 0; i < ranks.length; i++) {
        int bin = 0;
        while (counts[i * BINS + bin] < ranks[i]) {
          ranks[i] -= counts[i * BINS + bin++];
        }
        found[i] = found[i] << BITS | bin;
      }
    }
  }

  /** The values by group, then measure, then rank; no group without rows. */
  Map<Integer, long[][]> values() {
    SortedMap<Integer, Cell[]> cells = new TreeMap<>();
    for (SortedMap<Integer, Cell[]> part :
        rows.mapPartitions(new Ranges(measures, parts)).collect()) {
      part.forEach(
          (group, more) -> {
            Cell[] sums = cells.computeIfAbsent(group, g -> empty(measures, parts));
            for (int m = 0; m < measures; m++) {
              sums[m].add(more[m]);
            }
          });
    }
    if (cells.isEmpty()) {
      return Map.of();
    }
    cells.values().forEach(c -> Arrays.stream(c).forEach(cell -> cell.rank(parts)));
    for (int shift = highest(cells); shift >= 0; shift -= BITS) {
      narrow(cells, shift);
    }
    Map<Integer, long[][]> values = new TreeMap<>();
    cells.forEach((group, c) -> values.put(group, values(c)));
    return values;
  }

  private static Cell[] empty(int measures, int parts) {
    Cell[] empty = new Cell[measures];
    for (int m = 0; m < measures; m++) {
      empty[m] = new Cell(parts);
    }
    return empty;
  }

  private static int highest(SortedMap<Integer, Cell[]> cells) {
    long widest = 1;
    for (Cell[] group : cells.values()) {
      for (Cell cell : group) {
        widest |= cell.max - cell.min;
      }
    }
    return (Long.SIZE - 1 - Long.numberOfLeadingZeros(widest)) / BITS * BITS;
  }

  private void narrow(SortedMap<Integer, Cell[]> cells, int shift) {
    long[] counts = rows.mapPartitions(new Bins(cells, shift)).reduce(RankSearch::sum);
    int from = 0;
    for (Cell[] group : cells.values()) {
      for (Cell cell : group) {
        int size = (parts - 1) * BINS;
        cell.narrow(Arrays.copyOfRange(counts, from, from + size));
        from += size;
      }
    }
  }

  private static long[] sum(long[] a, long[] b) {
    for (int i = 0; i < a.length; i++) {
      a[i] += b[i];
    }
    return a;
  }

  private static long[][] values(Cell[] cells) {
    long[][] values = new long[cells.length][];
    for (int m = 0; m < cells.length; m++) {
      values[m] = cells[m].found.clone();
      for (int i = 0; i < values[m].length; i++) {
        values[m][i] += cells[m].min;
      }
    }
    return values;
  }

  /** Number, minimum and maximum of the numbers of a partition. */
  private record Ranges(int measures, int parts)
      implements FlatMapFunction<Iterator<InternalRow>, SortedMap<Integer, Cell[]>> {
    @Override
    public Iterator<SortedMap<Integer, Cell[]>> call(Iterator<InternalRow> rows) {
      SortedMap<Integer, Cell[]> cells = new TreeMap<>();
      while (rows.hasNext()) {
        InternalRow row = rows.next();
        Cell[] group = cells.computeIfAbsent(row.getInt(0), g -> empty(measures, parts));
        for (int m = 0; m < measures; m++) {
          group[m].add(row.getLong(1 + m));
        }
      }
      return List.of(cells).iterator();
    }
  }

  /** Counts the numbers of a partition that have the bits found so far, by their next bits. */
  private record Bins(SortedMap<Integer, Cell[]> cells, int shift)
      implements FlatMapFunction<Iterator<InternalRow>, long[]> {
    @Override
    public Iterator<long[]> call(Iterator<InternalRow> rows) {
      List<Integer> groups = new ArrayList<>(cells.keySet());
      int measures = cells.get(cells.firstKey()).length;
      int ranks = cells.get(cells.firstKey())[0].ranks.length;
      long[] counts = new long[groups.size() * measures * ranks * BINS];
      while (rows.hasNext()) {
        InternalRow row = rows.next();
        Cell[] group = cells.get(row.getInt(0));
        int at = groups.indexOf(row.getInt(0)) * measures;
        for (int m = 0; m < measures; m++) {
          count(group[m], row.getLong(1 + m), counts, (at + m) * ranks * BINS);
        }
      }
      return List.of(counts).iterator();
    }

    private void count(Cell cell, long value, long[] counts, int from) {
      long distance = value - cell.min;
      // A shift by 64 would be none.
      long above = shift + BITS >= Long.SIZE ? 0 : distance >>> (shift + BITS);
      int bin = (int) (distance >>> shift) & (BINS - 1);
      for (int i = 0; i < cell.found.length; i++) {
        if (cell.found[i] == above) {
          counts[from + i * BINS + bin]++;
        }
      }
    }
  }
}
