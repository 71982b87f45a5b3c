package io.stratify.jobs.features.ltv;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.stratify.common.StratifyException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;

/**
 * Gamma-Gamma: what a purchase day of a customer is worth (Fader, Hardie 2013, The Gamma-Gamma
 * model of monetary value, brucehardie.com/notes/025). Values of a customer's purchases vary around
 * the customer's mean in a gamma distribution, and means over the customers in an inverse gamma;
 * both are independent of how often a customer buys.
 *
 * @param p shape of the gamma distribution of values
 * @param q shape of the gamma distribution of its rate over the customers, greater than 1 where it
 *     was fitted: up to 1 the mean over all customers is infinite
 * @param gamma rate of that distribution, in the unit of the values: the mean over all customers is
 *     p gamma / (q - 1)
 */
public record GammaGamma(
    @JsonProperty("p") double p, @JsonProperty("q") double q, @JsonProperty("gamma") double gamma)
    implements Serializable {

  /** With fewer customers who bought again the fit follows single ones. */
  public static final int MIN_CUSTOMERS = 50;

  /** Refuses parameters of no distribution. */
  public GammaGamma {
    if (!(BgNbd.positive(p) && BgNbd.positive(q) && BgNbd.positive(gamma))) {
      throw new IllegalArgumentException(
          "The parameters of Gamma-Gamma must be positive: p = %s, q = %s, gamma = %s"
              .formatted(p, q, gamma));
    }
  }

  static GammaGamma ofLogs(double[] logs) {
    return new GammaGamma(Math.exp(logs[0]), Math.exp(logs[1]), Math.exp(logs[2]));
  }

  /**
   * The parameters of maximum likelihood; the same ones whatever the order of the histories.
   *
   * @throws StratifyException where the histories do not determine them, or the mean value over all
   *     customers is infinite
   */
  public static GammaGamma fit(List<SpendHistory> histories) {
    long customers = histories.stream().mapToLong(SpendHistory::customers).sum();
    if (customers < MIN_CUSTOMERS) {
      throw new StratifyException(
          "Cannot fit Gamma-Gamma: it needs at least %d customers with repeat purchases of a"
              + " positive value; there are %,d. Fit it on a longer history or more customers",
          MIN_CUSTOMERS, customers);
    }
    if (histories.stream().mapToDouble(SpendHistory::meanValue).distinct().count() == 1) {
      throw new StratifyException(
          "Cannot fit Gamma-Gamma: the mean purchase of all %,d customers is worth %s. Predict that"
              + " value for every purchase",
          customers, histories.get(0).meanValue());
    }
    return requireMean(maximum(histories, customers), customers);
  }

  /** The values are divided by their mean for the fit, so that any currency is as good. */
  private static GammaGamma maximum(List<SpendHistory> histories, long customers) {
    List<SpendHistory> sorted = histories.stream().sorted(GammaGammaLikelihood.ORDER).toList();
    double unit = sorted.stream().mapToDouble(h -> h.meanValue() / customers * h.customers()).sum();
    List<SpendHistory> scaled =
        sorted.stream()
            .map(h -> new SpendHistory(h.x(), h.meanValue() / unit, h.customers()))
            .toList();
    return Maximum.of(
            new GammaGammaLikelihood(scaled),
            new GammaGammaLikelihood(Thinned.of(scaled, GammaGammaLikelihood.ORDER)),
            starts())
        .map(m -> ofLogs(m.at().toArray()))
        .map(m -> new GammaGamma(m.p(), m.q(), m.gamma() * unit))
        .orElseThrow(
            () ->
                new StratifyException(
                    "Cannot fit Gamma-Gamma: the search for the maximum of the likelihood of %,d"
                        + " customers with repeat purchases does not come to an end. Fit it on"
                        + " more customers",
                    customers));
  }

  private static GammaGamma requireMean(GammaGamma fitted, long customers) {
    if (fitted.q() <= 1) {
      throw new StratifyException(
          "Cannot fit Gamma-Gamma: values of %,d customers have so heavy a tail that their mean is"
              + " infinite (q = %.3f; it must be greater than 1). Look for amounts in different"
              + " currencies and for wholesale customers among others",
          customers, fitted.q());
    }
    return fitted;
  }

  /** Starts with a mean of 1. */
  private static List<double[]> starts() {
    List<double[]> starts = new ArrayList<>();
    for (double p : new double[] {1, 6}) {
      for (double q : new double[] {1.5, 4}) {
        starts.add(new double[] {Math.log(p), Math.log(q), Math.log((q - 1) / p)});
      }
    }
    return starts;
  }

  /** The log-likelihood of all customers (eq. 1a). */
  public double logLikelihood(List<SpendHistory> histories) {
    return new GammaGammaLikelihood(histories).total(this, new double[3]);
  }

  /**
   * The expected value of a future purchase day of a customer (eq. 5): the mean over all customers
   * and the customer's own, weighted by how much is known of the customer.
   *
   * <p>A customer without a repeat purchase has the mean over all customers. A mean value of 0 or
   * less, as of free goods, lies outside the model and counts as 0: the more such purchases, the
   * nearer to 0 is the prediction, and it is never negative where q is greater than 1.
   *
   * @param x repeat purchase days
   * @param meanValue mean value of a repeat purchase day; of no meaning where x is 0
   */
  public double expectedMeanValue(double x, double meanValue) {
    if (!(x >= 0) || Double.isInfinite(x) || (x > 0 && !Double.isFinite(meanValue))) {
      throw new IllegalArgumentException(
          "No spend history has x = %s, a mean value of %s".formatted(x, meanValue));
    }
    double spent = x == 0 ? 0 : x * Math.max(0, meanValue);
    return p * (gamma + spent) / (p * x + q - 1);
  }

  /**
   * {@link #expectedMeanValue(double, double)} as a column; null where {@code x} is, and where
   * {@code meanValue} is and x is not 0.
   */
  public Column expectedMeanValue(Column x, Column meanValue) {
    UDF2<Double, Double, Double> orNull =
        (n, mean) ->
            n == null || (mean == null && n != 0)
                ? null
                : (Double) expectedMeanValue(n, mean == null ? 0 : mean);
    return functions
        .udf(orNull, DataTypes.DoubleType)
        .apply(x.cast(DataTypes.DoubleType), meanValue.cast(DataTypes.DoubleType));
  }

  /** The parameters, in a line for people. */
  @Override
  public String toString() {
    return String.format(Locale.ROOT, "p %.4g, q %.4g, gamma %.4g", p, q, gamma);
  }
}
