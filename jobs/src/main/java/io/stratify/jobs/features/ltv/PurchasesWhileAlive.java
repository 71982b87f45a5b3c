package io.stratify.jobs.features.ltv;

/**
 * The expected purchases of a customer known to be alive: eq. 10 of Fader, Hardie, Lee (2005)
 * without its factor P(alive),
 *
 * <pre>(a + b - 1) / (a - 1) * (1 - (1 - z)^s 2F1(s, b; a + b - 1; z)), z = ahead / (1 + ahead)
 * </pre>
 *
 * <p>with s and b those of the posterior. As it stands this is 0 / 0 at a = 1 and cancels near it,
 * for short horizons, and where z is near 1. Instead: purchases that the customer would make if
 * nobody dropped out are negative binomial, the k-th of them happens if none of the earlier was the
 * last, and the probability of that is a ratio of beta functions. The sum over k has positive terms
 * only, so no digits are lost anywhere.
 */
final class PurchasesWhileAlive {
  /** Beyond that many terms the integral is cheaper. */
  private static final double TERMS = 50_000;

  private static final double PRECISION = 1e-14;
  private static final double RESCALE = 1e200;
  private static final double TINY = 1e-290;

  private PurchasesWhileAlive() {}

  /**
   * The expectation.
   *
   * @param s shape of the gamma distribution of the customer's rate
   * @param a first parameter of the beta distribution of the customer's dropout probability
   * @param b its second parameter
   * @param ahead horizon over the rate of the gamma distribution, at least 0
   */
  static double expected(double s, double a, double b, double ahead) {
    return s * ahead + 40 * (1 + ahead) <= TERMS ? sum(s, a, b, ahead) : integral(s, a, b, ahead);
  }

  /** The sum over the number of purchases if nobody dropped out. */
  static double sum(double s, double a, double b, double ahead) {
    double z = ahead / (1 + ahead);
    // In proportion to the negative binomial probability of k; divided by the sum of all.
    double weight = 1;
    double weights = 0;
    double total = 0;
    double survives = 1;
    double expected = 0;
    for (int k = 0; ; k++) {
      weights += weight;
      total += weight * expected;
      expected += survives;
      survives *= (b + k) / (a + b + k);
      double ratio = (s + k) / (k + 1) * z;
      weight *= ratio;
      double falling = 1 - Math.max(ratio, z);
      if (falling > 0 && weight * expected <= PRECISION * falling * falling * total) {
        return total / weights;
      }
      if (weight > RESCALE) {
        weight /= RESCALE;
        weights /= RESCALE;
        total /= RESCALE;
      }
    }
  }

  /**
   * The integral of (1 - (1 + p ahead)^-s) / p over the beta distribution of p, by the trapezoidal
   * rule over the log-odds of p, which converges exponentially (Trefethen, Weideman 2014).
   */
  static double integral(double s, double a, double b, double ahead) {
    double narrow = Math.min(a, b);
    double step = 0.1 / Math.sqrt(Math.max(1, narrow));
    double low = Math.min(Math.log(a / b), -Math.log1p(s * ahead)) - 40 / Math.min(1, a);
    double high = Math.max(0, Math.log(a / b)) + 40 / Math.min(1, b);
    double peak = logBeta(a, b, Math.log(a / b));
    double weights = 0;
    double total = 0;
    for (double odds = low; odds <= high; odds += step) {
      double weight = Math.exp(logBeta(a, b, odds) - peak);
      double p = BgNbd.share(odds);
      weights += weight;
      total += weight * (p > TINY ? -Math.expm1(-s * Math.log1p(p * ahead)) / p : s * ahead);
    }
    return total / weights;
  }

  /** The logarithm of p^a (1 - p)^b. */
  private static double logBeta(double a, double b, double odds) {
    double either = Math.log1p(Math.exp(-Math.abs(odds)));
    return -a * (Math.max(-odds, 0) + either) - b * (Math.max(odds, 0) + either);
  }
}
