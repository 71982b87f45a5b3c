package io.stratify.jobs.validation;

import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

/**
 * Intervals by drawing customers with replacement (Efron 1979): a figure is computed again for
 * every sample, and the interval holds 95 % of them.
 *
 * @param resamples number of samples
 * @param seed seed of the draws
 */
record Bootstrap(int resamples, long seed) {
  static final double LEVEL = 0.95;

  /** The figure of every sample of n customers. */
  double[] values(int n, ToDoubleFunction<int[]> figure) {
    double[] values = new double[resamples];
    for (int b = 0; b < resamples; b++) {
      values[b] = figure.applyAsDouble(draw(n, b));
    }
    return values;
  }

  /** The interval of a figure of n customers. */
  Interval interval(int n, ToDoubleFunction<int[]> figure) {
    return Interval.of(values(n, figure), LEVEL);
  }

  /** Positions of the customers of a sample. */
  int[] draw(int n, int sample) {
    SplittableRandom random = new SplittableRandom(seed + 7919L * sample);
    int[] drawn = new int[n];
    for (int i = 0; i < n; i++) {
      drawn[i] = random.nextInt(n);
    }
    return drawn;
  }

  /** How often each of n customers is in a sample. */
  int[] times(int n, int sample) {
    int[] times = new int[n];
    for (int i : draw(n, sample)) {
      times[i]++;
    }
    return times;
  }

  static int[] pick(int[] values, int[] drawn) {
    int[] picked = new int[drawn.length];
    for (int i = 0; i < drawn.length; i++) {
      picked[i] = values[drawn[i]];
    }
    return picked;
  }

  static double[] pick(double[] values, int[] drawn) {
    double[] picked = new double[drawn.length];
    for (int i = 0; i < drawn.length; i++) {
      picked[i] = values[drawn[i]];
    }
    return picked;
  }
}
