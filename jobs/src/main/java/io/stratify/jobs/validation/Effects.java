package io.stratify.jobs.validation;

import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.commons.math3.special.Gamma;
import org.apache.commons.math3.stat.ranking.NaturalRanking;
import org.apache.commons.math3.stat.ranking.TiesStrategy;

/**
 * Tests of whether an outcome differs between segments. Each takes the outcome of every customer
 * and the segment of every customer, from 0 to k - 1, in the same order; segments without customers
 * do not count.
 *
 * <p>Not measurable with fewer than two segments, with no more customers than segments, where the
 * outcome is the same for everybody, or where it is not a finite number for somebody: whoever has
 * no outcome must be left out.
 *
 * <p>All three are one analysis of variance: of the values, of 0 and 1, or of the ranks. For the
 * last two the statistic of the textbooks is the share of variance between the segments times the
 * customers (chi-squared), or times the customers less one (H with the correction for ties).
 */
final class Effects {
  private Effects() {}

  /**
   * Analysis of variance (Fisher 1925), for amounts.
   *
   * @param value the outcome in any unit
   * @return eta squared, the share of variance between the segments (Cohen 1988), and the p-value
   *     of the F test
   */
  static Tested anova(double[] value, int[] label, int k) {
    return tested(value, label, k, v -> Tested.of(v.share(), v.tailOfF()));
  }

  /**
   * Eta squared alone, for those who resample: 0 to 1, NaN where {@link #anova} is not measurable.
   */
  static double etaSquared(double[] value, int[] label, int k) {
    Variance variance = Variance.of(value, label, k);
    return variance.notMeasurable() == null ? variance.share() : Double.NaN;
  }

  /**
   * Chi-squared test (Pearson 1900; no correction for continuity), for what happened or did not.
   * The p-value is approximate where a segment expects fewer than about five of either.
   *
   * @return V (Cramer 1946), the root of chi-squared over customers, and the p-value
   */
  static Tested chiSquared(boolean[] happened, int[] label, int k) {
    double[] value =
        IntStream.range(0, happened.length).mapToDouble(i -> happened[i] ? 1 : 0).toArray();
    return tested(
        value,
        label,
        k,
        v -> Tested.of(Math.sqrt(v.share()), tailOfChiSquared(v.share() * v.n(), v.groups())));
  }

  /**
   * Test of Kruskal and Wallis (1952) with its correction for ties, for amounts that a few great
   * ones would dominate. The p-value is approximate where a segment has fewer than about five.
   *
   * @param value the outcome in any unit; only its order counts
   * @return epsilon squared, H over customers less one (Tomczak and Tomczak 2014), and the p-value
   */
  static Tested kruskalWallis(double[] value, int[] label, int k) {
    String reason = Variance.of(value, label, k).notMeasurable();
    if (reason != null) {
      return Tested.notMeasurable(reason);
    }
    double[] ranks = new NaturalRanking(TiesStrategy.AVERAGE).rank(value);
    return tested(
        ranks,
        label,
        k,
        v -> Tested.of(v.share(), tailOfChiSquared(v.share() * (v.n() - 1), v.groups())));
  }

  private static Tested tested(
      double[] value, int[] label, int k, Function<Variance, Tested> test) {
    Variance variance = Variance.of(value, label, k);
    String reason = variance.notMeasurable();
    return reason == null ? test.apply(variance) : Tested.notMeasurable(reason);
  }

  /** The tail itself: one less the distribution function is 0 from 1e-16 on. */
  private static double tailOfChiSquared(double statistic, int groups) {
    return Gamma.regularizedGammaQ((groups - 1) / 2.0, statistic / 2);
  }
}
