package io.stratify.common.config;

import io.stratify.common.tables.FeatureGroup;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is done to features before distances are measured.
 *
 * @param path where the keys are
 * @param winsorise quantile at either end to which further values are pulled in
 * @param logAboveSkew skewness above which a feature is made less skewed
 * @param skewed how that is done
 * @param scaling how features are made comparable
 * @param weights weight of the squared differences in the features of a group, by its label; 1
 *     where it is not named
 * @param indicatorAbove share of missing values above which it counts as a feature of its own that
 *     the value is missing
 * @param sameAbove share of customers with one and the same value above which a feature is left out
 * @param maxCorrelation correlation with a feature named before, above which one is left out
 */
public record PreparationConfig(
    String path,
    double winsorise,
    double logAboveSkew,
    Skewed skewed,
    Scaling scaling,
    Map<String, Double> weights,
    double indicatorAbove,
    double sameAbove,
    double maxCorrelation) {

  /** How a skewed feature is made less so. */
  public enum Skewed {
    /** log(1 + x - low). */
    LOG,
    /** The power of greatest likelihood (Yeo and Johnson 2000). */
    YEO_JOHNSON,
    /** Not at all. */
    NONE
  }

  /** How features are made comparable. */
  public enum Scaling {
    /** Mean 0 and standard deviation 1. */
    STANDARD,
    /** Median 0 and a quartile range of 1.349, that of a normal distribution of deviation 1. */
    ROBUST,
    /** Mean only: the features have one unit, as answers on the same scale. */
    NONE
  }

  /** Checks each value. */
  public PreparationConfig {
    // In one order in every JVM: a lens is fitted anew where its configuration reads otherwise.
    weights = Collections.unmodifiableMap(new TreeMap<>(weights));
    Checks checks =
        new Checks()
            .check(winsorise(path), winsorise)
            .check(logAboveSkew(path), logAboveSkew)
            .check(indicatorAbove(path), indicatorAbove)
            .check(sameAbove(path), sameAbove)
            .check(maxCorrelation(path), maxCorrelation);
    weights.forEach((group, weight) -> checks.check(weight(path, group), weight));
    checks.done();
  }

  /** The weight of a group. */
  public double weight(FeatureGroup group) {
    return weights.getOrDefault(group.label(), 1.0);
  }

  static Key<Double> winsorise(String path) {
    return Key.number(path + ".winsorise", 0, 0.25);
  }

  static Key<Double> logAboveSkew(String path) {
    return Key.notNegative(path + ".log-above-skew");
  }

  static Key<Skewed> skewed(String path) {
    return Key.oneOf(path + ".skewed", Skewed.class);
  }

  static Key<Scaling> scaling(String path) {
    return Key.oneOf(path + ".scaling", Scaling.class);
  }

  static Key<Double> weight(String path, String group) {
    return Key.positive(path + ".weights." + group);
  }

  static Key<Double> indicatorAbove(String path) {
    return Key.number(path + ".indicator-above", 0, 1);
  }

  static Key<Double> sameAbove(String path) {
    return Key.number(path + ".same-above", 0.5, 1);
  }

  static Key<Double> maxCorrelation(String path) {
    return Key.number(path + ".max-correlation", 0, 1);
  }
}
