package io.stratify.jobs.segments;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.Serializable;
import java.util.List;

/**
 * What is done to the features before distances are measured; learnt in the fit and saved with it.
 * A missing or infinite value becomes the median, a value beyond the winsorising quantiles is
 * pulled in to them (Tukey 1962), a skewed feature is taken to log(1 + x - low) or to a power (Yeo
 * and Johnson 2000), and all are scaled and weighed. That a value is missing may be a feature of
 * its own.
 *
 * @param scales one per prepared feature, in order; the one of what is missing beside that of the
 *     value
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
   * @param power power of Yeo and Johnson; null where it is not taken
   * @param missing whether it is not the value but that it is missing: 1 or 0
   * @param mean what is taken away after all that: the mean, the median, or 0
   * @param deviation what is divided by then, greater than 0: the standard deviation, the range of
   *     the quartiles over 1.349, or 1
   * @param weight factor of the prepared value: the square root of the weight of its group
   */
  public record Scale(
      @JsonProperty("feature") String feature,
      @JsonProperty("low") double low,
      @JsonProperty("high") double high,
      @JsonProperty("fill") double fill,
      @JsonProperty("log") boolean log,
      @JsonProperty("power") Double power,
      @JsonProperty("missing") boolean missing,
      @JsonProperty("mean") double mean,
      @JsonProperty("deviation") double deviation,
      @JsonProperty("weight") double weight)
      implements Serializable {

    /** A model saved before there were weights has none. */
    public Scale {
      weight = weight == 0 ? 1 : weight;
    }

    /** A value of weight 1 that is taken to its logarithm or not. */
    public Scale(
        String feature,
        double low,
        double high,
        double fill,
        boolean log,
        double mean,
        double deviation) {
      this(feature, low, high, fill, log, null, false, mean, deviation, 1);
    }

    /** The prepared value of one in the unit of the feature. */
    public double apply(double value) {
      return (squeeze(value) - mean) / deviation * weight;
    }

    /** The value in the unit of the feature that is prepared to this one. */
    public double invert(double prepared) {
      double squeezed = prepared / weight * deviation + mean;
      if (power != null) {
        return YeoJohnson.invert(squeezed, power);
      }
      return log ? Math.expm1(squeezed) + low : squeezed;
    }

    double squeeze(double value) {
      if (missing) {
        return Double.isFinite(value) ? 0 : 1;
      }
      double known = Double.isFinite(value) ? value : fill;
      double within = Math.min(high, Math.max(low, known));
      if (power != null) {
        return YeoJohnson.apply(within, power);
      }
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

  /** A prepared point in original units; the share of missing values where it is about these. */
  public double[] invert(double[] prepared) {
    double[] raw = new double[prepared.length];
    for (int j = 0; j < raw.length; j++) {
      raw[j] = scales.get(j).invert(prepared[j]);
    }
    return raw;
  }

  /** A prepared point as if all groups had the weight 1. */
  double[] unweighted(double[] prepared) {
    double[] plain = new double[prepared.length];
    for (int j = 0; j < plain.length; j++) {
      plain[j] = prepared[j] / scales.get(j).weight();
    }
    return plain;
  }
}
