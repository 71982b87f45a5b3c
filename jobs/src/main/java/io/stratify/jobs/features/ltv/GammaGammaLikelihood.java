package io.stratify.jobs.features.ltv;

import static org.apache.commons.math3.special.Beta.logBeta;
import static org.apache.commons.math3.special.Gamma.digamma;

import java.util.Comparator;
import java.util.List;

/**
 * The log-likelihood of Gamma-Gamma (Fader, Hardie 2013, eq. 1a) and its gradient, as a beta prime
 * density of m x / gamma: written so, p may be large and gamma small without a loss of digits.
 */
final class GammaGammaLikelihood implements Maximum.Objective {
  static final Comparator<SpendHistory> ORDER =
      Comparator.comparingInt(SpendHistory::x)
          .thenComparingDouble(SpendHistory::meanValue)
          .thenComparingLong(SpendHistory::customers);

  private final List<SpendHistory> histories;
  private final double customers;

  GammaGammaLikelihood(List<SpendHistory> histories) {
    this.histories = histories.stream().sorted(ORDER).toList();
    this.customers = histories.stream().mapToDouble(SpendHistory::customers).sum();
  }

  /** The log-likelihood of all customers; adds its gradient by p, q and gamma. */
  double total(GammaGamma model, double[] gradient) {
    double total = 0;
    for (SpendHistory h : histories) {
      total += h.customers() * of(model, h, gradient);
    }
    return total;
  }

  /** The mean over the customers, by the logarithms of p, q and gamma. */
  @Override
  public double at(double[] logs, double[] gradient) {
    double value = total(GammaGamma.ofLogs(logs), gradient) / customers;
    for (int j = 0; j < gradient.length; j++) {
      gradient[j] *= Math.exp(logs[j]) / customers;
    }
    return value;
  }

  private static double of(GammaGamma m, SpendHistory h, double[] gradient) {
    double px = m.p() * h.x();
    double spent = h.meanValue() * h.x();
    double shareOfSpent = -Math.log1p(m.gamma() / spent);
    double shareOfGamma = -Math.log1p(spent / m.gamma());
    double both = digamma(px + m.q());
    double weight = h.customers();
    gradient[0] += weight * h.x() * (both - digamma(px) + shareOfSpent);
    gradient[1] += weight * (both - digamma(m.q()) + shareOfGamma);
    gradient[2] += weight * (m.q() * spent / m.gamma() - px) / (m.gamma() + spent);
    return px * shareOfSpent + m.q() * shareOfGamma - logBeta(px, m.q()) - Math.log(h.meanValue());
  }
}
