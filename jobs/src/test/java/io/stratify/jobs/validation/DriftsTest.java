package io.stratify.jobs.validation;

import static org.assertj.core.api.Assertions.assertThat;

import io.stratify.common.tables.SegmentationValidation;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DriftsTest {
  @Test
  void decilesAreTheCutsAndTheLeastValueHasABinOfItsOwn() {
    double[] values = IntStream.rangeClosed(1, 100).asDoubleStream().toArray();
    assertThat(Drifts.cuts(values)).containsExactly(10, 20, 30, 40, 50, 60, 70, 80, 90);
    double[] zeros = IntStream.range(0, 100).mapToDouble(i -> Math.max(0, i - 49)).toArray();
    assertThat(Drifts.cuts(zeros)).containsExactly(Math.nextDown(0.0), 0, 10, 20, 30, 40);
    assertThat(Drifts.cuts(new double[] {Double.NaN})).isEmpty();
  }

  /** Half of the customers are nearly certain to be alive: a step of no importance is none here. */
  @Test
  void decilesAsGoodAsEqualAreOneBin() {
    double[] alive =
        IntStream.range(0, 1000)
            .mapToDouble(i -> i < 500 ? i / 500.0 : 0.9995 + (i - 500) * 1e-6)
            .toArray();
    double[] cuts = Drifts.cuts(alive);
    double[] moved = alive.clone();
    for (int i = 500; i < 1000; i++) {
      moved[i] -= 0.0004;
    }
    assertThat(Drifts.bins(moved, cuts)).isEqualTo(Drifts.bins(alive, cuts));
  }

  /** In November all were where nobody is now; since February nobody has moved. */
  @Test
  void onlyTheStepFromTheLatestSnapshotIsHeldAgainstTheGates() {
    Subject far = Planted.subject(Planted.FAR);
    Crowd now = Planted.around(far, Planted.FAR, 100, Planted.AS_OF, 1);
    Crowd february = Planted.of(far, now.points(), LocalDate.of(2026, 2, 1));
    Crowd november =
        Planted.around(far, List.of(new double[] {4.9, 5}), 300, LocalDate.of(2025, 11, 1), 2);
    List<Figure> figures =
        new Drifts(far, Planted.gates(), new Bootstrap(20, 1))
            .of(new Crowds(now, List.of(november, february)), "no past");
    assertThat(figures.stream().filter(Figure::decides))
        .extracting(f -> f.evidence() + " " + f.cohort() + ": " + f.value() + " " + f.verdict())
        .containsExactly(
            Drifts.FEATURES + " since 2026-02-01: 0.0 pass",
            Drifts.SHARES + " since 2026-02-01: 0.0 pass");
    Figure before = figures.get(0);
    assertThat(before.evidence() + " " + before.cohort())
        .isEqualTo(Drifts.FEATURES + " since 2025-11-01");
    assertThat(before.value()).as("beyond the gate").isGreaterThan(0.25);
    assertThat(before.verdict()).isEqualTo(SegmentationValidation.INFORMATION);
  }
}
