package io.stratify.jobs.validation;

import java.util.function.IntUnaryOperator;

/**
 * What one division tells about another, in nats, and what it would tell by chance (Vinh, Epps and
 * Bailey 2010, "Information theoretic measures for clusterings comparison").
 */
final class MutualInformation {
  /** A count this much rarer than the likeliest one adds less than rounding does. */
  private static final double NEGLIGIBLE = 1e-20;

  private MutualInformation() {}

  /**
   * Mutual information over what chance leaves of the mean entropy of both: at most 1, which is for
   * the same division, and about 0 for unrelated ones. Not measurable (NaN) without points.
   */
  static double adjusted(Crosstab counts) {
    if (counts.total() == 0) {
      return Double.NaN;
    }
    // Where both have one cluster, or each point alone, chance leaves nothing to divide by.
    if (counts.isOneToOne()) {
      return 1;
    }
    double expected = expected(counts);
    double most =
        (entropy(counts.rows(), counts::inRow, counts.total())
                + entropy(counts.columns(), counts::inColumn, counts.total()))
            / 2;
    return (observed(counts) - expected) / (most - expected);
  }

  static double observed(Crosstab counts) {
    double sum = 0;
    for (int i = 0; i < counts.rows(); i++) {
      for (int j = 0; j < counts.columns(); j++) {
        sum += part(counts.at(i, j), counts.inRow(i), counts.inColumn(j), counts.total());
      }
    }
    return sum;
  }

  /** The mean over all divisions with clusters of the same sizes. */
  static double expected(Crosstab counts) {
    double sum = 0;
    for (int i = 0; i < counts.rows(); i++) {
      for (int j = 0; j < counts.columns(); j++) {
        sum += expectedPart(counts.inRow(i), counts.inColumn(j), counts.total());
      }
    }
    return sum;
  }

  /**
   * By chance a cell's count is hypergeometric. Its probabilities are walked from the likeliest
   * count both ways, each from its neighbour's, and divided by their sum: no factorials, and as
   * many steps as some deviations are wide instead of as many as there are points.
   */
  private static double expectedPart(int row, int column, int total) {
    int likeliest = (int) ((row + 1L) * (column + 1L) / (total + 2L));
    int apart = total - row - column;
    double weights = 0;
    double sum = 0;
    double weight = 1;
    for (int n = likeliest; n <= Math.min(row, column) && weight > NEGLIGIBLE; n++) {
      weights += weight;
      sum += weight * part(n, row, column, total);
      weight *= (row - n) / (n + 1.0) * ((column - n) / (apart + n + 1.0));
    }
    weight = 1;
    for (int n = likeliest; n > Math.max(0, -apart) && weight > NEGLIGIBLE; n--) {
      weight *= n / (row - n + 1.0) * ((apart + n) / (column - n + 1.0));
      weights += weight;
      sum += weight * part(n - 1, row, column, total);
    }
    return sum / weights;
  }

  /** What a cell with n points adds to the mutual information. */
  private static double part(double n, double row, double column, double total) {
    return n == 0 ? 0 : n / total * Math.log(n * total / (row * column));
  }

  private static double entropy(int clusters, IntUnaryOperator size, double total) {
    double sum = 0;
    for (int c = 0; c < clusters; c++) {
      double share = size.applyAsInt(c) / total;
      sum -= share == 0 ? 0 : share * Math.log(share);
    }
    return sum;
  }
}
