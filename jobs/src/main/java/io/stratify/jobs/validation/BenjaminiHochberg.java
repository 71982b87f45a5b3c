package io.stratify.jobs.validation;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Keeps the share of false discoveries among many tests (Benjamini and Hochberg 1995, "Controlling
 * the false discovery rate").
 */
final class BenjaminiHochberg {
  private BenjaminiHochberg() {}

  /**
   * The adjusted p-values, in the order given: calling all tests at or below a level discoveries
   * makes at most that share of them false. At most 1, and in the same order of size as the
   * p-values.
   *
   * @param p one per test, 0 to 1; a NaN stays one and does not count as a test
   */
  static double[] adjusted(double[] p) {
    double[] adjusted = p.clone();
    int[] fromGreatest =
        IntStream.range(0, p.length)
            .filter(i -> !Double.isNaN(p[i]))
            .boxed()
            .sorted(Comparator.comparingDouble((Integer i) -> p[i]).reversed())
            .mapToInt(Integer::intValue)
            .toArray();
    double tests = fromGreatest.length;
    double least = 1;
    for (int above = 0; above < fromGreatest.length; above++) {
      int test = fromGreatest[above];
      least = Math.min(least, p[test] * (tests / (tests - above)));
      adjusted[test] = least;
    }
    return adjusted;
  }
}
