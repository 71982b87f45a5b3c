package io.stratify.jobs.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BenjaminiHochbergTest {
  /** The 15 tests of the paper's example on heart attacks. */
  private static final double[] PAPER = {
    .0001, .0004, .0019, .0095, .0201, .0278, .0298, .0344, .0459, .3240, .4262, .5719, .6528,
    .7590, 1
  };

  @Test
  void thePapersExampleHasFourDiscoveries() {
    double[] adjusted = BenjaminiHochberg.adjusted(PAPER);
    assertThat(Arrays.stream(adjusted).filter(p -> p <= 0.05).count()).isEqualTo(4);
    // p * 15 / rank; the sixth would be 0.0695, but the seventh is 0.0298 * 15 / 7.
    assertThat(Arrays.copyOf(adjusted, 8))
        .containsExactly(
            new double[] {
              .0015, .003, .0095, .035625, .0603, .0298 * 15 / 7, .0298 * 15 / 7, .0645
            },
            within(1e-12));
    assertThat(adjusted[14]).isEqualTo(1);
  }

  @Test
  void theOrderGivenIsKept() {
    // Sorted 0.01 0.02 0.04: 0.01 * 3, 0.02 * 3 / 2, 0.04.
    assertThat(BenjaminiHochberg.adjusted(new double[] {0.04, 0.01, 0.02}))
        .containsExactly(new double[] {0.04, 0.03, 0.03}, within(1e-15));
  }

  @Test
  void whatWasNotMeasuredDoesNotCountAsATest() {
    assertThat(BenjaminiHochberg.adjusted(new double[] {Double.NaN, 0.03, 0.01, Double.NaN}))
        .containsExactly(new double[] {Double.NaN, 0.03, 0.02, Double.NaN}, within(1e-15));
    assertThat(BenjaminiHochberg.adjusted(new double[] {Double.NaN})).containsOnly(Double.NaN);
    assertThat(BenjaminiHochberg.adjusted(new double[0])).isEmpty();
  }

  @Test
  void oneTestIsNotAdjusted() {
    assertThat(BenjaminiHochberg.adjusted(new double[] {0.04})).containsExactly(0.04);
  }

  @Test
  void thePValuesGivenAreNotChanged() {
    double[] p = {0.5, 0.01};
    BenjaminiHochberg.adjusted(p);
    assertThat(p).containsExactly(0.5, 0.01);
  }

  @Test
  void discoveriesAreThoseOfTheStepUpProcedure() {
    Random random = new Random(1);
    for (int seed = 0; seed < 200; seed++) {
      double[] p = random.doubles(20).map(u -> u * u * u).toArray();
      double[] adjusted = BenjaminiHochberg.adjusted(p);
      double[] sorted = p.clone();
      Arrays.sort(sorted);
      // Step up: all up to the greatest rank whose p-value is at most rank / 20 * 0.1.
      long discoveries =
          IntStream.rangeClosed(1, 20)
              .filter(rank -> sorted[rank - 1] <= rank / 20.0 * 0.1)
              .max()
              .orElse(0);
      assertThat(Arrays.stream(adjusted).filter(q -> q <= 0.1).count()).isEqualTo(discoveries);
      assertThat(IntStream.range(0, 20).allMatch(i -> p[i] <= adjusted[i] && adjusted[i] <= 1))
          .isTrue();
    }
  }
}
