package io.stratify.jobs.membership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.stratify.jobs.segments.CentreModel;
import io.stratify.jobs.segments.MixtureModel;
import io.stratify.jobs.segments.Preparation;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ShiftTest {
  @Test
  void thePartsAddUpToWhatTheMarginChangedBy() {
    for (int seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      CentreModel old = Models.random(random, 4);
      CentreModel now = Models.random(random, 5);
      for (int i = 0; i < 20; i++) {
        double[] was = Models.customer(random);
        double[] is = Models.customer(random);
        boolean merged = random.nextBoolean();
        Shift shift = Shift.of(old, now, "s1", "s3", was, is, is, merged);
        double own = Models.margin(old, is, "s3", "s1") - Models.margin(old, was, "s3", "s1");
        double refit = Models.margin(now, is, "s3", "s1") - Models.margin(old, is, "s3", "s1");
        double total = Models.margin(now, is, "s3", "s1") - Models.margin(old, was, "s3", "s1");
        assertThat(shift.segment()).isCloseTo(refit, within(1e-9));
        assertThat(merged ? shift.identity() : shift.customer()).isCloseTo(own, within(1e-9));
        assertThat(merged ? shift.customer() : shift.identity()).isZero();
        assertThat(shift.total()).isCloseTo(total, within(1e-9));
        assertThat(shift.features().stream().mapToDouble(Shift.Feature::contribution).sum())
            .isCloseTo(shift.customer() + shift.identity(), within(1e-9));
      }
    }
  }

  @Test
  void withoutARefitEverythingIsTheCustomersOwn() {
    Random random = new Random(3);
    CentreModel model = Models.random(random, 4);
    for (int i = 0; i < 100; i++) {
      double[] is = Models.customer(random);
      Shift shift = Shift.of(model, model, "s0", "s1", Models.customer(random), is, is, false);
      assertThat(shift.segment()).isCloseTo(0, within(1e-9));
      assertThat(shift.identity()).isZero();
    }
  }

  @Test
  void whoDidNotChangeWasMovedByTheRefit() {
    Random random = new Random(4);
    CentreModel old = Models.random(random, 4);
    CentreModel now = Models.random(random, 4);
    double[] same = Models.customer(random);
    Shift shift = Shift.of(old, now, "s0", "s1", same, same, same, false);
    assertThat(shift.customer()).isZero();
    assertThat(shift.features()).isEmpty();
    assertThat(shift.total()).isEqualTo(shift.segment());
  }

  @Test
  void theWeightsOfAMixtureAreTheRefitsPart() {
    // From ln(0.5 / 0.5) to ln(0.2 / 0.8) = -ln 4 by the refit; from 1 to 3, between means of 0 and
    // 4, by the customer: ((3 - 0)^2 - (3 - 4)^2) / 2 - ((1 - 0)^2 - (1 - 4)^2) / 2 = 4 + 4.
    Shift shift =
        Shift.of(
            mixture(0.5),
            mixture(0.8),
            "a",
            "b",
            new double[] {1},
            new double[] {3},
            new double[] {3},
            false);
    assertThat(shift.measure()).isEqualTo("log odds");
    assertThat(shift.customer()).isCloseTo(8, within(1e-12));
    assertThat(shift.segment()).isCloseTo(-Math.log(4), within(1e-12));
    assertThat(shift.features()).containsExactly(new Shift.Feature("orders", 1, 3, 8.0));
  }

  @Test
  void distancesAndOddsAreNotSubtracted() {
    double[] x = {1};
    CentreModel centres =
        new CentreModel(
            mixture(0.5).preparation(), mixture(0.5).means(), mixture(0.5).segmentIds());
    assertThat(Shift.of(centres, mixture(0.5), "a", "b", x, x, x, false)).isNull();
  }

  private static MixtureModel mixture(double first) {
    return new MixtureModel(
        new Preparation(List.of(new Preparation.Scale("orders", -100, 100, 0, false, 0, 1))),
        List.of(Math.log(first), Math.log(1 - first)),
        List.of(new double[] {0}, new double[] {4}),
        List.of(new double[][] {{1}}, new double[][] {{1}}),
        List.of("a", "b"));
  }

  @Test
  void aSegmentThatIsInOneOfTheModelsOnlyHasNoMargin() {
    Random random = new Random(5);
    CentreModel old = Models.random(random, 3);
    CentreModel now = Models.random(random, 4);
    double[] x = Models.customer(random);
    assertThat(Shift.of(old, now, "s0", "s3", x, x, x, false)).isNull();
    assertThat(Shift.of(now, old, "s3", "s0", x, x, x, false)).isNull();
  }

  @Test
  void shiftsByRulesAreCountedForOneOfTheParts() {
    List<String> rule = List.of("r_score", "f_score");
    double[] was = {5, 3};
    double[] is = {2, 3};
    assertThat(Shift.counted(true, rule, was, is, false))
        .isEqualTo(new Shift("shift", 1, 0, 0, List.of(new Shift.Feature("r_score", 5, 2, null))));
    assertThat(Shift.counted(true, rule, was, is, true).identity()).isEqualTo(1);
    Shift refit = Shift.counted(false, rule, was, was, true);
    assertThat(refit.segment()).isEqualTo(1);
    assertThat(refit.total()).isEqualTo(1);
    assertThat(refit.features()).isEmpty();
  }
}
