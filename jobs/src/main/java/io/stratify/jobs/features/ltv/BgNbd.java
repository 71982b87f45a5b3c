package io.stratify.jobs.features.ltv;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.api.java.UDF3;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;

/**
 * BG/NBD: when customers without a contract buy, and when they stop (Fader, Hardie, Lee 2005,
 * "Counting your customers" the easy way, Marketing Science 24(2), 275-284). While alive a customer
 * buys at a constant rate, and after each purchase drops out with a constant probability; rates
 * follow a gamma distribution over the customers, probabilities a beta distribution.
 *
 * <p>Histories and horizons are in days. Parameters are per week, as published ones are.
 *
 * @param r shape of the gamma distribution of purchase rates
 * @param alpha its rate, in weeks: the mean customer buys r / alpha times a week while alive
 * @param a first parameter of the beta distribution of dropout probabilities
 * @param b its second; the mean customer drops out after a purchase with probability a / (a + b)
 */
public record BgNbd(
    @JsonProperty("r") double r,
    @JsonProperty("alpha") double alpha,
    @JsonProperty("a") double a,
    @JsonProperty("b") double b)
    implements Serializable {

  /** Days per unit of time of the parameters. */
  static final double DAYS = 7;

  /** Refuses parameters of no distribution. */
  public BgNbd {
    if (!(positive(r) && positive(alpha) && positive(a) && positive(b))) {
      throw new IllegalArgumentException(
          "The parameters of BG/NBD must be positive: r = %s, alpha = %s, a = %s, b = %s"
              .formatted(r, alpha, a, b));
    }
  }

  static boolean positive(double parameter) {
    return parameter > 0 && parameter < Double.POSITIVE_INFINITY;
  }

  static BgNbd ofLogs(double[] logs) {
    return new BgNbd(Math.exp(logs[0]), Math.exp(logs[1]), Math.exp(logs[2]), Math.exp(logs[3]));
  }

  /**
   * The parameters of maximum likelihood; the same ones whatever the order of the histories. Where
   * customers all buy at one rate or none drops out, they end at about a million or a millionth,
   * and predictions are those of that limit.
   *
   * @throws io.stratify.common.StratifyException where the histories do not determine them
   */
  public static BgNbd fit(List<PurchaseHistory> histories) {
    return new BgNbdFit(histories).fitted();
  }

  /** The log-likelihood of all customers (eq. 6), with time in weeks. */
  public double logLikelihood(List<PurchaseHistory> histories) {
    return new BgNbdLikelihood(histories).total(this, new double[4]);
  }

  /**
   * The probability that a customer has not dropped out by the end of the observation (Fader,
   * Hardie 2008, Computing P(alive) using the BG/NBD model); 1 where nobody bought again, since
   * customers drop out only after a repeat purchase.
   *
   * @param x repeat purchase days
   * @param tx days from the first purchase day to the last
   * @param age days from the first purchase day to the last day observed
   */
  public double probabilityAlive(double x, double tx, double age) {
    requireHistory(x, tx, age);
    return share(-logOddsOfDropout(x, tx, age));
  }

  /**
   * The expected number of purchase days of a customer in the days after the observation (eq. 10).
   *
   * @param x repeat purchase days
   * @param tx days from the first purchase day to the last
   * @param age days from the first purchase day to the last day observed
   * @param horizon days to predict
   */
  public double expectedPurchases(double x, double tx, double age, double horizon) {
    requireHistory(x, tx, age);
    if (!(horizon >= 0 && horizon < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("No horizon has %s days".formatted(horizon));
    }
    double ahead = horizon / DAYS / (alpha + age / DAYS);
    return share(-logOddsOfDropout(x, tx, age))
        * PurchasesWhileAlive.expected(r + x, a, b + x, ahead);
  }

  /** {@link #probabilityAlive(double, double, double)} as a column; null where an input is. */
  public Column probabilityAlive(Column x, Column tx, Column age) {
    return apply(this::probabilityAlive, x, tx, age);
  }

  /**
   * {@link #expectedPurchases(double, double, double, double)} as a column; null where an input is.
   */
  public Column expectedPurchases(Column x, Column tx, Column age, int horizonDays) {
    return apply((n, last, end) -> expectedPurchases(n, last, end, horizonDays), x, tx, age);
  }

  private interface OfHistory extends Serializable {
    double at(double x, double tx, double age);
  }

  private static Column apply(OfHistory f, Column x, Column tx, Column age) {
    UDF3<Double, Double, Double, Double> orNull =
        (n, last, end) -> n == null || last == null || end == null ? null : f.at(n, last, end);
    return functions
        .udf(orNull, DataTypes.DoubleType)
        .apply(
            x.cast(DataTypes.DoubleType),
            tx.cast(DataTypes.DoubleType),
            age.cast(DataTypes.DoubleType));
  }

  /** Logarithm of the odds of having dropped out at the last purchase; minus infinity for x = 0. */
  double logOddsOfDropout(double x, double tx, double age) {
    return x == 0
        ? Double.NEGATIVE_INFINITY
        : Math.log(a / (b + x - 1)) + (r + x) * Math.log1p((age - tx) / DAYS / (alpha + tx / DAYS));
  }

  /** The probability of log-odds. */
  static double share(double logOdds) {
    return 1 / (1 + Math.exp(-logOdds));
  }

  private static void requireHistory(double x, double tx, double age) {
    if (!(x >= 0 && tx >= 0 && age >= tx && Double.isFinite(x + age))) {
      throw new IllegalArgumentException(
          "No purchase history has x = %s, t_x = %s, T = %s".formatted(x, tx, age));
    }
  }

  /** The parameters, in a line for people. */
  @Override
  public String toString() {
    return String.format(Locale.ROOT, "r %.4g, alpha %.4g weeks, a %.4g, b %.4g", r, alpha, a, b);
  }
}
