package io.stratify.jobs.features.ltv;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A few of many customers, spread over all of them, to find the neighbourhood of a maximum with.
 */
final class Thinned {
  /** Enough to tell which of several hills is the highest. */
  private static final int ENOUGH = 2_000;

  private Thinned() {}

  /** Every so manieth in an order; all where they are few. */
  static <T> List<T> of(List<T> all, Comparator<T> order) {
    int step = all.size() / ENOUGH;
    if (step <= 1) {
      return all;
    }
    List<T> sorted = all.stream().sorted(order).toList();
    return IntStream.range(0, sorted.size() / step).mapToObj(i -> sorted.get(i * step)).toList();
  }
}
