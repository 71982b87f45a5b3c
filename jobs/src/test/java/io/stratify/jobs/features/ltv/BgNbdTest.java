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
import java.util.function.DoubleSupplier;
import java.util.function.IntSupplier;
import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.BetaDistribution;
import org.apache.commons.math3.distribution.GammaDistribution;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.random.Well19937c;
import org.apache.commons.math3.special.Beta;
import org.apache.commons.math3.special.Gamma;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class BgNbdTest {
  /** Fader, Hardie, Lee (2005), table 2. */
  private static final BgNbd PUBLISHED = new BgNbd(0.243, 4.414, 0.793, 2.426);

  @Test
  void parametersOfCdnowAreThePublishedOnes() {
    List<PurchaseHistory> cdnow = Cdnow.purchases();
    assertThat(cdnow).hasSize(2_357);
    BgNbd fitted = BgNbd.fit(cdnow);
    // The published ones have three decimals.
    assertThat(fitted.r()).isCloseTo(0.243, within(0.0005));
    assertThat(fitted.alpha()).isCloseTo(4.414, within(0.0005));
    assertThat(fitted.a()).isCloseTo(0.793, within(0.0005));
    assertThat(fitted.b()).isCloseTo(2.426, within(0.0005));
    assertThat(fitted.logLikelihood(cdnow)).isCloseTo(-9582.4, within(0.05));
  }

  @Test
  void aDayMoreOfObservationWouldMissThePublishedParameters() {
    List<PurchaseHistory> later =
        Cdnow.purchases().stream()
            .map(h -> new PurchaseHistory(h.x(), h.tx(), h.age() + 1, 1))
            .toList();
    assertThat(BgNbd.fit(later).a() / 0.793).isGreaterThan(1.02);
  }

  /** 12 % of 1,882 purchase days are missed, in 39 weeks of which the fit saw nothing. */
  @Test
  void purchasesOfTheHeldOutWeeksOfCdnowAreForeseenToAnEighth() {
    List<PurchaseHistory> cdnow = Cdnow.purchases();
    BgNbd fitted = BgNbd.fit(cdnow);
    double expected =
        cdnow.stream()
            .mapToDouble(h -> fitted.expectedPurchases(h.x(), h.tx(), h.age(), Cdnow.HELD_OUT))
            .sum();
    long held =
        Cdnow.days().values().stream().mapToLong(d -> d.tailMap(Cdnow.AS_OF, true).size()).sum();
    assertThat(held).isEqualTo(1_882);
    assertThat(expected).isCloseTo(1_653.4, within(1.0));
  }

  @Test
  void expectedPurchasesAreThePublishedOnes() {
    // Fader and Hardie's example: x = 2, t_x = 30.43 and T = 38.86 weeks, 39 weeks ahead.
    assertThat(PUBLISHED.expectedPurchases(2, 213, 272, 273)).isCloseTo(1.226, within(0.0005));
  }

  /** Eq. 10 and P(alive) evaluated with 60 digits (mpmath). */
  @Test
  void expectedPurchasesAndProbabilityAliveAgreeWithTheirFormulas() {
    assertThat(expected(PUBLISHED, 2, 213, 272, 273)).isCloseTo(1.226115806149322, near());
    assertThat(expected(PUBLISHED, 0, 0, 272, 273)).isCloseTo(0.1951096649930885, near());
    assertThat(expected(PUBLISHED, 0, 0, 0, 365)).isCloseTo(1.448601267521936, near());
    assertThat(expected(PUBLISHED, 29, 260, 272, 1)).isCloseTo(0.08887172311645766, near());
    assertThat(expected(PUBLISHED, 5, 10, 272, 90)).isCloseTo(0.0003207616709237788, near());
    assertThat(expected(new BgNbd(20, 30, 3, 0.5), 4, 50, 60, 1000))
        .isCloseTo(1.038128304157476, near());
    assertThat(expected(new BgNbd(0.243, 4.414, 0.01, 2.426), 2, 100, 120, 365))
        .isCloseTo(5.372228591457578, near());
    assertThat(PUBLISHED.probabilityAlive(2, 213, 272)).isCloseTo(0.7265897218354948, near());
    assertThat(PUBLISHED.probabilityAlive(29, 260, 272)).isCloseTo(0.9216606704013826, near());
    assertThat(PUBLISHED.probabilityAlive(5, 10, 272)).isCloseTo(0.0002235050585198367, near());
  }

  @Test
  void extremeCustomersAndHorizonsLoseNoDigits() {
    assertThat(expected(PUBLISHED, 300, 2000, 2000, 365)).isCloseTo(50.37087128349652, near());
    assertThat(expected(PUBLISHED, 10_000, 9_990, 10_000, 365)).isCloseTo(132.754720686591, near());
    assertThat(expected(PUBLISHED, 10_000, 9_990, 10_000, 36_500))
        .isCloseTo(6684.292043381788, near());
    assertThat(expected(PUBLISHED, 0, 0, 0, 36_500)).isCloseTo(12.15944282451304, near());
    assertThat(expected(new BgNbd(0.243, 4.414, 1.0000001, 2.426), 3, 100, 200, 90))
        .isCloseTo(0.4646300848725036, near());
    assertThat(expected(new BgNbd(0.5, 0.001, 0.3, 2.5), 0, 0, 0, 3650))
        .isCloseTo(9374.237242661746, near());
    assertThat(PUBLISHED.probabilityAlive(10_000, 1, 10_000)).isZero();
    assertThat(expected(PUBLISHED, 10_000, 1, 10_000, 365)).isZero();
  }

  private static double expected(BgNbd model, double x, double tx, double age, double horizon) {
    return model.expectedPurchases(x, tx, age, horizon);
  }

  @Test
  void whoNeverBoughtAgainIsAlive() {
    assertThat(PUBLISHED.probabilityAlive(0, 0, 0)).isEqualTo(1);
    assertThat(PUBLISHED.probabilityAlive(0, 0, 5_000)).isEqualTo(1);
  }

  @Test
  void whoBoughtOnTheLastDayMayHaveDroppedOutThen() {
    // Odds a / (b + x - 1) at t_x = T: 0.793 / 3.426.
    assertThat(PUBLISHED.probabilityAlive(2, 272, 272)).isCloseTo(3.426 / 4.219, near());
  }

  @Test
  void expectationsGrowWithTheHorizonFromZero() {
    assertThat(PUBLISHED.expectedPurchases(2, 213, 272, 0)).isZero();
    assertThat(PUBLISHED.expectedPurchases(0, 0, 0, 0)).isZero();
    // A short horizon: P(alive) (r + x) / (alpha + T) per week.
    double perWeek = 0.7265897218354948 * 2.243 / (4.414 + 272 / 7.0);
    assertThat(PUBLISHED.expectedPurchases(2, 213, 272, 7e-9))
        .isCloseTo(perWeek * 1e-9, withinPercentage(1e-5));
    double last = 0;
    for (int horizon = 1; horizon <= 4_000; horizon += 50) {
      double next = PUBLISHED.expectedPurchases(2, 213, 272, horizon);
      assertThat(next).isGreaterThan(last);
      last = next;
    }
  }

  @Test
  void logLikelihoodIsTheIntegralOverRatesAndDropout() {
    for (PurchaseHistory h :
        List.of(
            new PurchaseHistory(0, 0, 272, 1),
            new PurchaseHistory(1, 12, 198, 1),
            new PurchaseHistory(2, 213, 272, 1),
            new PurchaseHistory(9, 250, 250, 1))) {
      assertThat(PUBLISHED.logLikelihood(List.of(h)))
          .as(h.toString())
          .isCloseTo(Math.log(integral(PUBLISHED, h)), within(1e-9));
    }
  }

  /** Eq. 3 of the paper, the likelihood of one customer's rate and dropout, over both of them. */
  private static double integral(BgNbd m, PurchaseHistory h) {
    double step = 0.1;
    double total = 0;
    for (double u = -150; u < 8; u += step) {
      double rate = Math.exp(u);
      double density =
          Math.exp(m.r() * (Math.log(m.alpha()) + u) - Gamma.logGamma(m.r()) - m.alpha() * rate);
      for (double v = -50; v < 20; v += step) {
        double p = 1 / (1 + Math.exp(-v));
        double q = 1 / (1 + Math.exp(v));
        double of = Math.pow(p, m.a()) * Math.pow(q, m.b()) / Math.exp(Beta.logBeta(m.a(), m.b()));
        double alive = Math.pow(q * rate, h.x()) * Math.exp(-rate * h.age() / 7.0);
        double dropped =
            h.x() == 0
                ? 0
                : p * Math.pow(q, h.x() - 1) * Math.pow(rate, h.x()) * Math.exp(-rate * h.tx() / 7);
        total += density * of * (alive + dropped) * step * step;
      }
    }
    return total;
  }

  @Test
  void slopesAreThoseOfTheLikelihood() {
    BgNbdLikelihood likelihood =
        new BgNbdLikelihood(
            List.of(
                new PurchaseHistory(0, 0, 100, 3),
                new PurchaseHistory(4, 60, 100, 1),
                new PurchaseHistory(80, 90, 100, 2)));
    double[] logs = {-1.4, 1.5, -0.2, 0.9};
    double[] slopes = new double[4];
    likelihood.at(logs, slopes);
    for (int j = 0; j < 4; j++) {
      double[] up = logs.clone();
      double[] down = logs.clone();
      up[j] += 1e-5;
      down[j] -= 1e-5;
      double rise = likelihood.at(up, new double[4]) - likelihood.at(down, new double[4]);
      assertThat(slopes[j]).isCloseTo(rise / 2e-5, within(1e-7));
    }
  }

  @Test
  void knownParametersAreFoundAgainInSimulatedCustomers() {
    // Purchases are weeks apart, so that hardly any fall on the same day.
    BgNbd truth = new BgNbd(0.8, 70, 0.9, 3);
    BgNbd fitted = BgNbd.fit(simulated(truth, 20_000));
    assertThat(fitted.r()).isCloseTo(truth.r(), withinPercentage(6));
    assertThat(fitted.alpha()).isCloseTo(truth.alpha(), withinPercentage(6));
    assertThat(fitted.a()).isCloseTo(truth.a(), withinPercentage(10));
    assertThat(fitted.b()).isCloseTo(truth.b(), withinPercentage(10));
  }

  private static List<PurchaseHistory> simulated(BgNbd m, int customers) {
    RandomGenerator random = new Well19937c(7);
    BetaDistribution dropouts = new BetaDistribution(random, m.a(), m.b());
    return simulated(
        random,
        () -> 2_000 + random.nextInt(3_000),
        new GammaDistribution(random, m.r(), 1 / m.alpha()),
        dropouts::sample,
        customers);
  }

  /** Customers of some ages, in days. */
  private static List<PurchaseHistory> simulated(
      RandomGenerator random,
      IntSupplier ages,
      GammaDistribution rates,
      DoubleSupplier dropouts,
      int customers) {
    List<PurchaseHistory> histories = new ArrayList<>();
    for (int i = 0; i < customers; i++) {
      int age = ages.getAsInt();
      double perDay = rates.sample() / 7;
      double dropout = dropouts.getAsDouble();
      int x = 0;
      int last = 0;
      double at = -Math.log(random.nextDouble()) / perDay;
      while (Math.ceil(at) <= age) {
        if (Math.ceil(at) > last) {
          x++;
          last = (int) Math.ceil(at);
        }
        if (random.nextDouble() < dropout) {
          break;
        }
        at -= Math.log(random.nextDouble()) / perDay;
      }
      histories.add(new PurchaseHistory(x, last, age, 1));
    }
    return histories;
  }

  @Test
  void thatSomeLeaveAtOnceAndTheOthersNeverIsFound() {
    // One in twenty leaves after the first purchase of which the model knows, the others never.
    RandomGenerator random = new Well19937c(2);
    List<PurchaseHistory> histories =
        simulated(
            random,
            () -> 300 + random.nextInt(300),
            new GammaDistribution(random, 4.2, 1 / 380.0),
            () -> random.nextDouble() < 0.05 ? 1 : 0,
            16_000);
    double found = BgNbd.fit(histories).logLikelihood(histories);
    for (double share : new double[] {0.025, 0.05, 0.075}) {
      assertThat(found)
          .as("a share of %s", share)
          .isGreaterThan(
              new BgNbd(4.2, 380, share / 1000, (1 - share) / 1000).logLikelihood(histories));
    }
  }

  @Test
  void neitherOrderNorGroupingMatters() {
    List<PurchaseHistory> all = simulated(new BgNbd(0.8, 70, 0.9, 3), 2_000);
    BgNbd fitted = BgNbd.fit(all);
    List<PurchaseHistory> shuffled = new ArrayList<>(all);
    Collections.shuffle(shuffled, new Random(3));
    assertThat(BgNbd.fit(shuffled)).isEqualTo(fitted);
    BgNbd doubled =
        BgNbd.fit(all.stream().map(h -> new PurchaseHistory(h.x(), h.tx(), h.age(), 2)).toList());
    assertThat(doubled.r()).isCloseTo(fitted.r(), withinPercentage(1e-3));
    assertThat(doubled.b()).isCloseTo(fitted.b(), withinPercentage(1e-3));
  }

  @Test
  void customersWhoAreAllAlikeArePredictedAtTheirCommonRate() {
    // Poisson purchases, one in ten days, nobody drops out: r and alpha grow to the edge.
    RandomGenerator random = new Well19937c(11);
    List<PurchaseHistory> alike = new ArrayList<>();
    for (int i = 0; i < 5_000; i++) {
      int x = 0;
      int last = 0;
      for (int day = 1; day <= 300; day++) {
        if (random.nextDouble() < 0.1) {
          x++;
          last = day;
        }
      }
      alike.add(new PurchaseHistory(x, last, 300, 1));
    }
    BgNbd fitted = BgNbd.fit(alike);
    assertThat(fitted.probabilityAlive(30, 290, 300)).isGreaterThan(0.99);
    assertThat(fitted.expectedPurchases(30, 290, 300, 100)).isCloseTo(10, withinPercentage(3));
  }

  @Test
  void dataThatDetermineNothingAreRefused() {
    assertThatThrownBy(() -> BgNbd.fit(List.of()))
        .isInstanceOf(StratifyException.class)
        .hasMessageContaining("none of 0 customers");
    assertThatThrownBy(() -> BgNbd.fit(List.of(new PurchaseHistory(0, 0, 200, 5_000))))
        .isInstanceOf(StratifyException.class)
        .hasMessage(
            "Cannot fit BG/NBD: none of 5,000 customers with a purchase bought on a second day."
                + " Fit it on a longer history");
    assertThatThrownBy(
            () ->
                BgNbd.fit(
                    List.of(
                        new PurchaseHistory(0, 0, 200, 80), new PurchaseHistory(1, 10, 200, 19))))
        .isInstanceOf(StratifyException.class)
        .hasMessageContaining("at least 100 customers with a purchase, 10 of whom")
        .hasMessageContaining("there are 99 and 19");
  }

  @Test
  void oneHistoryOfAllCustomersIsPredictedToGoOn() {
    BgNbd often = BgNbd.fit(List.of(new PurchaseHistory(50, 500, 500, 500)));
    assertThat(often.expectedPurchases(50, 500, 500, 100)).isCloseTo(10, withinPercentage(0.1));
    BgNbd daily = BgNbd.fit(List.of(new PurchaseHistory(10_000, 10_000, 10_000, 500)));
    assertThat(daily.expectedPurchases(10_000, 10_000, 10_000, 30))
        .isCloseTo(30, withinPercentage(0.1));
    BgNbd gone = BgNbd.fit(List.of(new PurchaseHistory(1, 1, 3_000, 500)));
    assertThat(gone.expectedPurchases(1, 1, 3_000, 30)).isCloseTo(0, within(1e-6));
  }

  @Test
  void whatCannotHaveHappenedIsRefused() {
    for (double[] history :
        new double[][] {
          {-1, 0, 10},
          {1, 11, 10},
          {1, -1, 10},
          {Double.NaN, 0, 1},
          {1, Double.NaN, 1},
          {1, 0, Double.NaN},
          {Double.POSITIVE_INFINITY, 0, 1}
        }) {
      assertThatThrownBy(() -> PUBLISHED.probabilityAlive(history[0], history[1], history[2]))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("No purchase history has x = ");
    }
    assertThatThrownBy(() -> PUBLISHED.expectedPurchases(1, 0, 1, -1))
        .hasMessage("No horizon has -1.0 days");
    assertThatThrownBy(() -> PUBLISHED.expectedPurchases(1, 0, 1, Double.NaN))
        .hasMessage("No horizon has NaN days");
    assertThatThrownBy(() -> new BgNbd(0.2, 0, 1, 1)).hasMessageContaining("must be positive");
    assertThatThrownBy(() -> new BgNbd(0.2, 1, Double.NaN, 1))
        .hasMessageContaining("must be positive");
    for (int[] history : new int[][] {{1, 5, 4}, {3, 2, 4}, {0, 2, 4}, {-1, 0, 4}}) {
      assertThatThrownBy(() -> new PurchaseHistory(history[0], history[1], history[2], 1))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("No purchase history has x = ");
    }
  }

  @Test
  void aFirstPurchaseOnTheLastDayTeachesNothing() {
    assertThat(PUBLISHED.logLikelihood(List.of(new PurchaseHistory(0, 0, 0, 9)))).isZero();
  }

  @Test
  void sumAndIntegralAgree() {
    // Where x = 0 and T = 0, for horizons from a thousandth of alpha to a thousand times it.
    for (double[] m : new double[][] {{0.243, 0.793, 2.426}, {3, 1, 1}, {40, 0.05, 30}}) {
      IntStream.rangeClosed(-3, 3)
          .mapToDouble(e -> Math.pow(10, e))
          .forEach(
              ahead ->
                  assertThat(PurchasesWhileAlive.sum(m[0], m[1], m[2], ahead))
                      .isCloseTo(
                          PurchasesWhileAlive.integral(m[0], m[1], m[2], ahead),
                          withinPercentage(1e-8)));
    }
  }

  @Test
  void sumAndIntegralHaveTheClosedFormsOfSimpleCases() {
    for (double ahead : new double[] {1e-3, 0.5, 7, 900}) {
      // p uniform, s = 1: the integral of ahead / (1 + p ahead); eq. 10 is 0 / 0 there.
      assertClosed(1, 1, ahead, Math.log1p(ahead));
      // Density 2 p, s = 1: 2 (1 - log(1 + ahead) / ahead).
      assertClosed(1, 2, ahead, 2 * (1 - Math.log1p(ahead) / ahead));
      // Density 2 p, s = 2: 2 (1 - 1 / (1 + ahead)).
      assertClosed(2, 2, ahead, 2 * ahead / (1 + ahead));
    }
  }

  private static void assertClosed(double s, double a, double ahead, double closed) {
    assertThat(PurchasesWhileAlive.sum(s, a, 1, ahead)).isCloseTo(closed, withinPercentage(1e-8));
    assertThat(PurchasesWhileAlive.integral(s, a, 1, ahead))
        .isCloseTo(closed, withinPercentage(1e-8));
  }

  private static Percentage near() {
    return withinPercentage(1e-8);
  }
}
