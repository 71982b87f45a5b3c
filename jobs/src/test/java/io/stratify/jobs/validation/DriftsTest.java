package io.stratify.jobs.validation;

import static org.assertj.core.api.Assertions.assertThat;

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
}
