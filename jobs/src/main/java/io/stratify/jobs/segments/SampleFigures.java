package io.stratify.jobs.segments;

import java.util.Arrays;

/** Figures of one feature's values. */
final class SampleFigures {
  private SampleFigures() {}

  /** The smallest value that at least a share p of the values do not exceed. */
  static double quantile(double[] sorted, double p) {
    int rank = (int) Math.ceil(p * sorted.length - 1e-9);
    return sorted[Math.max(0, Math.min(sorted.length - 1, rank - 1))];
  }

  static double mean(double[] x) {
    return Arrays.stream(x).sum() / x.length;
  }

  /** The population standard deviation; exactly 0 where all values are equal. */
  static double deviation(double[] x) {
    if (Arrays.stream(x).allMatch(v -> v == x[0])) {
      return 0;
    }
    double m = mean(x);
    return Math.sqrt(Arrays.stream(x).map(v -> (v - m) * (v - m)).sum() / x.length);
  }

  /** The moment coefficient of skewness (Fisher-Pearson); 0 for a constant. */
  static double skewness(double[] x) {
    double s = deviation(x);
    double m = mean(x);
    return s == 0 ? 0 : Arrays.stream(x).map(v -> Math.pow((v - m) / s, 3)).sum() / x.length;
  }

  /** Share of the most common value among sorted ones. */
  static double largestTie(double[] sorted) {
    int longest = 0;
    int run = 0;
    for (int i = 0; i < sorted.length; i++) {
      run = i > 0 && sorted[i] == sorted[i - 1] ? run + 1 : 1;
      longest = Math.max(longest, run);
    }
    return longest / (double) Math.max(1, sorted.length);
  }

  /** The correlation of Pearson; 0 where one of them is constant. */
  static double correlation(double[] x, double[] y) {
    double mx = mean(x);
    double my = mean(y);
    double xy = 0;
    double xx = 0;
    double yy = 0;
    for (int i = 0; i < x.length; i++) {
      xy += (x[i] - mx) * (y[i] - my);
      xx += (x[i] - mx) * (x[i] - mx);
      yy += (y[i] - my) * (y[i] - my);
    }
    return xx == 0 || yy == 0 ? 0 : xy / Math.sqrt(xx * yy);
  }
}
