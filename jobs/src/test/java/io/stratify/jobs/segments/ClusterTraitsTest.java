package io.stratify.jobs.segments;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Two clusters of four customers each; what stands for a missing value of avg_order is 40. */
class ClusterTraitsTest {
  private static final double NONE = Double.NaN;
  private static final Preparation PLAIN =
      new Preparation(
          List.of(
              new Preparation.Scale("frequency", 0, 1e7, 0, false, 0, 1),
              new Preparation.Scale("avg_order", 0, 1000, 40, false, 0, 1),
              new Preparation.Scale("premium", 0, 1, 0, false, 0, 1)));
  private static final int[] LABELS = {0, 0, 0, 0, 1, 1, 1, 1};
  private static final Points POINTS =
      Points.all(
          List.of(
              new double[] {0, NONE, 0},
              new double[] {0, NONE, 0},
              new double[] {0, NONE, 0},
              new double[] {4, 20, 1},
              new double[] {1_234_567, 60, 1},
              new double[] {1_234_567, 60, 1},
              new double[] {1_234_567, 60, 1},
              new double[] {1_234_567, NONE, 0}),
          PLAIN);
  private static final List<double[]> CENTRES =
      List.of(new double[] {1, 35, 0.25}, new double[] {1_234_567, 55, 0.75});

  @Test
  void theMedianIsNoValueOfACustomerWhoHasNone() {
    ClusterTraits traits = new ClusterTraits(PLAIN, POINTS, LABELS, new Centres(CENTRES));
    assertThat(traits.definition(0))
        .isEqualTo("nearest to frequency 1, avg_order unknown for 75 %, premium 0.25");
    assertThat(traits.definition(1))
        .as("with all digits")
        .isEqualTo("nearest to frequency 1,234,567, avg_order 55 (unknown for 25 %), premium 0.75");
  }

  @Test
  void aMixtureIsAboutWhatIsLikely() {
    Mixture mixture =
        new Mixture(
            CENTRES.stream()
                .map(c -> new Mixture.Component(0.5, c, new double[][] {{1}, {1}, {1}}))
                .toList());
    assertThat(new ClusterTraits(PLAIN, POINTS, LABELS, mixture).definition(0))
        .startsWith("most likely in the distribution around frequency 1,");
  }

  @Test
  void whatMostDoNotHaveNamesNobodyAndAFlagIsOneOfSome() {
    ClusterTraits traits = new ClusterTraits(PLAIN, POINTS, LABELS, new Centres(CENTRES));
    assertThat(traits.words(0, new double[] {-1, -3, -2}).noticeable())
        .containsExactly("less often premium", "rare buyers");
    assertThat(traits.words(1, new double[] {1, 3, 2}).noticeable())
        .containsExactly("large baskets", "more often premium", "frequent buyers");
  }
}
