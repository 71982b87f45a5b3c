package io.stratify.jobs.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StabilityTest {
  private static List<Double> percentiles(IntToDoubleFunction value) {
    return IntStream.rangeClosed(0, 100).mapToDouble(value).boxed().toList();
  }

  private static double term(double before, double now) {
    return (now - before) * Math.log(now / before);
  }

  @Test
  void theSameDistributionIsStable() {
    List<Double> even = percentiles(i -> i);
    assertThat(Stability.ofNumbers(even, 0, even, 0)).isZero();
    assertThat(Stability.verdict(0)).isEqualTo("stable");
  }

  @Test
  void shiftedDecilesAreComparedByTheirShares() {
    List<Double> even = percentiles(i -> i);
    List<Double> shifted = percentiles(i -> i + 10);
    // Nobody is left in the first decile, and the last one holds a fifth.
    double expected = term(0.1, 1e-4) + term(0.1, 0.2);
    assertThat(Stability.ofNumbers(even, 0, shifted, 0)).isCloseTo(expected, within(1e-9));
    assertThat(Stability.verdict(expected)).isEqualTo("major");
  }

  @Test
  void tiesMakeFewerBins() {
    // 80 % have 0, then 90 %.
    List<Double> before = percentiles(i -> i <= 80 ? 0 : 5);
    List<Double> now = percentiles(i -> i <= 90 ? 0 : 5);
    assertThat(Stability.shareUpTo(before, 0)).isCloseTo(0.8, within(1e-12));
    assertThat(Stability.ofNumbers(before, 0, now, 0))
        .isCloseTo(term(0.8, 0.9) + term(0.2, 0.1), within(1e-9));
  }

  @Test
  void decilesThatAreNextToEqualAreOneBin() {
    // A fifth from 0 to 0.99 in even steps, and the others between 0.999 and 1.
    List<Double> before = percentiles(i -> i <= 20 ? i * 0.0495 : 0.999 + (i - 20) / 80_000.0);
    List<Double> now = before.stream().map(v -> v > 0.99 ? v - 0.001 : v).toList();
    assertThat(Stability.ofNumbers(before, 0, now, 0)).as("a thousandth less").isLessThan(0.01);
    List<Double> less = before.stream().map(v -> v > 0.99 ? v - 0.1 : v).toList();
    assertThat(Stability.ofNumbers(before, 0, less, 0)).as("a tenth less").isGreaterThan(1);
  }

  @Test
  void decilesOfMoneyStayApart() {
    // Each percent of the customers spends a twelfth more than the one before it: 1 to 2,200.
    List<Double> before = percentiles(i -> Math.pow(1.08, i));
    List<Double> now = percentiles(i -> Math.pow(1.08, i) / (i <= 50 ? 4 : 1));
    assertThat(Stability.ofNumbers(before, 0, now, 0)).isGreaterThan(Stability.MAJOR_FROM);
  }

  @Test
  void aConstantStaysAConstant() {
    List<Double> one = percentiles(i -> 1);
    assertThat(Stability.ofNumbers(one, 0, one, 0)).isZero();
    assertThat(Stability.ofNumbers(one, 0, percentiles(i -> 2), 0))
        .as("all beyond the one cut")
        .isGreaterThan(5);
  }

  @Test
  void whoFallsBelowTheLeastValueThatManyHadIsSeen() {
    List<Double> ten = percentiles(i -> 10);
    assertThat(Stability.ofNumbers(ten, 0, percentiles(i -> 2), 0)).isGreaterThan(5);
    // 20 % have 0 and the others 1 to 80; then a tenth has less than ever.
    List<Double> before = percentiles(i -> Math.max(0, i - 20));
    List<Double> now = percentiles(i -> i < 10 ? -5 : Math.max(0, i - 20));
    // Of that tenth, the step from -5 to 0 between two percentiles is one percent.
    assertThat(Stability.ofNumbers(before, 0, now, 0))
        .isCloseTo(term(1e-4, 0.1) + term(0.2, 0.1), within(1e-9));
  }

  @Test
  void customersWithoutAValueAreABinOfTheirOwn() {
    List<Double> even = percentiles(i -> i);
    assertThat(Stability.ofNumbers(even, 0.5, even, 0.25))
        .isCloseTo(term(0.5, 0.25) + 10 * term(0.05, 0.075), within(1e-9));
    assertThat(Stability.ofNumbers(null, 1, null, 1)).isZero();
    assertThat(Stability.ofNumbers(null, 1, even, 0)).isGreaterThan(5);
  }

  @Test
  void categoriesAreComparedByTheirShares() {
    Map<String, Double> before = Map.of("a", 0.5, "b", 0.5);
    Map<String, Double> now = Map.of("a", 0.5, "c", 0.3);
    // c is new, and a fifth is in categories that are not named.
    assertThat(Stability.ofCategories(before, 0, now, 0))
        .isCloseTo(term(0.5, 1e-4) + term(1e-4, 0.3) + term(1e-4, 0.2), within(1e-9));
    assertThat(Stability.ofCategories(Map.of(), 1, Map.of(), 1)).isZero();
  }

  /**
   * Of 51 regions of nearly one size the 50 largest are kept, now without the one and now another.
   */
  @Test
  void aCategoryThatIsNoLongerAmongThoseKeptHasNotVanished() {
    Map<String, Double> before = new HashMap<>();
    Map<String, Double> now = new HashMap<>();
    for (int i = 0; i < 51; i++) {
      if (i != 50) {
        before.put("r" + i, 1 / 51.0);
      }
      if (i != 0) {
        now.put("r" + i, 1 / 51.0);
      }
    }
    assertThat(
            Stability.ofCategories(
                Distribution.named(before, now), 0, Distribution.named(now, before), 0))
        .isCloseTo(0, within(1e-12));
    now.remove("r1");
    assertThat(Distribution.named(before, now)).as("all of now are known").isSameAs(before);
    assertThat(Distribution.named(now, before)).as("r50 may have been there").hasSize(48);
  }

  @Test
  void thresholdsAreThoseOfSiddiqi() {
    assertThat(Stability.verdict(0.0999)).isEqualTo("stable");
    assertThat(Stability.verdict(0.1)).isEqualTo("moderate");
    assertThat(Stability.verdict(0.25)).isEqualTo("major");
  }
}
