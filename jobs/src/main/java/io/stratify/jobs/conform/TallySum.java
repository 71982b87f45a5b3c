package io.stratify.jobs.conform;

import java.util.HashMap;
import java.util.Map;
import org.apache.spark.unsafe.types.UTF8String;
import org.apache.spark.util.AccumulatorV2;

/**
 * The figures of all tasks by fate, as {@link TallyCounter} has them. Executors tell how far they
 * are while tasks add to it, hence the locks.
 */
final class TallySum extends AccumulatorV2<Map<UTF8String, long[]>, Map<String, long[]>> {
  private static final long serialVersionUID = 1L;

  private final HashMap<String, long[]> byFate = new HashMap<>();

  @Override
  public synchronized boolean isZero() {
    return byFate.isEmpty();
  }

  @Override
  public synchronized AccumulatorV2<Map<UTF8String, long[]>, Map<String, long[]>> copy() {
    TallySum copy = new TallySum();
    byFate.forEach(copy::add);
    return copy;
  }

  @Override
  public synchronized void reset() {
    byFate.clear();
  }

  @Override
  public synchronized void add(Map<UTF8String, long[]> figures) {
    figures.forEach((fate, more) -> add(fate.toString(), more));
  }

  @Override
  public synchronized void merge(
      AccumulatorV2<Map<UTF8String, long[]>, Map<String, long[]>> other) {
    other.value().forEach(this::add);
  }

  @Override
  public synchronized Map<String, long[]> value() {
    return Map.copyOf(byFate);
  }

  private synchronized void add(String fate, long[] more) {
    long[] sum = byFate.computeIfAbsent(fate, f -> TallyCounter.nothing(more.length));
    for (int i = 0; i < more.length; i++) {
      sum[i] =
          switch (i) {
            case TallyCounter.FIRST -> first(sum[i], more[i]);
            case TallyCounter.LAST -> Math.max(sum[i], more[i]);
            default -> sum[i] + more[i];
          };
    }
  }

  private static long first(long one, long other) {
    if (one == TallyCounter.NO_TIME || other == TallyCounter.NO_TIME) {
      return Math.max(one, other);
    }
    return Math.min(one, other);
  }
}
