package io.stratify.jobs.segments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RandIndexTest {
  @Test
  void isOneForTheSamePartitionUnderOtherNames() {
    assertThat(RandIndex.adjusted(new int[] {0, 0, 1, 1}, new int[] {7, 7, 3, 3})).isEqualTo(1);
  }

  @Test
  void agreesWithAHandCalculation() {
    // One pair together in both, 2 in the first, 1 in the second, of 6 pairs: expected 2 * 1 / 6.
    // (1 - 1/3) / ((2 + 1) / 2 - 1/3) = 4/7
    assertThat(RandIndex.adjusted(new int[] {0, 0, 1, 1}, new int[] {0, 0, 1, 2}))
        .isCloseTo(4 / 7.0, within(1e-12));
  }

  @Test
  void aPointOfWeightTwoIsTwoPoints() {
    int[] a = {0, 0, 1, 1};
    int[] b = {0, 0, 1, 2};
    assertThat(RandIndex.adjusted(a, b, new double[] {1, 1, 2, 1}))
        .isEqualTo(RandIndex.adjusted(new int[] {0, 0, 1, 1, 1}, new int[] {0, 0, 1, 1, 2}));
  }
}
