package io.stratify.jobs.membership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.stratify.jobs.segments.Additive;
import io.stratify.jobs.segments.CentreModel;
import io.stratify.jobs.segments.MixtureModel;
import io.stratify.jobs.segments.Preparation;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ReasonTest {
  private static final CentreModel SHOP =
      new CentreModel(
          new Preparation(
              List.of(
                  new Preparation.Scale("frequency", 0, 100, 2, false, 10, 10),
                  new Preparation.Scale("recency_days", 0, 900, 90, false, 100, 50))),
          List.of(new double[] {2, -1}, new double[] {-1, 2}),
          List.of("often", "rare"));

  @Test
  void theContributionsOfAllFeaturesAreTheMargin() {
    for (int seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      CentreModel model = Models.random(random, 2 + random.nextInt(6));
      for (int i = 0; i < 20; i++) {
        double[] raw = Models.customer(random);
        Reason reason = Reason.of(model, Map.of(), raw);
        Additive.Standing s = model.standing(raw);
        double margin = Models.margin(model, raw, reason.segmentId(), reason.runnerUpId());
        assertThat(Arrays.stream(model.evidence(raw, s.part(), s.runnerUp())).sum())
            .isCloseTo(margin, within(1e-9));
        assertThat(reason.margin()).isCloseTo(margin, within(1e-9)).isGreaterThanOrEqualTo(0);
        double top = reason.top().stream().mapToDouble(Reason.Feature::contribution).sum();
        assertThat(top + reason.rest()).isCloseTo(margin, within(1e-9));
        assertThat(reason.top()).hasSizeBetween(1, 3).allMatch(f -> f.contribution() > 0);
      }
    }
  }

  @Test
  void aReasonOfAMixtureIsTheLogOfTheOdds() {
    // Variances 1 and 4, weights 0.8 and 0.2: constants ln 0.8 and ln 0.2 - ln 4 / 2 = ln 0.1.
    MixtureModel model =
        new MixtureModel(
            new Preparation(
                List.of(
                    new Preparation.Scale("frequency", -100, 100, 0, false, 0, 1),
                    new Preparation.Scale("frequency", 0, 0, 0, false, null, true, 0, 1, 1))),
            List.of(Math.log(0.8), Math.log(0.1)),
            List.of(new double[] {0, 0}, new double[] {6, 0}),
            List.of(new double[][] {{1, 0}, {0, 1}}, new double[][] {{0.25, 0}, {0, 1}}),
            List.of("small", "large"));
    // At 2: (2 - 6)^2 / 4 = 4 against 2^2 = 4, so that only the constants decide: ln 8.
    Reason reason = Reason.of(model, Map.of(), new double[] {2, 2});
    assertThat(reason.segmentId()).isEqualTo("small");
    assertThat(reason.measure()).isEqualTo("log odds");
    assertThat(reason.margin()).isCloseTo(Math.log(8), within(1e-12));
    assertThat(reason.top()).isEmpty();
    assertThat(reason.sentence())
        .isEqualTo(
            "small rather than large: more customers are there, or they are spread in such a way");
    assertThat(reason.rest()).isCloseTo(Math.log(8), within(1e-12));
    // At 6: 36 / 2 for the large one, less ln 8.
    Reason large = Reason.of(model, Map.of(), new double[] {6, 6});
    assertThat(large.margin()).isCloseTo(18 - Math.log(8), within(1e-12));
    assertThat(large.top()).containsExactly(new Reason.Feature("frequency", 6, 6, 0, 18));
    // Missing counts as the median, 0, and speaks for nobody by itself.
    assertThat(Reason.of(model, Map.of(), new double[] {Double.NaN, Double.NaN}).margin())
        .isCloseTo(4.5 + Math.log(8), within(1e-12));
  }

  @Test
  void aMixtureNamesNoFeatureWhoseValueIsNearerToTheOtherSegment() {
    // Variances 100 and 0.01 around 0 and 3: at 2 the wide one is right, though 3 is nearer than 0;
    // recency is at the mean of the wide one, as far from the other as its deviation, 1.
    MixtureModel model =
        new MixtureModel(
            new Preparation(
                List.of(
                    new Preparation.Scale("frequency", -100, 100, 0, false, 0, 1),
                    new Preparation.Scale("recency_days", -100, 100, 0, false, 0, 1))),
            List.of(0.0, 0.0),
            List.of(new double[] {0, 0}, new double[] {3, 1}),
            List.of(new double[][] {{0.01, 0}, {0, 1}}, new double[][] {{100, 0}, {0, 1}}),
            List.of("wide", "narrow"));
    Reason reason = Reason.of(model, Map.of(), new double[] {2, 0});
    assertThat(reason.segmentId()).isEqualTo("wide");
    assertThat(reason.top()).containsExactly(new Reason.Feature("recency_days", 0, 0, 1, 0.5));
    assertThat(reason.rest()).as("(1^2 100 - 2^2 0.01) / 2").isCloseTo(49.98, within(1e-9));
    assertThat(Reason.of(model, Map.of(), new double[] {2, 1}).sentence())
        .isEqualTo(
            "wide rather than narrow: more customers are there, or they are spread in such a way");
  }

  @Test
  void thatAFeatureIsMissingIsAReasonOfItsOwn() {
    CentreModel model =
        new CentreModel(
            new Preparation(
                List.of(
                    new Preparation.Scale("nps", 0, 10, 5, false, 5, 1),
                    new Preparation.Scale("nps", 0, 0, 0, false, null, true, 0, 1, 1))),
            List.of(new double[] {0, 1}, new double[] {1, 0}),
            List.of("silent", "content"));
    Reason reason = Reason.of(model, Map.of(), new double[] {Double.NaN, Double.NaN});
    // (1 - 0)^2 for each of the two; the share of the segment that is missing is the typical value.
    assertThat(reason.top())
        .containsExactly(
            new Reason.Feature("nps", Double.NaN, 5, 5, 6, 1),
            new Reason.Feature("nps missing", 1, 1, 0, 1));
    assertThat(reason.sentence())
        .isEqualTo(
            "silent rather than content: nps is unknown and counts as 5 (5 is typical here, 6"
                + " there), nps missing is 1 (1 is typical here, 0 there)");
  }

  @Test
  void aReasonIsSaidInTheUnitsOfTheFeatures() {
    // Prepared (2, -0.5): frequency says 9 - 0 for often, recency 6.25 - 0.25.
    Reason reason = Reason.of(SHOP, Map.of("often", "Regulars"), new double[] {30, 75});
    assertThat(reason.margin()).isCloseTo(15, within(1e-9));
    assertThat(reason.rest()).isCloseTo(0, within(1e-9));
    assertThat(reason.top())
        .containsExactly(
            new Reason.Feature("frequency", 30, 30, 0, 9),
            new Reason.Feature("recency_days", 75, 50, 200, 6));
    assertThat(reason.sentence())
        .isEqualTo(
            "Regulars rather than rare: frequency is 30 (30 is typical here, 0 there),"
                + " recency_days is 75 (50 is typical here, 200 there)");
  }

  @Test
  void whatSaysNextToNothingIsInTheRest() {
    // Prepared (2, 0.45): frequency says 9, recency 2.4025 - 2.1025, which is 3.3 % of that.
    Reason reason = Reason.of(SHOP, Map.of(), new double[] {30, 122.5});
    assertThat(reason.top()).extracting(Reason.Feature::feature).containsExactly("frequency");
    assertThat(reason.rest()).isCloseTo(0.3, within(1e-9));
    // At 0.4 it says 2.56 - 1.96, 6.7 % of 9.
    assertThat(Reason.of(SHOP, Map.of(), new double[] {30, 120}).top()).hasSize(2);
  }

  @Test
  void whatSpeaksAgainstTheSegmentIsInTheRest() {
    // Prepared (2, 1): frequency says 9, recency 1 - 4.
    Reason reason = Reason.of(SHOP, Map.of(), new double[] {30, 150});
    assertThat(reason.top()).hasSize(1);
    assertThat(reason.rest()).isCloseTo(-3, within(1e-9));
    assertThat(reason.margin()).isCloseTo(6, within(1e-9));
  }

  @Test
  void aMissingValueIsCalledUnknownBesideTheMedianThatStandsForIt() {
    assertThat(Reason.of(SHOP, Map.of(), new double[] {Double.NaN, 200}).sentence())
        .contains("frequency is unknown and counts as 2 (0 is typical here, 30 there)");
  }

  @Test
  void oneSegmentNeedsNoReason() {
    CentreModel one = new CentreModel(SHOP.preparation(), SHOP.centres(), List.of("all", "all"));
    Reason reason = Reason.of(one, Map.of(), new double[] {30, 75});
    assertThat(reason.runnerUpId()).isNull();
    assertThat(reason.margin()).isNull();
    assertThat(reason.sentence()).isEqualTo("all: there is no other segment");
  }
}
