package io.stratify.jobs.segments;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

class StabilityTest {
  /** 60 at 0 to 5, 30 at 100 to 105, ten at 1000. */
  private static List<double[]> groups() {
    List<double[]> points = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      int middle = i < 60 ? 0 : i < 90 ? 100 : 1000;
      points.add(new double[] {middle + (middle == 1000 ? 0 : i % 6)});
    }
    return points;
  }

  @Test
  void cutsGoLevelByLevelAndPassByWhatIsAllTheSame() {
    // First {0, 100} and {1000}; the latter cannot be cut, the former falls into two.
    assertThat(centres(3)).containsExactly(2.5, 102.5, 1000.0);
    // Of the two on the next level the larger one, 0 to 5, is cut first.
    assertThat(centres(4)).hasSize(4).containsSubsequence(102.5, 1000.0);
  }

  @Test
  void fewerDifferentCustomersThanClustersAreNoDivision() {
    List<double[]> two = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      two.add(new double[] {i % 2, 7});
    }
    assertThat(Stability.bisecting(two, 2, 1)).isNotNull();
    assertThat(Stability.bisecting(two, 3, 1)).isNull();
  }

  private static List<Double> centres(int k) {
    return Stability.bisecting(groups(), k, 1).centres().stream()
        .map(c -> c[0])
        .sorted(Comparator.naturalOrder())
        .toList();
  }
}
