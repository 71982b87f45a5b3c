package io.stratify.jobs.features;

import io.stratify.jobs.Keyed;
import java.util.Arrays;
import org.apache.spark.sql.catalyst.expressions.UnsafeArrayData;
import org.apache.spark.sql.catalyst.util.ArrayBasedMapData;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.sql.catalyst.util.MapData;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * How much there was of each of some keys, or money in units of its last decimal. It holds at most
 * {@link #MOST} keys, so that one customer cannot fill the memory; whoever has more of them has a
 * wide range anyway.
 */
final class Counter {
  static final int MOST = 10_000;

  private final Keyed amounts = new Keyed(MOST);

  void add(Day day, int map) {
    day.each(map, amounts::add);
  }

  int keys() {
    return amounts.size();
  }

  /** The key with the most; the first in the alphabet of equals, null where nothing is above 0. */
  UTF8String top() {
    int top = topPlace();
    return top < 0 ? null : amounts.key(top);
  }

  private int topPlace() {
    int top = -1;
    long most = 0;
    for (int i = 0; i < amounts.size(); i++) {
      if (amounts.value(i) > most) {
        top = i;
        most = amounts.value(i);
      }
    }
    return top;
  }

  /** The share of the top key; null where nothing is above 0. */
  Double topShare() {
    int top = topPlace();
    return top < 0 ? null : (Double) (amounts.value(top) / (double) total());
  }

  /**
   * The entropy in bits (Shannon, A Mathematical Theory of Communication, 1948): 0 where all is in
   * one key, log2(n) where n keys have the same; null where nothing is above 0.
   */
  Double entropy() {
    long total = total();
    if (total == 0) {
      return null;
    }
    double entropy = 0;
    for (int i = 0; i < amounts.size(); i++) {
      if (amounts.value(i) > 0) {
        double p = amounts.value(i) / (double) total;
        entropy -= p * Math.log(p) / Math.log(2);
      }
    }
    return Math.max(0, entropy);
  }

  /** The counts by key, of the first keys. */
  MapData counts(int first) {
    Object[] keys = new Object[Math.min(first, amounts.size())];
    long[] counts = new long[keys.length];
    int n = 0;
    for (int i = 0; i < amounts.size() && n < keys.length; i++) {
      if (amounts.value(i) > 0) {
        keys[n] = amounts.key(i);
        counts[n++] = amounts.value(i);
      }
    }
    return new ArrayBasedMapData(
        new GenericArrayData(Arrays.copyOf(keys, n)),
        UnsafeArrayData.fromPrimitiveArray(Arrays.copyOf(counts, n)));
  }

  private long total() {
    long total = 0;
    for (int i = 0; i < amounts.size(); i++) {
      total = Money.plus(total, Math.max(0, amounts.value(i)));
    }
    return total;
  }
}
