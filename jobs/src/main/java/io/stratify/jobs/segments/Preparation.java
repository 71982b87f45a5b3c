package io.stratify.jobs.segments;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What is done to the features before distances are measured; learnt in the fit and saved with it.
 * A missing value becomes the median, a value beyond the winsorising quantiles is pulled in to them
 * (Tukey 1962), a skewed feature is taken to log(1 + x - low), and all are scaled to mean 0 and
 * standard deviation 1.
 *
 * @param scales one per feature that is kept, in order
 */
public record Preparation(@JsonProperty("scales") List<Scale> scales) implements Serializable {

  /**
   * The preparation of one feature.
   *
   * @param feature column of {@code customer_features}
   * @param low lower winsorising bound, in the unit of the feature
   * @param high upper winsorising bound
   * @param fill value for a missing one: the median
   * @param log whether log(1 + x - low) is taken
   * @param mean mean after all that
   * @param deviation standard deviation after all that, greater than 0
   */
  public record Scale(
      @JsonProperty("feature") String feature,
      @JsonProperty("low") double low,
      @JsonProperty("high") double high,
      @JsonProperty("fill") double fill,
      @JsonProperty("log") boolean log,
      @JsonProperty("mean") double mean,
      @JsonProperty("deviation") double deviation)
      implements Serializable {

    double apply(double value) {
      return (squeeze(value) - mean) / deviation;
    }

    /** The value in the unit of the feature that is prepared to this one. */
    double invert(double prepared) {
      double squeezed = prepared * deviation + mean;
      return log ? Math.expm1(squeezed) + low : squeezed;
    }

    private double squeeze(double value) {
      double known = Double.isNaN(value) ? fill : value;
      double within = Math.min(high, Math.max(low, known));
      return log ? Math.log1p(within - low) : within;
    }
  }

  /** Keeps the list immutable. */
  public Preparation {
    scales = List.copyOf(scales);
  }

  /** Names of the features in the order of the prepared vector. */
  public List<String> features() {
    return scales.stream().map(Scale::feature).toList();
  }

  /** One customer's features, NaN where missing, prepared. */
  public double[] apply(double[] raw) {
    double[] prepared = new double[scales.size()];
    for (int j = 0; j < prepared.length; j++) {
      prepared[j] = scales.get(j).apply(raw[j]);
    }
    return prepared;
  }

  /** A prepared point in original units. */
  public double[] invert(double[] prepared) {
    double[] raw = new double[prepared.length];
    for (int j = 0; j < raw.length; j++) {
      raw[j] = scales.get(j).invert(prepared[j]);
    }
    return raw;
  }

  /**
   * Learns the preparation of one feature.
   *
   * @param values one per customer, NaN where missing; at least one is not
   * @return the scale; its deviation is 0 where the feature is constant
   */
  static Scale learn(String feature, double[] values, double winsorise, double logAboveSkew) {
    double[] sorted = Arrays.stream(values).filter(v -> !Double.isNaN(v)).sorted().toArray();
    double low = quantile(sorted, winsorise);
    double high = quantile(sorted, 1 - winsorise);
    double fill = quantile(sorted, 0.5);
    double[] within = squeeze(values, new Scale(feature, low, high, fill, false, 0, 1));
    boolean log = skewness(within) > logAboveSkew;
    double[] squeezed =
        log ? squeeze(values, new Scale(feature, low, high, fill, true, 0, 1)) : within;
    return new Scale(feature, low, high, fill, log, mean(squeezed), deviation(squeezed));
  }

  private static double[] squeeze(double[] values, Scale scale) {
    return Arrays.stream(values).map(scale::squeeze).toArray();
  }

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

  /** The features that are not constant, with what is learnt of each. */
  static Preparation of(List<Scale> learnt) {
    List<Scale> kept = new ArrayList<>(learnt);
    kept.removeIf(s -> s.deviation() == 0);
    return new Preparation(kept);
  }
}
