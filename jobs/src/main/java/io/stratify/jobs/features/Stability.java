package io.stratify.jobs.features;

import io.stratify.common.tables.FeatureStats;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * The population stability index: the sum over bins of (now - before) ln(now / before), where both
 * are shares of the customers. Bins are the deciles of the distribution before, or its categories,
 * and one of the customers without a value. Below 0.1 the population is much the same, from 0.25 on
 * it is another one (Siddiqi, Credit Risk Scorecards, 2006; Lewis, An Introduction to Credit
 * Scoring, 1994). Chance alone gives about (bins - 1) (1 / n + 1 / m) for n and m customers
 * (Yurdakul, Statistical Properties of Population Stability Index, 2018): 0.02 for a thousand each.
 *
 * <p>Deciles that lie within half a percent of the spread (from the 5th to the 95th percentile) of
 * one another are one bin, which reaches as far beyond them. That rule is ours: where a quarter of
 * the customers have a probability between 0.999 and 1, a day moves them all by next to nothing and
 * yet from decile to decile.
 */
public final class Stability {
  static final double MODERATE_FROM = 0.1;
  static final double MAJOR_FROM = 0.25;

  /** An empty bin would make it infinite. */
  private static final double LEAST_SHARE = 1e-4;

  /** Share of the spread that makes no difference. */
  private static final double ALIKE = 0.005;

  private static final int TAIL = 5;
  private static final int PERCENT = 100;
  private static final int DECILE = 10;

  private Stability() {}

  /**
   * Of a number, from the percentiles of both times.
   *
   * @param before 101 percentiles; null where nobody had a value
   * @param nullsBefore share of the customers without a value
   */
  static double ofNumbers(
      List<Double> before, double nullsBefore, List<Double> now, double nullsNow) {
    double[] cuts =
        before == null
            ? new double[0]
            : apart(
                IntStream.range(1, DECILE)
                    .mapToDouble(i -> before.get(i * DECILE))
                    .distinct()
                    .toArray(),
                before.get(TAIL),
                before.get(PERCENT - TAIL));
    // Where many had the least value, whoever falls below it would stay in their bin.
    Double least = cuts.length > 0 && before.get(0) == cuts[0] ? before.get(0) : null;
    double[] expected = shares(before, least, cuts);
    double[] actual = shares(now, least, cuts);
    double index = term(nullsBefore, nullsNow);
    for (int i = 0; i < expected.length; i++) {
      index += term(expected[i] * (1 - nullsBefore), actual[i] * (1 - nullsNow));
    }
    return index;
  }

  /**
   * Cuts of which those near each other are replaced by one on either side of them.
   *
   * @param cuts ascending, no two alike
   * @param low the fifth percentile of the values
   * @param high the 95th
   */
  public static double[] apart(double[] cuts, double low, double high) {
    double near = ALIKE * (high - low);
    List<Double> kept = new ArrayList<>();
    int first = 0;
    while (first < cuts.length) {
      int last = first;
      while (last + 1 < cuts.length && cuts[last + 1] - cuts[last] < near) {
        last++;
      }
      if (last == first) {
        kept.add(cuts[first]);
      } else {
        kept.add(cuts[first] - near);
        kept.add(cuts[last] + near);
      }
      first = last + 1;
    }
    return kept.stream().mapToDouble(c -> c).sorted().toArray();
  }

  /** Of a category, from the shares among the customers with a value; the rest is one more. */
  static double ofCategories(
      Map<String, Double> before, double nullsBefore, Map<String, Double> now, double nullsNow) {
    Set<String> all = new HashSet<>(before.keySet());
    all.addAll(now.keySet());
    double index = term(nullsBefore, nullsNow);
    for (String category : new TreeSet<>(all)) {
      index +=
          term(
              before.getOrDefault(category, 0.0) * (1 - nullsBefore),
              now.getOrDefault(category, 0.0) * (1 - nullsNow));
    }
    return index + term(rest(before, nullsBefore), rest(now, nullsNow));
  }

  /**
   * Of the shares of the customers in some bins.
   *
   * @param before share per bin at the time whose bins these are
   * @param now the same at the other time
   */
  public static double ofShares(double[] before, double[] now) {
    double index = 0;
    for (int i = 0; i < before.length; i++) {
      index += term(before[i], now[i]);
    }
    return index;
  }

  static String verdict(double index) {
    return index >= MAJOR_FROM
        ? FeatureStats.MAJOR
        : index >= MODERATE_FROM ? FeatureStats.MODERATE : FeatureStats.STABLE;
  }

  private static double rest(Map<String, Double> shares, double nulls) {
    double named = shares.values().stream().mapToDouble(v -> v).sum();
    return Math.max(0, shares.isEmpty() ? 0 : (1 - named) * (1 - nulls));
  }

  private static double term(double before, double now) {
    if (before < LEAST_SHARE && now < LEAST_SHARE) {
      return 0;
    }
    double expected = Math.max(before, LEAST_SHARE);
    double actual = Math.max(now, LEAST_SHARE);
    return (actual - expected) * Math.log(actual / expected);
  }

  /** The shares of the values below the least, up to each cut, and beyond the last one. */
  private static double[] shares(List<Double> percentiles, Double least, double[] cuts) {
    double[] shares = new double[cuts.length + 2];
    if (percentiles == null) {
      return shares;
    }
    double below = least == null ? 0 : shareBelow(percentiles, least);
    shares[0] = below;
    for (int i = 0; i < cuts.length; i++) {
      double upTo = shareUpTo(percentiles, cuts[i]);
      shares[i + 1] = upTo - below;
      below = upTo;
    }
    shares[cuts.length + 1] = 1 - below;
    return shares;
  }

  /** The share of the values that are less than one, to about a percent. */
  private static double shareBelow(List<Double> percentiles, double value) {
    if (percentiles.get(0) >= value) {
      return 0;
    }
    int i = PERCENT;
    while (percentiles.get(i) >= value) {
      i--;
    }
    if (i == PERCENT) {
      return 1;
    }
    double width = percentiles.get(i + 1) - percentiles.get(i);
    return (i + (value - percentiles.get(i)) / width) / PERCENT;
  }

  /** The share of the values that do not exceed one, to about a percent. */
  static double shareUpTo(List<Double> percentiles, double value) {
    if (percentiles.get(0) > value) {
      return 0;
    }
    int i = PERCENT;
    while (percentiles.get(i) > value) {
      i--;
    }
    if (i == PERCENT) {
      return 1;
    }
    double width = percentiles.get(i + 1) - percentiles.get(i);
    return (i + (value - percentiles.get(i)) / width) / PERCENT;
  }
}
