package io.stratify.jobs.features.ltv;

import static org.apache.commons.math3.special.Beta.logBeta;
import static org.apache.commons.math3.special.Gamma.digamma;

import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The log-likelihood of Gamma-Gamma (Fader, Hardie 2013, eq. 1a) and its gradient, as a beta prime
 * density of m x / gamma: written so, p may be large and gamma small without a loss of digits.
 *
 * <p>Its special functions depend on x alone, of which there are few: histories are sorted by x and
 * these are taken once per x.
 */
final class GammaGammaLikelihood implements Maximum.Objective {
  static final Comparator<SpendHistory> ORDER =
      Comparator.comparingInt(SpendHistory::x)
          .thenComparingDouble(SpendHistory::meanValue)
          .thenComparingLong(SpendHistory::customers);

  /** Of equal x together. */
  private final List<List<SpendHistory>> byCount;

  private final double customers;

  GammaGammaLikelihood(List<SpendHistory> histories) {
    byCount =
        List.copyOf(
            histories.stream()
                .sorted(ORDER)
                .collect(Collectors.groupingBy(SpendHistory::x, TreeMap::new, Collectors.toList()))
                .values());
    this.customers = histories.stream().mapToDouble(SpendHistory::customers).sum();
  }

  /** The log-likelihood of all customers; adds its gradient by p, q and gamma. */
  double total(GammaGamma model, double[] gradient) {
    double total = 0;
    for (List<SpendHistory> same : byCount) {
      total += total(model, same, gradient);
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

  private static double total(GammaGamma m, List<SpendHistory> same, double[] gradient) {
    double x = same.get(0).x();
    double px = m.p() * x;
    double weight = 0;
    double total = 0;
    for (SpendHistory h : same) {
      weight += h.customers();
      total += h.customers() * ofValue(m, h, gradient);
    }
    double both = digamma(px + m.q());
    gradient[0] += weight * x * (both - digamma(px));
    gradient[1] += weight * (both - digamma(m.q()));
    return total - weight * logBeta(px, m.q());
  }

  /** The part that depends on the mean value. */
  private static double ofValue(GammaGamma m, SpendHistory h, double[] gradient) {
    double px = m.p() * h.x();
    double spent = h.meanValue() * h.x();
    double shareOfSpent = -Math.log1p(m.gamma() / spent);
    double shareOfGamma = -Math.log1p(spent / m.gamma());
    double weight = h.customers();
    gradient[0] += weight * h.x() * shareOfSpent;
    gradient[1] += weight * shareOfGamma;
    gradient[2] += weight * (m.q() * spent / m.gamma() - px) / (m.gamma() + spent);
    return px * shareOfSpent + m.q() * shareOfGamma - Math.log(h.meanValue());
  }
}
