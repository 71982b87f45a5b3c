package io.stratify.jobs.segments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.stratify.common.config.PreparationConfig;
import io.stratify.jobs.Defaults;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PreparationTest {
  private static final double NO_LOG = 1e9;

  private final List<String> leftOut = new ArrayList<>();

  @Test
  void aQuantileIsTheSmallestValueThatTheShareDoesNotExceed() {
    double[] ten = IntStream.rangeClosed(1, 10).asDoubleStream().toArray();
    assertThat(SampleFigures.quantile(ten, 0)).isEqualTo(1);
    assertThat(SampleFigures.quantile(ten, 0.1)).isEqualTo(1);
    assertThat(SampleFigures.quantile(ten, 0.11)).isEqualTo(2);
    assertThat(SampleFigures.quantile(ten, 0.5)).isEqualTo(5);
    assertThat(SampleFigures.quantile(ten, 0.7)).isEqualTo(7);
    assertThat(SampleFigures.quantile(ten, 1)).isEqualTo(10);
  }

  @Test
  void valuesBeyondTheQuantilesArePulledInToThem() {
    double[] hundred = IntStream.rangeClosed(1, 100).asDoubleStream().toArray();
    Preparation.Scale scale = learn(hundred, 0.05, NO_LOG);
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
    Preparation.Scale scale = learn(values, 0, NO_LOG);
    assertThat(scale.mean()).isEqualTo(5);
    assertThat(scale.deviation()).isEqualTo(2);
    assertThat(scale.apply(9)).isEqualTo(2);
    assertThat(scale.apply(4)).isEqualTo(-0.5);
  }

  @Test
  void skewnessIsTheThirdMoment() {
    // Mean 1, deviation sqrt(3); (3 * (-1)^3 + 3^3) / 4 = 6; 6 / sqrt(27) = 1.1547.
    assertThat(SampleFigures.skewness(new double[] {0, 0, 0, 4})).isCloseTo(1.1547, within(1e-4));
    assertThat(SampleFigures.skewness(new double[] {1, 2, 3})).isCloseTo(0, within(1e-12));
    assertThat(SampleFigures.skewness(new double[] {7, 7})).isZero();
  }

  @Test
  void onlySkewedFeaturesAreTakenToTheirLogarithm() {
    double[] skewed = {0, 0, 0, 4};
    assertThat(learn(skewed, 0, 1.1).log()).isTrue();
    assertThat(learn(skewed, 0, 1.2).log()).isFalse();
    Preparation.Scale scale = learn(skewed, 0, 1);
    // log(1 + x): 0, 0, 0 and log 5; a quarter of it is the mean.
    assertThat(scale.mean()).isCloseTo(Math.log(5) / 4, within(1e-12));
  }

  @Test
  void negativeValuesHaveALogarithmToo() {
    Preparation.Scale scale = learn(new double[] {-10, -10, -10, 90}, 0, 1);
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
      Preparation.Scale scale = learn(money, 0.01, logAboveSkew);
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
    Preparation.Scale scale = learn(new double[] {Double.NaN, 30, 10, Double.NaN, 20}, 0, NO_LOG);
    assertThat(scale.fill()).isEqualTo(20);
    assertThat(scale.apply(Double.NaN)).isEqualTo(scale.apply(20));
    assertThat(scale.mean()).as("of 20, 30, 10, 20, 20").isEqualTo(20);
    // Squares 100 + 100 over five values.
    assertThat(scale.deviation()).isCloseTo(Math.sqrt(40), within(1e-12));
  }

  @Test
  void emptyConstantAndNearlyConstantFeaturesAreDroppedAndSaidSo() {
    double[] rare = new double[1000];
    Arrays.fill(rare, 0, 5, 5);
    double[] varied = IntStream.range(0, 1000).asDoubleStream().toArray();
    double[] constant = new double[1000];
    Arrays.fill(constant, 0.1);
    double[] empty = new double[1000];
    Arrays.fill(empty, Double.NaN);
    Preparation preparation =
        prepare(
            config("winsorise", "0"), List.of("a", "b", "c", "d"), constant, varied, rare, empty);
    assertThat(preparation.features()).containsExactly("b");
    assertThat(leftOut)
        .containsExactly(
            "a: it is constant",
            "c: 99.5 % of the customers have the same value, more than"
                + " segments.behaviour.same-above = 0.99",
            "d: nobody has a value (it comes from features.custom)");
  }

  @Test
  void aFeatureThatIsNearlyAnotherIsDroppedAndSaidSo() {
    double[] x = IntStream.range(0, 100).asDoubleStream().toArray();
    double[] opposite = Arrays.stream(x).map(v -> 7 - 2 * v).toArray();
    double[] other = new Random(1).doubles(100).toArray();
    assertThat(prepare(config(), List.of("a", "b", "c"), x, opposite, other).features())
        .containsExactly("a", "c");
    assertThat(leftOut)
        .containsExactly(
            "b: its correlation with a is -1.000, beyond segments.behaviour.max-correlation ="
                + " 0.98");
  }

  @Test
  void thatManyAreMissingIsAFeatureOfItsOwn() {
    double nan = Double.NaN;
    double[] some = {nan, 1, 2, 3, nan, nan, 6, 7, 8, 9};
    Preparation preparation = prepare(config("indicator-above", "0.2"), List.of("a"), some);
    assertThat(preparation.features()).containsExactly("a", "a");
    assertThat(preparation.scales())
        .extracting(Preparation.Scale::missing)
        .containsExactly(false, true);
    // Three of ten: mean 0.3 and deviation sqrt(0.21).
    double[] gone = preparation.apply(new double[] {nan, nan});
    assertThat(gone[1]).isCloseTo(0.7 / Math.sqrt(0.21), within(1e-12));
    assertThat(preparation.invert(gone)[1]).isCloseTo(1, within(1e-12));
    assertThat(preparation.apply(new double[] {3, 3})[1])
        .isCloseTo(-0.3 / Math.sqrt(0.21), within(1e-12));
    assertThat(prepare(config("indicator-above", "0.3"), List.of("a"), some).features())
        .as("three of ten are not more than 0.3")
        .containsExactly("a");
  }

  @Test
  void infiniteValuesCountAsMissingAndAreSaid() {
    double[] values = {1, 2, 3, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY};
    Preparation preparation = prepare(config("winsorise", "0"), List.of("a"), values);
    assertThat(leftOut)
        .containsExactly("2 infinite values of a, which count as missing. Correct its SQL");
    Preparation.Scale scale = preparation.scales().get(0);
    assertThat(scale.high()).isEqualTo(3);
    assertThat(scale.apply(Double.POSITIVE_INFINITY)).isEqualTo(scale.apply(2)).isFinite();
  }

  @Test
  void thePowerOfYeoAndJohnsonUndoesSkewness() {
    Random random = new Random(3);
    double[] skewed =
        DoubleStream.generate(() -> Math.exp(random.nextGaussian()) - 3).limit(2000).toArray();
    Preparation preparation =
        prepare(config("skewed", "yeo-johnson", "winsorise", "0"), List.of("a"), skewed);
    Preparation.Scale scale = preparation.scales().get(0);
    assertThat(scale.power()).isNotNull();
    double[] prepared = Arrays.stream(skewed).map(scale::apply).toArray();
    assertThat(Math.abs(SampleFigures.skewness(prepared)))
        .isLessThan(SampleFigures.skewness(skewed) / 5);
    for (double value : skewed) {
      assertThat(scale.invert(scale.apply(value))).isCloseTo(value, within(1e-7));
    }
  }

  @Test
  void valuesThatEveryPowerWouldMakeAlikeAreLeftAsTheyAre() {
    // Skewed, and within 1e-10 of their size of one another.
    double[] narrow = IntStream.range(0, 100).mapToDouble(i -> 1e12 + i * i / 100.0).toArray();
    Preparation preparation =
        prepare(config("skewed", "yeo-johnson", "log-above-skew", "0.5"), List.of("a"), narrow);
    assertThat(preparation.features()).containsExactly("a");
    assertThat(preparation.scales().get(0).power()).isEqualTo(1);
  }

  @Test
  void thePowersOfYeoAndJohnsonAreThoseOfThePaper() {
    // (x + 1)^2 / 2 - 1/2 for power 2; the logarithm for power 0; -((1 - x)^2 - 1) / 2 at power 0.
    assertThat(YeoJohnson.apply(3, 2)).isCloseTo(7.5, within(1e-12));
    assertThat(YeoJohnson.apply(3, 0)).isCloseTo(Math.log(4), within(1e-12));
    assertThat(YeoJohnson.apply(-3, 0)).isCloseTo(-7.5, within(1e-12));
    assertThat(YeoJohnson.apply(-3, 2)).isCloseTo(-Math.log(4), within(1e-12));
    for (double power : new double[] {-2, 0, 0.5, 1, 2, 3}) {
      for (double x : new double[] {-3, -0.1, 0, 0.1, 3}) {
        assertThat(YeoJohnson.invert(YeoJohnson.apply(x, power), power)).isCloseTo(x, within(1e-9));
      }
    }
  }

  @Test
  void withoutScalingTheUnitsStay() {
    Preparation preparation =
        new PreparationLearner(
                config("scaling", "none", "winsorise", "0", "skewed", "none"), why -> {})
            .learn(
                List.of("recency_days"),
                new Sample(List.of(new double[] {10}, new double[] {20}, new double[] {60}), true));
    // The mean is 30.
    assertThat(preparation.apply(new double[] {60})).containsExactly(30);
  }

  @Test
  void robustScalingIsByMedianAndQuartiles() {
    Preparation.Scale scale = robust(1, 2, 3, 4, 1000);
    assertThat(scale.mean()).isEqualTo(3);
    assertThat(scale.deviation()).isCloseTo((4 - 2) / 1.349, within(1e-12));
  }

  @Test
  void robustScalingIsOfTheValuesThatAreKnown() {
    double nan = Double.NaN;
    Preparation.Scale scale = robust(1, 2, 3, 4, 1000, nan, nan, nan, nan, nan, nan, nan);
    assertThat(scale.mean()).isEqualTo(3);
    assertThat(scale.deviation()).isCloseTo((4 - 2) / 1.349, within(1e-12));
  }

  private Preparation.Scale robust(double... values) {
    return prepare(
            config("scaling", "robust", "winsorise", "0", "skewed", "none"), List.of("a"), values)
        .scales()
        .get(0);
  }

  @Test
  void aGroupOfWeightFourIsTwiceAsFarApart() {
    double[] values = {2, 4, 4, 4, 5, 5, 7, 9};
    Preparation plain = prepare(config("winsorise", "0"), List.of("frequency"), values);
    Preparation heavy =
        prepare(config("winsorise", "0", "weights.rfm", "4"), List.of("frequency"), values);
    assertThat(heavy.apply(new double[] {9})[0]).isEqualTo(2 * plain.apply(new double[] {9})[0]);
    assertThat(heavy.invert(heavy.apply(new double[] {9}))[0]).isCloseTo(9, within(1e-12));
    assertThat(heavy.unweighted(heavy.apply(new double[] {9}))[0]).isEqualTo(2);
  }

  @Test
  void aPowerLeavesLargeValuesApartThatAreNearOneAnother() {
    // Any power below 0 would make one value of all of them: the likeliest, but for rounding.
    double[] near =
        IntStream.range(0, 200).mapToDouble(i -> 1e8 + i % 7 + 40 * (i % 50 / 49)).toArray();
    assertThat(SampleFigures.skewness(near)).isGreaterThan(2);
    Preparation prepared =
        prepare(config("skewed", "yeo-johnson", "log-above-skew", "1"), List.of("x"), near);
    assertThat(leftOut).isEmpty();
    assertThat(prepared.scales().get(0).apply(1e8 + 6) - prepared.scales().get(0).apply(1e8))
        .isGreaterThan(0.1);
  }

  @Test
  void quartilesThatDifferByRoundingSayNothing() {
    double[] values = new double[100];
    Arrays.fill(values, 0.3);
    Arrays.fill(values, 0, 30, 0.1 + 0.2);
    Arrays.fill(values, 90, 100, 1);
    Preparation prepared =
        prepare(
            config("scaling", "robust", "winsorise", "0", "log-above-skew", "1e9"),
            List.of("x"),
            values);
    // A tenth at 1, the rest at 0.3: the deviation is 0.7 * sqrt(0.1 * 0.9).
    assertThat(prepared.scales().get(0).deviation()).isCloseTo(0.21, within(1e-9));
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

  private static PreparationConfig config(String... sets) {
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i < sets.length; i += 2) {
      values.put("segments.behaviour." + sets[i], sets[i + 1]);
    }
    return Defaults.config(values).segments().behaviour().preparation();
  }

  private static Preparation.Scale learn(double[] values, double winsorise, double logAboveSkew) {
    return new PreparationLearner(
            config(
                "winsorise",
                String.valueOf(winsorise),
                "log-above-skew",
                String.valueOf(logAboveSkew),
                "same-above",
                "1"),
            why -> {})
        .learn(List.of("x"), sample(values))
        .scales()
        .get(0);
  }

  private Preparation prepare(PreparationConfig config, List<String> names, double[]... columns) {
    return new PreparationLearner(config, leftOut::add).learn(names, sample(columns));
  }

  private static Sample sample(double[]... columns) {
    List<double[]> points = new ArrayList<>();
    for (int i = 0; i < columns[0].length; i++) {
      int row = i;
      points.add(Arrays.stream(columns).mapToDouble(c -> c[row]).toArray());
    }
    return new Sample(points, true);
  }
}
