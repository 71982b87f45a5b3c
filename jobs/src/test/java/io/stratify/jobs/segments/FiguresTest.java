package io.stratify.jobs.segments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Two clusters of two points: at 0 and 2, and at 10 and 12. */
class FiguresTest {
  private static final List<double[]> LINE =
      List.of(new double[] {0}, new double[] {2}, new double[] {10}, new double[] {12});
  private static final Centres MIDDLES = new Centres(List.of(new double[] {1}, new double[] {11}));
  private static final int[] LABELS = {0, 0, 1, 1};

  @Test
  void theFiguresAreThoseOfThePapers() {
    Figures figures = figures(1, 1, 1, 1);
    assertThat(figures.cost()).isEqualTo(4);
    // Between: 4 points, each 5 from the middle of all: 100 / (2 - 1); within: 4 / (4 - 2).
    assertThat(figures.calinskiHarabasz()).isCloseTo(50, within(1e-9));
    // Both spread by 1, the centres 10 apart.
    assertThat(figures.daviesBouldin()).isCloseTo(0.2, within(1e-12));
    assertThat(figures.smallestShare()).isEqualTo(0.5);
    assertThat(figures.bic()).isNull();
  }

  @Test
  void aPointCountsAsOftenAsItsWeight() {
    Figures heavy = figures(3, 3, 1, 1);
    assertThat(heavy.cost()).isEqualTo(8);
    assertThat(heavy.smallestShare()).isEqualTo(0.25);
    assertThat(heavy.daviesBouldin()).isCloseTo(0.2, within(1e-12));
    // Middle of all: (6 * 1 + 2 * 11) / 8 = 3.5; between: 6 * 2.5^2 + 2 * 7.5^2 = 150; within 8 /
    // 6.
    assertThat(heavy.calinskiHarabasz()).isCloseTo(150 / (8 / 6.0), within(1e-9));
  }

  @Test
  void theInformationCriterionOfOneNormalDistributionByHand() {
    Mixture one =
        new Mixture(List.of(new Mixture.Component(1, new double[] {0}, new double[][] {{1}})));
    List<double[]> points = List.of(new double[] {-1}, new double[] {1});
    double each = -0.5 - Math.log(2 * Math.PI) / 2;
    assertThat(one.logLikelihood(points, new double[] {1, 1})).isCloseTo(2 * each, within(1e-9));
    assertThat(one.parameters()).as("a mean and a variance").isEqualTo(2);
  }

  @Test
  void theAdjustedRandIndexIsThatOfHubertAndArabie() {
    assertThat(RandIndex.adjusted(new int[] {0, 0, 1, 1}, new int[] {1, 1, 0, 0})).isEqualTo(1);
    // Pairs together in both: 1; in rows 2, in columns 3, of 6: (1 - 1) / (2.5 - 1).
    assertThat(RandIndex.adjusted(new int[] {0, 0, 1, 1}, new int[] {0, 0, 0, 1}))
        .isCloseTo(0, within(1e-12));
  }

  private static Figures figures(double... weights) {
    return Figures.of(new Points(List.of(), LINE, weights, true), MIDDLES, LABELS, null, null);
  }
}
