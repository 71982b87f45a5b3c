package io.stratify.jobs.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ConcentrationTest {
  @Test
  void whereAllHaveTheSameItIsZero() {
    assertThat(gini(0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1)).isEqualTo(0);
    assertThat(gini(3)).isEqualTo(0);
  }

  @Test
  void whereOneHasItAllTheOthersShareIsMissing() {
    assertThat(gini(0, 8, 0, 0)).isCloseTo(0.75, within(1e-15));
  }

  @Test
  void agreesWithAHandCalculation() {
    // Distances between all pairs of 1 to 5, both ways: 2 * (4*1 + 3*2 + 2*3 + 1*4) = 40.
    // 40 / (2 * 5 * 15) = 4 / 15
    assertThat(gini(3, 1, 5, 2, 4)).isCloseTo(4 / 15.0, within(1e-15));
  }

  @Test
  void isHalfTheMeanDistanceOverTheMean() {
    double[] values = new Random(1).doubles(300).map(u -> Math.exp(3 * u)).toArray();
    double distances = 0;
    for (double a : values) {
      distances += Arrays.stream(values).map(b -> Math.abs(a - b)).sum();
    }
    double expected = distances / (2 * values.length * Arrays.stream(values).sum());
    assertThat(gini(values)).isCloseTo(expected, within(1e-12));
  }

  @Test
  void ofUniformAmountsItIsAThird() {
    assertThat(gini(new Random(2).doubles(1_000_000).toArray())).isCloseTo(1 / 3.0, within(2e-3));
  }

  @Test
  void theUnitDoesNotMatter() {
    assertThat(gini(1_000, 2_000, 7_000)).isCloseTo(gini(1, 2, 7), within(1e-15));
  }

  @Test
  void whatIsBelowZeroCountsAsZero() {
    assertThat(gini(-5, 1, 3)).isEqualTo(gini(0, 1, 3));
  }

  @Test
  void whoHasNoValueIsLeftOut() {
    assertThat(gini(Double.NaN, 1, 3)).isEqualTo(gini(1, 3)).isNotEqualTo(gini(0, 1, 3));
  }

  @Test
  void withoutAnythingToShareItIsNotMeasurable() {
    assertThat(gini()).isNaN();
    assertThat(gini(Double.NaN)).isNaN();
    assertThat(gini(0, 0, -2)).isNaN();
  }

  private static double gini(double... values) {
    return Concentration.gini(values);
  }
}
