package io.stratify.jobs.validation;

import java.util.Arrays;

/** How unequally an amount is spread over customers. */
final class Concentration {
  private Concentration() {}

  /**
   * The coefficient of Gini (1912): 0 where all have the same, 1 - 1/n where one of n has it all.
   *
   * @param values the amount of each, in any unit; below 0 counts as 0, and NaN is left out
   * @return NaN, not measurable, where nobody has any
   */
  static double gini(double[] values) {
    double[] sorted =
        Arrays.stream(values)
            .filter(v -> !Double.isNaN(v))
            .map(v -> Math.max(0, v))
            .sorted()
            .toArray();
    int n = sorted.length;
    double apart = 0;
    // The poorest against the richest and so on inwards: differences, so that equal amounts are
    // exactly 0.
    for (int i = 0; i < n / 2; i++) {
      apart += (n - 1 - 2 * i) * (sorted[n - 1 - i] - sorted[i]);
    }
    double sum = Arrays.stream(sorted).sum();
    return sum > 0 ? apart / (n * sum) : Double.NaN;
  }
}
