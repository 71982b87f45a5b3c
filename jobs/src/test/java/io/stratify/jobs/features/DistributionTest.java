package io.stratify.jobs.features;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class DistributionTest {
  @Test
  void quantilesOfEqualValuesAreThatValue() {
    // a (1 - r) + a r is another number than a for many r; population indices told it apart.
    double value = 0.9784400495638349;
    double[] sorted = new double[37];
    Arrays.fill(sorted, value);
    for (int p = 1; p < 100; p++) {
      assertThat(Distribution.quantile(sorted, p / 100.0)).as("percentile %d", p).isEqualTo(value);
    }
  }

  @Test
  void quantilesLieBetweenTheTwoNearestValues() {
    double[] sorted = {1, 2, 4, 8};
    assertThat(Distribution.quantile(sorted, 0.5)).isEqualTo(3);
    assertThat(Distribution.quantile(sorted, 0.25)).as("place 0.75").isEqualTo(1.75);
    assertThat(Distribution.quantile(sorted, 1)).isEqualTo(8);
  }
}
