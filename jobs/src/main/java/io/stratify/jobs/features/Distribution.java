package io.stratify.jobs.features;

import io.stratify.common.tables.FeatureStats;
import io.stratify.jobs.Digits;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Row;

/**
 * How one feature is distributed over the customers.
 *
 * @param number whether it is a number; else it is a category
 * @param nulls share of the customers without a value
 * @param mean mean
 * @param deviation population standard deviation
 * @param skew moment coefficient of skewness; null for a constant
 * @param least the least value of all customers; null without a value
 * @param greatest the greatest; null without a value
 * @param percentiles from 0 to 100 %; null where no customer of the sample has a value
 * @param categories different categories
 * @param shares of the largest categories
 */
record Distribution(
    boolean number,
    double nulls,
    Double mean,
    Double deviation,
    Double skew,
    Double least,
    Double greatest,
    List<Double> percentiles,
    long categories,
    TreeMap<String, Double> shares) {
  private static final int PERCENT = 100;

  /** Of a number. */
  static Distribution of(NumberTally.Column column, long customers) {
    Moments m = column.moments();
    boolean known = m.n() > 0;
    return new Distribution(
        true,
        rounded(1 - m.n() / (double) customers),
        known ? rounded(m.mean()) : null,
        known ? rounded(m.deviation()) : null,
        known ? rounded(m.skew()) : null,
        known ? (Double) m.min() : null,
        known ? (Double) m.max() : null,
        percentiles(column.sample(), m.min(), m.max()),
        0,
        new TreeMap<>());
  }

  /** Of a category, from a row of {@link FeatureReport#categories}. */
  static Distribution of(Row r, long customers) {
    long known = r.<Long>getAs("known");
    TreeMap<String, Double> shares = new TreeMap<>();
    for (Row c : r.<Row>getList(r.fieldIndex("largest"))) {
      shares.put(c.getString(1), rounded(-c.getLong(0) / (double) known));
    }
    return new Distribution(
        false,
        rounded(1 - known / (double) customers),
        null,
        null,
        null,
        null,
        null,
        null,
        r.<Integer>getAs("categories"),
        shares);
  }

  /** As far as the index needs it, from a row of {@code feature_stats}. */
  static Distribution fromStats(Row stats) {
    int quantiles = stats.fieldIndex(FeatureStats.QUANTILES.name());
    int shares = stats.fieldIndex(FeatureStats.SHARES.name());
    return new Distribution(
        FeatureStats.NUMBER.equals(FeatureStats.KIND.text(stats)),
        stats.<Double>getAs(FeatureStats.NULL_SHARE.name()),
        null,
        null,
        null,
        null,
        null,
        stats.isNullAt(quantiles) ? null : stats.getList(quantiles),
        0,
        stats.isNullAt(shares) ? new TreeMap<>() : new TreeMap<>(stats.getJavaMap(shares)));
  }

  /** Those of the sample, between the least and the greatest value of all customers. */
  private static List<Double> percentiles(double[] sorted, double min, double max) {
    if (sorted.length == 0) {
      return null;
    }
    List<Double> percentiles = new ArrayList<>();
    percentiles.add(min);
    for (int p = 1; p < PERCENT; p++) {
      percentiles.add(quantile(sorted, p / (double) PERCENT));
    }
    percentiles.add(max);
    return percentiles;
  }

  /** Between the two nearest values (Hyndman, Fan 1996, definition 7). */
  static double quantile(double[] sorted, double share) {
    double place = share * (sorted.length - 1);
    int below = (int) place;
    double rest = place - below;
    // In this form two equal values give just that value.
    return rest == 0 ? sorted[below] : sorted[below] + rest * (sorted[below + 1] - sorted[below]);
  }

  /** The population stability index against a row of {@code feature_stats}. */
  double against(Row was) {
    double nullsBefore = was.<Double>getAs(FeatureStats.NULL_SHARE.name());
    if (number) {
      int at = was.fieldIndex(FeatureStats.QUANTILES.name());
      List<Double> before = was.isNullAt(at) ? null : was.getList(at);
      return Stability.ofNumbers(before, nullsBefore, percentiles, nulls);
    }
    int at = was.fieldIndex(FeatureStats.SHARES.name());
    Map<String, Double> before = was.isNullAt(at) ? Map.of() : was.getJavaMap(at);
    return Stability.ofCategories(named(before, shares), nullsBefore, named(shares, before), nulls);
  }

  /**
   * The shares that can be compared: where the other time has as many as are kept, a category that
   * it does not name may only be a little smaller there, and belongs to the rest.
   */
  static Map<String, Double> named(Map<String, Double> own, Map<String, Double> other) {
    if (other.size() < FeatureReport.CATEGORIES) {
      return own;
    }
    Map<String, Double> both = new HashMap<>(own);
    both.keySet().retainAll(other.keySet());
    return both.isEmpty() ? own : both;
  }

  /** A percentile; null without a value. */
  Double percentile(int p) {
    return percentiles == null ? null : percentiles.get(p);
  }

  /** To the digits that do not depend on the order of sums; null for what is no number. */
  static Double rounded(double value) {
    return Double.isFinite(value) ? Digits.nine(value) : null;
  }
}
