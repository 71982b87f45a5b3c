package io.stratify.jobs.segments;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * How the same customers, at the same snapshot, lie in two segmentations.
 *
 * @param before ids of the segments of the earlier one, sorted
 * @param after ids of the segments of the later one, sorted
 * @param customers number of customers by both, in the order of the ids
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; a few numbers
public record Overlap(List<String> before, List<String> after, long[][] customers) {
  /** Counts the customers of a dataset that has one column per segmentation. */
  static Overlap count(Dataset<Row> features, Column before, Column after) {
    Map<String, Map<String, Long>> counts = new TreeMap<>();
    features
        .groupBy(before.as("before"), after.as("after"))
        .agg(functions.count(functions.lit(1)))
        .collectAsList()
        .forEach(
            r ->
                counts
                    .computeIfAbsent(r.getString(0), b -> new TreeMap<>())
                    .put(r.getString(1), r.getLong(2)));
    return of(counts);
  }

  /** From the number of customers by earlier and by later segment. */
  public static Overlap of(Map<String, Map<String, Long>> counts) {
    List<String> before = List.copyOf(new TreeSet<>(counts.keySet()));
    TreeSet<String> later = new TreeSet<>();
    counts.values().forEach(row -> later.addAll(row.keySet()));
    List<String> after = List.copyOf(later);
    long[][] customers = new long[before.size()][after.size()];
    for (int i = 0; i < customers.length; i++) {
      for (int j = 0; j < after.size(); j++) {
        customers[i][j] = counts.get(before.get(i)).getOrDefault(after.get(j), 0L);
      }
    }
    return new Overlap(before, after, customers);
  }

  /** The same customers where earlier segments are a part of others. */
  Overlap merged(Map<String, String> into) {
    Map<String, Map<String, Long>> counts = new TreeMap<>();
    for (int i = 0; i < customers.length; i++) {
      String id = before.get(i);
      while (into.containsKey(id)) {
        id = into.get(id);
      }
      Map<String, Long> row = counts.computeIfAbsent(id, b -> new TreeMap<>());
      for (int j = 0; j < after.size(); j++) {
        row.merge(after.get(j), customers[i][j], Long::sum);
      }
    }
    return of(counts);
  }

  /** Customers of an earlier segment. */
  long sizeBefore(int i) {
    long sum = 0;
    for (long n : customers[i]) {
      sum += n;
    }
    return sum;
  }

  /** Customers of a later segment. */
  long sizeAfter(int j) {
    long sum = 0;
    for (long[] row : customers) {
      sum += row[j];
    }
    return sum;
  }

  /** Share of an earlier segment that is in a later one. */
  double shareOfBefore(int i, int j) {
    return customers[i][j] / (double) Math.max(1, sizeBefore(i));
  }

  /** Share of a later segment that comes from an earlier one. */
  double shareOfAfter(int i, int j) {
    return customers[i][j] / (double) Math.max(1, sizeAfter(j));
  }
}
