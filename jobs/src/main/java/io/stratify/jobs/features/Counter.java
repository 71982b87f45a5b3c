package io.stratify.jobs.features;

import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * How much there was of each of some keys. It holds at most {@link #MOST} keys, so that one
 * customer cannot fill the memory; whoever has more of them has a wide range anyway.
 */
final class Counter {
  static final int MOST = 10_000;

  private final NavigableMap<String, Double> amounts = new TreeMap<>();

  void add(Map<String, Number> more) {
    more.forEach(
        (key, value) -> {
          if (amounts.size() < MOST || amounts.containsKey(key)) {
            amounts.merge(key, value.doubleValue(), Double::sum);
          }
        });
  }

  int keys() {
    return amounts.size();
  }

  /** The key with the most; the first in the alphabet of equals, null where nothing is above 0. */
  String top() {
    String top = null;
    double most = 0;
    for (Map.Entry<String, Double> e : amounts.entrySet()) {
      if (e.getValue() > most) {
        top = e.getKey();
        most = e.getValue();
      }
    }
    return top;
  }

  /** The share of the top key; null where nothing is above 0. */
  Double topShare() {
    String top = top();
    return top == null ? null : amounts.get(top) / total();
  }

  /**
   * The entropy in bits (Shannon, A Mathematical Theory of Communication, 1948): 0 where all is in
   * one key, log2(n) where n keys have the same; null where nothing is above 0.
   */
  Double entropy() {
    double total = total();
    if (total == 0) {
      return null;
    }
    double entropy = 0;
    for (double amount : amounts.values()) {
      if (amount > 0) {
        double p = amount / total;
        entropy -= p * Math.log(p) / Math.log(2);
      }
    }
    return Math.max(0, entropy);
  }

  /** The whole numbers by key, of the first keys. */
  NavigableMap<String, Long> counts(int first) {
    NavigableMap<String, Long> counts = new TreeMap<>();
    for (Map.Entry<String, Double> e : amounts.entrySet()) {
      if (counts.size() < first && e.getValue() > 0) {
        counts.put(e.getKey(), Math.round(e.getValue()));
      }
    }
    return counts;
  }

  private double total() {
    return amounts.values().stream().filter(v -> v > 0).mapToDouble(v -> v).sum();
  }
}
