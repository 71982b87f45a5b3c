package io.stratify.jobs.segments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PreparationTest {
  private static final double NO_LOG = 1e9;

  @Test
  void aQuantileIsTheSmallestValueThatTheShareDoesNotExceed() {
    double[] ten = IntStream.rangeClosed(1, 10).asDoubleStream().toArray();
    assertThat(Preparation.quantile(ten, 0)).isEqualTo(1);
    assertThat(Preparation.quantile(ten, 0.1)).isEqualTo(1);
    assertThat(Preparation.quantile(ten, 0.11)).isEqualTo(2);
    assertThat(Preparation.quantile(ten, 0.5)).isEqualTo(5);
    assertThat(Preparation.quantile(ten, 0.7)).isEqualTo(7);
    assertThat(Preparation.quantile(ten, 1)).isEqualTo(10);
  }

  @Test
  void valuesBeyondTheQuantilesArePulledInToThem() {
    double[] hundred = IntStream.rangeClosed(1, 100).asDoubleStream().toArray();
    Preparation.Scale scale = Preparation.learn("x", hundred, 0.05, NO_LOG);
    assertThat(scale.low()).isEqualTo(5);
    assertThat(scale.high()).isEqualTo(95);
    // Five times 5, 6 to 94, six times 95: (25 + 4450 + 570) / 100.
    assertThat(scale.mean()).isCloseTo(50.45, within(1e-12));
    assertThat(scale.apply(-1e6)).isEqualTo(scale.apply(5));
    assertThat(scale.apply(1e6)).isEqualTo(scale.apply(95));
  }

  @Test
  void preparedValuesHaveMeanZeroAndDeviationOne() {
    double[] values = {2, 4, 4, 4, 5, 5, 7, 9};
    // The textbook example: mean 5, squares 9 + 1 + 1 + 1 + 0 + 0 + 4 + 16 = 32, of 8 values: 2.
    Preparation.Scale scale = Preparation.learn("x", values, 0, NO_LOG);
    assertThat(scale.mean()).isEqualTo(5);
    assertThat(scale.deviation()).isEqualTo(2);
    assertThat(scale.apply(9)).isEqualTo(2);
    assertThat(scale.apply(4)).isEqualTo(-0.5);
  }

  @Test
  void skewnessIsTheThirdMoment() {
    // Mean 1, deviation sqrt(3); (3 * (-1)^3 + 3^3) / 4 = 6; 6 / sqrt(27) = 1.1547.
    assertThat(Preparation.skewness(new double[] {0, 0, 0, 4})).isCloseTo(1.1547, within(1e-4));
    assertThat(Preparation.skewness(new double[] {1, 2, 3})).isCloseTo(0, within(1e-12));
    assertThat(Preparation.skewness(new double[] {7, 7})).isZero();
  }

  @Test
  void onlySkewedFeaturesAreTakenToTheirLogarithm() {
    double[] skewed = {0, 0, 0, 4};
    assertThat(Preparation.learn("x", skewed, 0, 1.1).log()).isTrue();
    assertThat(Preparation.learn("x", skewed, 0, 1.2).log()).isFalse();
    Preparation.Scale scale = Preparation.learn("x", skewed, 0, 1);
    // log(1 + x): 0, 0, 0 and log 5; a quarter of it is the mean.
    assertThat(scale.mean()).isCloseTo(Math.log(5) / 4, within(1e-12));
  }

  @Test
  void negativeValuesHaveALogarithmToo() {
    Preparation.Scale scale = Preparation.learn("x", new double[] {-10, -10, -10, 90}, 0, 1);
    assertThat(scale.log()).isTrue();
    // The largest is log(1 + 90 + 10), the others log(1 + 0).
    assertThat(scale.mean()).isCloseTo(Math.log(101) / 4, within(1e-12));
    assertThat(scale.invert(scale.apply(-10))).isCloseTo(-10, within(1e-9));
  }

  @Test
  void invertUndoesApplyWithinTheBounds() {
    Random random = new Random(5);
    double[] money =
        DoubleStream.generate(() -> Math.exp(3 * random.nextGaussian()) - 5).limit(500).toArray();
    for (double logAboveSkew : new double[] {1, NO_LOG}) {
      Preparation.Scale scale = Preparation.learn("x", money, 0.01, logAboveSkew);
      assertThat(scale.log()).isEqualTo(logAboveSkew == 1);
      for (double value : money) {
        double within = Math.min(scale.high(), Math.max(scale.low(), value));
        assertThat(scale.invert(scale.apply(value)))
            .isCloseTo(within, within(1e-9 * Math.max(1, Math.abs(within))));
      }
    }
  }

  @Test
  void aMissingValueIsTheMedianOfThoseThatAreThere() {
    Preparation.Scale scale =
        Preparation.learn("x", new double[] {Double.NaN, 30, 10, Double.NaN, 20}, 0, NO_LOG);
    assertThat(scale.fill()).isEqualTo(20);
    assertThat(scale.apply(Double.NaN)).isEqualTo(scale.apply(20));
    assertThat(scale.mean()).as("of 20, 30, 10, 20, 20").isEqualTo(20);
    // Squares 100 + 100 over five values.
    assertThat(scale.deviation()).isCloseTo(Math.sqrt(40), within(1e-12));
  }

  @Test
  void constantFeaturesAreDropped() {
    double[] rare = new double[100];
    rare[0] = 5;
    Preparation preparation =
        Preparation.of(
            List.of(
                Preparation.learn("constant", new double[] {0.1, 0.1, 0.1}, 0, 1),
                Preparation.learn("varied", new double[] {1, 2, 3}, 0, 1),
                Preparation.learn("constant but for one in a hundred", rare, 0.01, 1),
                Preparation.learn("one value", new double[] {Double.NaN, 3, Double.NaN}, 0, 1)));
    assertThat(preparation.features()).containsExactly("varied");
  }

  @Test
  void aPointIsPreparedFeatureByFeature() {
    Preparation preparation =
        new Preparation(
            List.of(
                new Preparation.Scale("a", 0, 10, 4, false, 5, 2),
                new Preparation.Scale("b", 1, Math.E, 1, true, 0, 0.5)));
    double[] prepared = preparation.apply(new double[] {9, Double.NaN});
    assertThat(prepared).containsExactly(2, 0);
    assertThat(preparation.invert(prepared)).containsExactly(9, 1);
    assertThat(Arrays.toString(preparation.apply(new double[] {Double.NaN, 99})))
        .isEqualTo(Arrays.toString(new double[] {-0.5, Math.log1p(Math.E - 1) / 0.5}));
  }
}
