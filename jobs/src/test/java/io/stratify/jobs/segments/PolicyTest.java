package io.stratify.jobs.segments;

import static org.assertj.core.api.Assertions.assertThat;

import io.stratify.common.config.Algorithm;
import io.stratify.jobs.Defaults;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The choice among candidates, with clusters of at least a tenth of the customers. */
class PolicyTest {
  private static final Policy SILHOUETTE = policy();

  @Test
  void theHighestSilhouetteIsChosen() {
    assertThat(chosen(fitted(2, 0.5, 0.3), fitted(3, 0.7, 0.2), fitted(4, 0.6, 0.2))).isEqualTo(3);
  }

  @Test
  void candidatesWithATooSmallClusterAreNotChosen() {
    assertThat(chosen(fitted(2, 0.5, 0.3), fitted(3, 0.9, 0.099), fitted(4, 0.4, 0.2)))
        .isEqualTo(2);
    assertThat(chosen(fitted(2, 0.5, 0.3), fitted(3, 0.9, 0.1))).as("just so").isEqualTo(3);
  }

  @Test
  void ofEqualScoresTheFewerSegmentsAreChosen() {
    assertThat(chosen(fitted(4, 0.7, 0.2), fitted(3, 0.7, 0.1), fitted(5, 0.7, 0.2))).isEqualTo(3);
  }

  @Test
  void whereNoneIsLargeEnoughTheOneWithTheLargestSmallestIsChosen() {
    assertThat(chosen(fitted(2, 0.9, 0.01), fitted(3, 0.1, 0.05), fitted(4, 0.2, 0.05)))
        .isEqualTo(3);
  }

  @Test
  void measuresAreWeighedByTheRanksOfTheCandidates() {
    Policy policy = policy("silhouette", "1", "stability", "2");
    List<Policy.Judged> judged =
        policy.judge(
            List.of(fitted(2, 0.9, 0.3, 0.5), fitted(3, 0.7, 0.3, 0.9), fitted(4, 0.8, 0.3, 0.7)));
    // Ranks 1, 0, 0.5 by silhouette and 0, 1, 0.5 by stability, which counts twice.
    assertThat(judged).extracting(Policy.Judged::score).containsExactly(1 / 3.0, 2 / 3.0, 0.5);
    assertThat(Policy.chosen(judged).k()).isEqualTo(3);
  }

  @Test
  void theSmallestNumberWithinTheToleranceWins() {
    Policy policy = policy("silhouette", "1", "stability", "2", "tolerance", "0.2");
    List<Policy.Judged> judged =
        policy.judge(
            List.of(fitted(2, 0.9, 0.3, 0.5), fitted(3, 0.8, 0.3, 0.7), fitted(4, 0.7, 0.3, 0.9)));
    assertThat(Policy.chosen(judged).k()).isEqualTo(3);
    assertThat(judged)
        .extracting(Policy.Judged::reason)
        .containsExactly(
            "score 0.333 below 0.500 of kmeans k=3",
            "fewest clusters with a score (0.500) within 0.200 of the best (0.667); smallest share"
                + " 0.300, floor 0.100",
            "score 0.667 is as good as that of kmeans k=3, which is simpler");
  }

  @Test
  void whatLacksAFigureIsInTheMiddleOfIt() {
    Policy policy = policy("silhouette", "0", "bic", "1");
    Fitted mixture = fitted(Algorithm.GAUSSIAN_MIXTURE, 3, 0.1, -50.0);
    Fitted worse = fitted(Algorithm.GAUSSIAN_MIXTURE, 4, 0.1, -20.0);
    Fitted kmeans = fitted(Algorithm.KMEANS, 3, 0.9, null);
    assertThat(policy.judge(List.of(mixture, worse, kmeans)))
        .extracting(Policy.Judged::score)
        .containsExactly(1.0, 0.0, 0.5);
  }

  @Test
  void aDegenerateCandidateIsNeverChosenAndSaysWhy() {
    Fitted broken =
        new Fitted(Algorithm.KMEANS, 2, null, null, null, List.of("cluster 2 is empty"));
    List<Policy.Judged> judged = SILHOUETTE.judge(List.of(broken, fitted(3, 0.1, 0.01)));
    assertThat(Policy.chosen(judged).k()).isEqualTo(3);
    assertThat(judged.get(0).reason()).isEqualTo("discarded: cluster 2 is empty");
    assertThat(Policy.chosen(SILHOUETTE.judge(List.of(broken)))).isNull();
  }

  @Test
  void everyCandidateSaysWhyOrWhyNot() {
    assertThat(
            SILHOUETTE.judge(
                List.of(fitted(2, 0.5, 0.3), fitted(3, 0.7, 0.2), fitted(4, 0.9, 0.05))))
        .extracting(Policy.Judged::reason)
        .containsExactly(
            "score 0.000 below 1.000 of kmeans k=3",
            "best score 1.000 with smallest share 0.200, floor 0.100",
            "smallest share 0.050, floor 0.100");
    assertThat(SILHOUETTE.judge(List.of(fitted(2, 0.9, 0.01), fitted(3, 0.1, 0.05))))
        .extracting(Policy.Judged::reason)
        .containsExactly(
            "smallest share 0.010, floor 0.100",
            "no candidate meets the floor; this one is nearest to it: smallest share 0.050, floor"
                + " 0.100");
  }

  @Test
  void centresAreRoundedToNineDigits() {
    assertThat(Centres.rounded(new double[] {1 / 3.0, -12345.67890123, 0}))
        .containsExactly(0.333333333, -12345.6789, 0);
  }

  private static int chosen(Fitted... candidates) {
    return Policy.chosen(SILHOUETTE.judge(Arrays.asList(candidates))).k();
  }

  private static Policy policy(String... weights) {
    Map<String, String> sets = new HashMap<>();
    sets.put("segments.behaviour.algorithms", "[kmeans, gaussian-mixture]");
    sets.put("segments.behaviour.policy.tolerance", "0");
    for (int i = 0; i < weights.length; i += 2) {
      sets.put("segments.behaviour.policy." + weights[i], weights[i + 1]);
    }
    return new Policy(Defaults.config(sets).segments().behaviour().policy(), 0.1);
  }

  private static Fitted fitted(int k, double silhouette, double smallestShare) {
    return fitted(k, silhouette, smallestShare, null);
  }

  private static Fitted fitted(int k, double silhouette, double smallestShare, Double stability) {
    return new Fitted(
        Algorithm.KMEANS,
        k,
        new Centres(List.of()),
        new int[0],
        new Figures(1, silhouette, 1, 1, null, stability, smallestShare, null),
        List.of());
  }

  private static Fitted fitted(Algorithm algorithm, int k, double silhouette, Double bic) {
    return new Fitted(
        algorithm,
        k,
        new Centres(List.of()),
        new int[0],
        new Figures(1, silhouette, 1, 1, bic, null, 0.2, null),
        List.of());
  }
}
