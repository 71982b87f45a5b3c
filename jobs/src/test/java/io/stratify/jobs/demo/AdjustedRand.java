package io.stratify.jobs.demo;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Agreement of two partitions: 1 when they are the same, about 0 when they are unrelated. */
public final class AdjustedRand {
  private AdjustedRand() {}

  /** The adjusted Rand index of Hubert and Arabie (1985). */
  public static double of(int[] truth, int[] found) {
    Map<List<Integer>, Integer> cells = new HashMap<>();
    Map<Integer, Integer> rows = new HashMap<>();
    Map<Integer, Integer> columns = new HashMap<>();
    for (int i = 0; i < truth.length; i++) {
      cells.merge(List.of(truth[i], found[i]), 1, Integer::sum);
      rows.merge(truth[i], 1, Integer::sum);
      columns.merge(found[i], 1, Integer::sum);
    }
    double together = pairs(cells.values());
    double expected = pairs(rows.values()) * pairs(columns.values()) / pairs(List.of(truth.length));
    double most = (pairs(rows.values()) + pairs(columns.values())) / 2;
    return (together - expected) / (most - expected);
  }

  private static double pairs(Collection<Integer> counts) {
    return counts.stream().mapToDouble(n -> n * (n - 1.0) / 2).sum();
  }
}
