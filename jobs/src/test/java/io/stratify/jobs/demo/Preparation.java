package io.stratify.jobs.demo;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/** Winsorise 1 %, log where skewed, standardise; the median stands in for what is missing. */
final class Preparation {
  private Preparation() {}

  static double[] prepare(double[] raw) {
    double[] known = Arrays.stream(raw).filter(v -> !Double.isNaN(v)).sorted().toArray();
    double median = known[known.length / 2];
    double low = known[known.length / 100];
    double high = known[known.length - 1 - known.length / 100];
    double[] pulled = map(raw, v -> Math.max(low, Math.min(high, Double.isNaN(v) ? median : v)));
    double[] shaped = moment(pulled, 3) > 1 ? map(pulled, v -> Math.log1p(Math.max(0, v))) : pulled;
    double mean = mean(shaped);
    double deviation = deviation(shaped);
    return map(shaped, v -> (v - mean) / deviation);
  }

  private static double moment(double[] values, int power) {
    double mean = mean(values);
    double deviation = deviation(values);
    return mean(map(values, v -> Math.pow((v - mean) / deviation, power)));
  }

  private static double deviation(double[] values) {
    double mean = mean(values);
    return Math.sqrt(mean(map(values, v -> (v - mean) * (v - mean))));
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElseThrow();
  }

  private static double[] map(double[] values, DoubleUnaryOperator change) {
    return Arrays.stream(values).map(change).toArray();
  }
}
