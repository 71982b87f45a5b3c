package io.stratify.jobs.features.ltv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.stratify.common.StratifyException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.commons.math3.distribution.GammaDistribution;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.random.Well19937c;
import org.apache.commons.math3.special.Gamma;
import org.junit.jupiter.api.Test;

class GammaGammaTest {
  /** Fader, Hardie (2013). */
  private static final GammaGamma PUBLISHED = new GammaGamma(6.25, 3.74, 15.44);

  @Test
  void parametersOfCdnowAreThePublishedOnes() {
    List<SpendHistory> cdnow = Cdnow.spend();
    assertThat(cdnow).hasSize(946);
    GammaGamma fitted = GammaGamma.fit(cdnow);
    // The published ones have two decimals.
    assertThat(fitted.p()).isCloseTo(6.25, within(0.005));
    assertThat(fitted.q()).isCloseTo(3.74, within(0.005));
    assertThat(fitted.gamma()).isCloseTo(15.44, within(0.005));
    // Maximised independently (Nelder-Mead of scipy).
    assertThat(fitted.logLikelihood(cdnow)).isCloseTo(-4055.9177, within(0.0001));
  }

  @Test
  void expectedValueLiesBetweenTheCustomersMeanAndThatOfAll() {
    double all = 6.25 * 15.44 / 2.74;
    assertThat(PUBLISHED.expectedMeanValue(0, 0)).isCloseTo(all, withinPercentage(1e-9));
    // Weights (q - 1) and p x: (2.74 * 35.219 + 6.25 * 100) / 8.99.
    assertThat(PUBLISHED.expectedMeanValue(1, 100))
        .isCloseTo((2.74 * all + 6.25 * 100) / 8.99, withinPercentage(1e-9))
        .isBetween(all, 100.0);
    assertThat(PUBLISHED.expectedMeanValue(10_000, 100)).isCloseTo(100, within(0.01));
    assertThat(PUBLISHED.expectedMeanValue(3, all)).isCloseTo(all, withinPercentage(1e-9));
  }

  @Test
  void freePurchasesCountAsWorthNothing() {
    double one = PUBLISHED.expectedMeanValue(1, 0);
    // 6.25 * 15.44 / (6.25 + 2.74) and 6.25 * 15.44 / (62.5 + 2.74).
    assertThat(one).isCloseTo(10.734, within(0.001));
    assertThat(PUBLISHED.expectedMeanValue(10, 0)).isCloseTo(1.479, within(0.001));
    assertThat(PUBLISHED.expectedMeanValue(1, -50)).isEqualTo(one);
  }

  @Test
  void aCustomerWithoutARepeatPurchaseHasTheMeanOfAll() {
    double all = PUBLISHED.expectedMeanValue(0, 0);
    assertThat(PUBLISHED.expectedMeanValue(0, 500)).isEqualTo(all);
    assertThat(PUBLISHED.expectedMeanValue(0, Double.NaN)).isEqualTo(all);
  }

  @Test
  void logLikelihoodIsTheIntegralOverTheCustomersRates() {
    for (SpendHistory h :
        List.of(
            new SpendHistory(1, 0.5, 1),
            new SpendHistory(3, 35, 1),
            new SpendHistory(29, 900, 1))) {
      assertThat(PUBLISHED.logLikelihood(List.of(h)))
          .as(h.toString())
          .isCloseTo(Math.log(integral(PUBLISHED, h)), within(1e-9));
    }
  }

  /** The mean of x values of gamma(p, v) is gamma(p x, v x); v is gamma(q, gamma) itself. */
  private static double integral(GammaGamma m, SpendHistory h) {
    double step = 0.01;
    double total = 0;
    for (double u = -20; u < 10; u += step) {
      double v = Math.exp(u);
      double px = m.p() * h.x();
      double rate = v * h.x();
      double ofMean =
          px * Math.log(rate)
              + (px - 1) * Math.log(h.meanValue())
              - rate * h.meanValue()
              - Gamma.logGamma(px);
      double ofRate = m.q() * (Math.log(m.gamma()) + u) - m.gamma() * v - Gamma.logGamma(m.q());
      total += Math.exp(ofMean + ofRate) * step;
    }
    return total;
  }

  @Test
  void slopesAreThoseOfTheLikelihood() {
    GammaGammaLikelihood likelihood =
        new GammaGammaLikelihood(
            List.of(
                new SpendHistory(1, 0.3, 2), new SpendHistory(7, 2, 1), new SpendHistory(2, 1, 1)));
    double[] logs = {1.3, 0.7, -1.1};
    double[] slopes = new double[3];
    likelihood.at(logs, slopes);
    for (int j = 0; j < 3; j++) {
      double[] up = logs.clone();
      double[] down = logs.clone();
      up[j] += 1e-5;
      down[j] -= 1e-5;
      double rise = likelihood.at(up, new double[3]) - likelihood.at(down, new double[3]);
      assertThat(slopes[j]).isCloseTo(rise / 2e-5, within(1e-7));
    }
  }

  @Test
  void knownParametersAreFoundAgainInSimulatedCustomers() {
    // Standard errors of 4 %, 2 % and 5 %.
    GammaGamma fitted = GammaGamma.fit(simulated(new GammaGamma(4, 3, 25), 20_000));
    assertThat(fitted.p()).isCloseTo(4, withinPercentage(12));
    assertThat(fitted.q()).isCloseTo(3, withinPercentage(6));
    assertThat(fitted.gamma()).isCloseTo(25, withinPercentage(12));
  }

  private static List<SpendHistory> simulated(GammaGamma m, int customers) {
    RandomGenerator random = new Well19937c(5);
    GammaDistribution rates = new GammaDistribution(random, m.q(), 1 / m.gamma());
    List<SpendHistory> histories = new ArrayList<>();
    for (int i = 0; i < customers; i++) {
      int x = 1 + random.nextInt(8);
      double rate = rates.sample();
      double spent = new GammaDistribution(random, m.p() * x, 1 / rate).sample();
      histories.add(new SpendHistory(x, spent / x, 1));
    }
    return histories;
  }

  @Test
  void neitherOrderNorCurrencyMatters() {
    List<SpendHistory> dollars = simulated(new GammaGamma(4, 3, 25), 2_000);
    GammaGamma fitted = GammaGamma.fit(dollars);
    List<SpendHistory> shuffled = new ArrayList<>(dollars);
    Collections.shuffle(shuffled, new Random(3));
    assertThat(GammaGamma.fit(shuffled)).isEqualTo(fitted);
    List<SpendHistory> yen =
        dollars.stream()
            .map(h -> new SpendHistory(h.x(), h.meanValue() * 150, h.customers()))
            .toList();
    GammaGamma inYen = GammaGamma.fit(yen);
    assertThat(inYen.p()).isCloseTo(fitted.p(), withinPercentage(1e-3));
    assertThat(inYen.q()).isCloseTo(fitted.q(), withinPercentage(1e-3));
    assertThat(inYen.gamma()).isCloseTo(fitted.gamma() * 150, withinPercentage(1e-3));
  }

  @Test
  void customersWhoAlwaysPayTheirOwnPriceArePredictedAtIt() {
    // Means differ between customers by an inverse gamma distribution, values within do not.
    RandomGenerator random = new Well19937c(9);
    List<SpendHistory> own = new ArrayList<>();
    GammaDistribution rates = new GammaDistribution(random, 4, 1 / 100.0);
    for (int i = 0; i < 5_000; i++) {
      own.add(new SpendHistory(1 + i % 12, 1 / rates.sample(), 1));
    }
    assertThat(GammaGamma.fit(own).expectedMeanValue(3, 55)).isCloseTo(55, withinPercentage(5));
  }

  @Test
  void dataThatDetermineNothingAreRefused() {
    assertThatThrownBy(() -> GammaGamma.fit(List.of()))
        .isInstanceOf(StratifyException.class)
        .hasMessageContaining("at least 50 customers")
        .hasMessageContaining("there are 0");
    assertThatThrownBy(
            () ->
                GammaGamma.fit(List.of(new SpendHistory(1, 9.9, 40), new SpendHistory(2, 9.9, 40))))
        .isInstanceOf(StratifyException.class)
        .hasMessage(
            "Cannot fit Gamma-Gamma: the mean purchase of all 80 customers is worth 9.9. Predict"
                + " that value for every purchase");
    assertThatThrownBy(() -> GammaGamma.fit(simulated(new GammaGamma(4, 0.6, 25), 2_000)))
        .isInstanceOf(StratifyException.class)
        .hasMessageContaining("so heavy a tail that their mean is infinite (q = 0.");
  }

  @Test
  void whatCannotHaveHappenedIsRefused() {
    assertThatThrownBy(() -> PUBLISHED.expectedMeanValue(-1, 5))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> PUBLISHED.expectedMeanValue(Double.NaN, 5))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> PUBLISHED.expectedMeanValue(1, Double.NaN))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new GammaGamma(1, -1, 1)).hasMessageContaining("must be positive");
    assertThatThrownBy(() -> new SpendHistory(0, 5, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new SpendHistory(1, 0, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
