package io.stratify.jobs.validation;

import java.util.Arrays;
import org.apache.commons.math3.special.Beta;

/**
 * An outcome's sum of squares, divided between and within groups (Fisher 1925).
 *
 * @param n how many have the outcome
 * @param groups those with somebody in them
 * @param between squared distances of the groups' means from the mean of all, in squared units of
 *     the outcome
 * @param within squared distances of the values from the means of their groups
 * @param notMeasurable why its share says nothing, for a reader; null if it does
 */
record Variance(int n, int groups, double between, double within, String notMeasurable) {
  /**
   * Divides the outcome's variance.
   *
   * @param value the outcome of each
   * @param label the group of each, from 0 to k - 1
   */
  static Variance of(double[] value, int[] label, int k) {
    if (value.length != label.length) {
      throw new IllegalArgumentException(
          "Cannot compare segments: "
              + value.length
              + " customers have an outcome and "
              + label.length
              + " a segment; both must be of the same customers");
    }
    double[] mean = new double[k];
    int[] size = new int[k];
    for (int i = 0; i < value.length; i++) {
      mean[label[i]] += value[i];
      size[label[i]]++;
    }
    double overall = Arrays.stream(mean).sum() / value.length;
    double between = 0;
    for (int c = 0; c < k; c++) {
      mean[c] /= Math.max(1, size[c]);
      between += size[c] * (mean[c] - overall) * (mean[c] - overall);
    }
    double within = 0;
    for (int i = 0; i < value.length; i++) {
      double d = value[i] - mean[label[i]];
      within += d * d;
    }
    int groups = (int) Arrays.stream(size).filter(s -> s > 0).count();
    return new Variance(
        value.length, groups, between, within, reason(value, groups, between + within));
  }

  /** The share between the groups, 0 to 1 (eta squared). */
  double share() {
    return between / (between + within);
  }

  /**
   * The p-value of the F test. The tail of the F distribution is a beta function of the share
   * within the groups; one less the distribution function would be 0 from 1e-16 on.
   */
  double tailOfF() {
    return Beta.regularizedBeta(
        within / (between + within), (n - groups) / 2.0, (groups - 1) / 2.0);
  }

  private static String reason(double[] value, int groups, double squares) {
    if (groups < 2) {
      return "fewer than 2 segments have customers with this outcome";
    }
    if (value.length <= groups) {
      return value.length + " customers in " + groups + " segments are too few";
    }
    if (!Double.isFinite(squares)) {
      return "the outcome is not a finite number for somebody";
    }
    // Equal values are looked for, too, as means are rounded and the squares then not quite 0.
    return squares == 0 || Arrays.stream(value).allMatch(v -> v == value[0])
        ? "the outcome is the same for everybody"
        : null;
  }
}
