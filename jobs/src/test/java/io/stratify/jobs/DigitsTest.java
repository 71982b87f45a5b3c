package io.stratify.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DigitsTest {
  @Test
  void nineDigitsMeanSomething() {
    assertThat(Digits.nine(123_456_789.94)).isEqualTo(123_456_790);
    assertThat(Digits.nine(-0.000123456789449)).isEqualTo(-0.000123456789);
    assertThat(Digits.nine(0)).isZero();
    assertThat(Digits.nine(Double.POSITIVE_INFINITY)).isInfinite();
    assertThat(Digits.nine(Double.NaN)).isNaN();
  }

  /** Eight parts of a constant, put together, differ from it by some units in the last place. */
  @Test
  void whatAddingUpMakesOfAConstantIsNoDifference() {
    assertThat(Digits.differ(30.4167, 3 * Math.ulp(30.4167))).isFalse();
    assertThat(Digits.differ(-30.4167, 3 * Math.ulp(30.4167))).isFalse();
    assertThat(Digits.differ(0, 0)).isFalse();
    assertThat(Digits.differ(30.4167, 0.0001)).isTrue();
    assertThat(Digits.differ(0, 0.0001)).isTrue();
  }
}
