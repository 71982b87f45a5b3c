package io.stratify.jobs.segments;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

class BisectionTest {
  /** 60 at 0 to 5, 30 at 100 to 105, ten at 1000. */
  private static Points groups() {
    List<double[]> points = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      int middle = i < 60 ? 0 : i < 90 ? 100 : 1000;
      points.add(new double[] {middle + (middle == 1000 ? 0 : i % 6)});
    }
    return Points.some(points);
  }

  @Test
  void cutsGoLevelByLevelAndPassByWhatIsAllTheSame() {
    // First {0, 100} and {1000}; the latter cannot be cut, the former falls into two.
    assertThat(sorted(Bisection.of(groups(), 3, 1))).containsExactly(2.5, 102.5, 1000.0);
    // Of the two on the next level the larger one, 0 to 5, is cut first.
    assertThat(sorted(Bisection.of(groups(), 4, 1))).hasSize(4).containsSubsequence(102.5, 1000.0);
  }

  @Test
  void aPointCountsAsOftenAsItsWeightSays() {
    // At 0 and 1 with weights 1 and 3 the mean is 3 / 4; at 10 there is one.
    Points weighted =
        new Points(
            List.of(),
            List.of(new double[] {0}, new double[] {1}, new double[] {10}),
            new double[] {1, 3, 1},
            false);
    assertThat(sorted(Bisection.of(weighted, 2, 1))).containsExactly(0.75, 10.0);
  }

  @Test
  void noCutIsSpentOnCustomersWhoAreAlike() {
    List<double[]> kinds = new ArrayList<>();
    for (int i = 0; i < 130; i++) {
      kinds.add(
          i < 70 ? new double[] {-1, 0} : i < 110 ? new double[] {1, 2} : new double[] {1, 9});
    }
    for (int seed = 0; seed < 20; seed++) {
      assertThat(Bisection.of(Points.some(kinds), 3, seed).ordered().centres())
          .as("centres with seed %s", seed)
          .usingRecursiveFieldByFieldElementComparator()
          .containsExactly(new double[] {1, 9}, new double[] {1, 2}, new double[] {-1, 0});
    }
  }

  @Test
  void thereAreNoMoreClustersThanDifferentCustomers() {
    List<double[]> two = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      two.add(new double[] {i % 2, 7});
    }
    assertThat(Bisection.of(Points.some(two), 2, 1).k()).isEqualTo(2);
    assertThat(Bisection.of(Points.some(two), 3, 1).k()).isEqualTo(2);
  }

  private static List<Double> sorted(Centres found) {
    return found.centres().stream().map(c -> c[0]).sorted(Comparator.naturalOrder()).toList();
  }
}
