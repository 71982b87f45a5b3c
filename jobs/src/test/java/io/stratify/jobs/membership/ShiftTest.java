package io.stratify.jobs.membership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.stratify.jobs.segments.CentreModel;
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
