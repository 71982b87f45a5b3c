package io.stratify.jobs.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AgreementTest {
  private static final double NOTHING = Double.NaN;

  @Test
  void jaccardIsWhatIsSharedOverWhatEitherHas() {
    // Cluster 0 is {p0 p1 p2}: with {p0 p1} 2 of 3, with {p2 p3 p4} 1 of 5.
    // Cluster 1 is {p3 p4}: with {p2 p3 p4} 2 of 3, with {p0 p1} 0 of 4.
    assertThat(Agreement.jaccard(labels(0, 0, 0, 1, 1), 2, labels(1, 1, 0, 0, 0)))
        .containsExactly(new double[] {2 / 3.0, 2 / 3.0}, within(1e-15));
  }

  @Test
  void jaccardTakesTheBestOfManyClusters() {
    // {p0 p1 p2 p3} with {p0}: 1 of 4, with {p1 p2 p3 p4 p5}: 3 of 6.
    assertThat(Agreement.jaccard(labels(0, 0, 0, 0, 1, 1), 2, labels(0, 1, 1, 1, 1, 1)))
        .containsExactly(new double[] {0.5, 0.4}, within(1e-15));
  }

  @Test
  void aClusterWithoutPointsHasNoJaccard() {
    assertThat(Agreement.jaccard(labels(0, 2), 3, labels(1, 0))).containsExactly(1, NOTHING, 1);
    assertThat(Agreement.jaccard(labels(), 2, labels())).containsExactly(NOTHING, NOTHING);
  }

  @Test
  void anUnusedNameInTheOtherDivisionChangesNothing() {
    assertThat(Agreement.jaccard(labels(0, 1), 2, labels(3, 5))).containsExactly(1, 1);
  }

  @Test
  void kappaAgreesWithAHandCalculation() {
    // Two readers of 50 proposals: both yes 20, only the first 5, only the second 10, neither 15.
    // Agreed 35 / 50 = 0.7; by chance 0.5 * 0.6 + 0.5 * 0.4 = 0.5; (0.7 - 0.5) / (1 - 0.5).
    int[][] counts = {{20, 5}, {10, 15}};
    assertThat(Agreement.kappa(points(counts, true), points(counts, false), 2))
        .isCloseTo(0.4, within(1e-15));
  }

  @Test
  void kappaIsOneForTheSameLabelsAndBelowZeroForSwappedOnes() {
    assertThat(Agreement.kappa(labels(0, 1, 2, 2), labels(0, 1, 2, 2), 3)).isEqualTo(1);
    // None agree, half by chance: -0.5 / 0.5.
    assertThat(Agreement.kappa(labels(0, 1), labels(1, 0), 2)).isEqualTo(-1);
  }

  @Test
  void kappaIsZeroForIndependentLabels() {
    // Rows 60 and 40, columns 30 and 70: each cell is its row times its column over 100.
    int[][] counts = {{18, 42}, {12, 28}};
    assertThat(Agreement.kappa(points(counts, true), points(counts, false), 2)).isEqualTo(0);
  }

  @Test
  void kappaIsNotMeasurableWhereChanceMakesAllAgree() {
    assertThat(Agreement.kappa(labels(1, 1, 1), labels(1, 1, 1), 3)).isNaN();
    assertThat(Agreement.kappa(labels(), labels(), 3)).isNaN();
    assertThat(Agreement.kappa(labels(1, 1, 1), labels(2, 2, 2), 3)).isEqualTo(0);
  }

  @Test
  void kappaCountsMorePairsThanAnIntegerHolds() {
    Random random = new Random(5);
    int[] a = random.ints(100_000, 0, 2).toArray();
    int[] b = a.clone();
    // A quarter is moved to the other of two equal clusters: kappa is 1 - 2 / 4.
    for (int i = 0; i < b.length; i += 4) {
      b[i] = 1 - b[i];
    }
    assertThat(Agreement.kappa(a, b, 2)).isCloseTo(0.5, within(1e-3));
  }

  @Test
  void staysCountsWhoHasTheSameNameAfter() {
    assertThat(Agreement.stays(labels(0, 0, 0, 1, 1, 2), labels(0, 0, 1, 1, 1, 0), 4))
        .containsExactly(new double[] {2 / 3.0, 1, 0, NOTHING}, within(1e-15));
  }

  @Test
  void divisionsOfOtherPointsAreRefused() {
    assertThatThrownBy(() -> Agreement.mutualInformation(labels(0, 1), labels(0, 1, 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Cannot compare two divisions: one labels 2 points and the other 3;"
                + " both must label the same points");
  }

  private static int[] labels(int... labels) {
    return labels;
  }

  /** The labels of points of which each pair of clusters shares so many. */
  private static int[] points(int[][] counts, boolean first) {
    return IntStream.range(0, counts.length * counts.length)
        .flatMap(
            cell -> {
              int row = cell / counts.length;
              int column = cell % counts.length;
              return IntStream.generate(() -> first ? row : column).limit(counts[row][column]);
            })
        .toArray();
  }
}
