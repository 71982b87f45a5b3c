package io.stratify.jobs.segments;

import static org.assertj.core.api.Assertions.assertThat;

import io.stratify.common.config.BehaviourConfig;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The choice among candidates, with clusters of at least a tenth of the customers. */
class KMeansSearchTest {
  private static final KMeansSearch SEARCH =
      new KMeansSearch(
          null,
          new BehaviourConfig(true, List.of("frequency", "trend"), 2, 6, 0.1, 10, 1, 0, 1),
          42);

  @Test
  void theHighestSilhouetteIsChosen() {
    assertThat(chosen(candidate(2, 0.5, 0.3), candidate(3, 0.7, 0.2), candidate(4, 0.6, 0.2)))
        .isEqualTo(3);
  }

  @Test
  void candidatesWithATooSmallClusterAreNotChosen() {
    assertThat(chosen(candidate(2, 0.5, 0.3), candidate(3, 0.9, 0.099), candidate(4, 0.4, 0.2)))
        .isEqualTo(2);
    assertThat(chosen(candidate(2, 0.5, 0.3), candidate(3, 0.9, 0.1))).as("just so").isEqualTo(3);
  }

  @Test
  void ofEqualSilhouettesTheFewerSegmentsAreChosen() {
    assertThat(chosen(candidate(4, 0.7, 0.2), candidate(3, 0.7, 0.1), candidate(5, 0.7, 0.2)))
        .isEqualTo(3);
  }

  @Test
  void whereNoneIsLargeEnoughTheOneWithTheLargestSmallestIsChosen() {
    assertThat(chosen(candidate(2, 0.9, 0.01), candidate(3, 0.1, 0.05), candidate(4, 0.2, 0.05)))
        .isEqualTo(3);
  }

  @Test
  void everyCandidateSaysWhyOrWhyNot() {
    List<KMeansSearch.Fitted> all =
        List.of(candidate(2, 0.51234, 0.3), candidate(3, 0.7, 0.2), candidate(4, 0.9, 0.05));
    List<Lens.Candidate> explained = SEARCH.explain(all, all.get(1));
    assertThat(explained).extracting(Lens.Candidate::chosen).containsExactly(false, true, false);
    assertThat(explained)
        .extracting(Lens.Candidate::reason)
        .containsExactly(
            "silhouette 0.5123 below 0.7000",
            "highest silhouette with smallest share 0.200, floor 0.100",
            "smallest share 0.050, floor 0.100");
  }

  @Test
  void aChoiceForWantOfABetterOneSaysSo() {
    List<KMeansSearch.Fitted> all = List.of(candidate(2, 0.9, 0.01), candidate(3, 0.1, 0.05));
    assertThat(SEARCH.explain(all, all.get(1)))
        .extracting(Lens.Candidate::reason)
        .containsExactly(
            "smallest share 0.010, floor 0.100",
            "no candidate meets the floor; this one is nearest to it: smallest share 0.050, floor"
                + " 0.100");
  }

  @Test
  void centresAreRoundedToNineDigits() {
    assertThat(KMeansSearch.rounded(new double[] {1 / 3.0, -12345.67890123, 0}))
        .containsExactly(0.333333333, -12345.6789, 0);
  }

  private static int chosen(KMeansSearch.Fitted... candidates) {
    return SEARCH.choose(Arrays.asList(candidates)).k();
  }

  private static KMeansSearch.Fitted candidate(int k, double silhouette, double smallestShare) {
    return new KMeansSearch.Fitted(k, List.of(), new int[0], 1, silhouette, smallestShare);
  }
}
