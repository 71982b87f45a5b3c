package io.stratify.jobs.features.ltv;

import static java.lang.Math.log;
import static java.lang.Math.log1p;
import static org.apache.commons.math3.special.Gamma.digamma;
import static org.apache.commons.math3.special.Gamma.logGamma;

import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The log-likelihood of BG/NBD (Fader, Hardie, Lee 2005, eq. 6) and its gradient.
 *
 * <p>Both terms of eq. 6 have the factor of a customer who is still alive; what is left is 1 + the
 * odds that the customer dropped out after the last purchase. In logarithms nothing overflows.
 *
 * <p>Logarithms of the gamma function depend on x alone, of which there are few: histories are
 * sorted by x and these are taken once per x.
 */
final class BgNbdLikelihood implements Maximum.Objective {
  static final Comparator<PurchaseHistory> ORDER =
      Comparator.comparingInt(PurchaseHistory::x)
          .thenComparingInt(PurchaseHistory::tx)
          .thenComparingInt(PurchaseHistory::age)
          .thenComparingLong(PurchaseHistory::customers);

  private static final int LONGEST_PRODUCT = 50;

  private final List<List<PurchaseHistory>> byCount;
  private final double customers;

  BgNbdLikelihood(List<PurchaseHistory> histories) {
    byCount =
        List.copyOf(
            histories.stream()
                .sorted(ORDER)
                .collect(
                    Collectors.groupingBy(PurchaseHistory::x, TreeMap::new, Collectors.toList()))
                .values());
    customers = histories.stream().mapToDouble(PurchaseHistory::customers).sum();
  }

  /** The log-likelihood of all customers; adds its gradient by r, alpha, a and b. */
  double total(BgNbd model, double[] gradient) {
    double total = 0;
    for (List<PurchaseHistory> same : byCount) {
      total += total(model, same, gradient);
    }
    return total;
  }

  /** The mean over the customers, by the logarithms of r, alpha, a and b. */
  @Override
  public double at(double[] logs, double[] gradient) {
    BgNbd model = BgNbd.ofLogs(logs);
    double value = total(model, gradient) / customers;
    for (int j = 0; j < gradient.length; j++) {
      gradient[j] *= Math.exp(logs[j]) / customers;
    }
    return value;
  }

  private static double total(BgNbd m, List<PurchaseHistory> same, double[] gradient) {
    double x = same.get(0).x();
    double weight = 0;
    double total = 0;
    for (PurchaseHistory h : same) {
      weight += h.customers();
      total += h.customers() * ofTimes(m, h, gradient);
    }
    addOfCount(m, x, weight, gradient);
    double rate = logRising(m.r(), x);
    double dropout = logRising(m.b(), x) - logRising(m.a() + m.b(), x);
    return total + weight * (rate + dropout);
  }

  /** The part that depends on t_x and T; written so that r and alpha may be large together. */
  private static double ofTimes(BgNbd m, PurchaseHistory h, double[] gradient) {
    double weight = h.customers();
    double end = h.age() / BgNbd.DAYS;
    double last = h.tx() / BgNbd.DAYS;
    double odds = m.logOddsOfDropout(h.x(), h.tx(), h.age());
    double dropped = BgNbd.share(odds);
    double expected = m.r() / m.alpha();
    gradient[0] -=
        weight * ((1 - dropped) * log1p(end / m.alpha()) + dropped * log1p(last / m.alpha()));
    gradient[1] +=
        weight
            * ((1 - dropped) * (expected * end - h.x()) / (m.alpha() + end)
                + dropped * (expected * last - h.x()) / (m.alpha() + last));
    if (dropped > 0) {
      gradient[2] += weight * dropped / m.a();
      gradient[3] -= weight * dropped / (m.b() + h.x() - 1);
    }
    return -m.r() * log1p(end / m.alpha()) - h.x() * log(m.alpha() + end) + softplus(odds);
  }

  /** The gradient of the part that depends on x alone. */
  private static void addOfCount(BgNbd m, double x, double weight, double[] gradient) {
    double both = digamma(m.a() + m.b()) - digamma(m.a() + m.b() + x);
    gradient[0] += weight * (digamma(m.r() + x) - digamma(m.r()));
    gradient[2] += weight * both;
    gradient[3] += weight * (both + digamma(m.b() + x) - digamma(m.b()));
  }

  /** log(gamma(y + n) / gamma(y)); a short product keeps the digits that a difference loses. */
  private static double logRising(double y, double n) {
    if (n > LONGEST_PRODUCT) {
      return logGamma(y + n) - logGamma(y);
    }
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += log(y + i);
    }
    return sum;
  }

  /** log(1 + e^y). */
  private static double softplus(double y) {
    return Math.max(y, 0) + log1p(Math.exp(-Math.abs(y)));
  }
}
