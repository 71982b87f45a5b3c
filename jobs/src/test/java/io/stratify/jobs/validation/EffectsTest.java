package io.stratify.jobs.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.inference.ChiSquareTest;
import org.apache.commons.math3.stat.inference.OneWayAnova;
import org.apache.commons.math3.stat.ranking.NaturalRanking;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class EffectsTest {
  private static final Offset<Double> ROUNDING = within(1e-12);

  @Test
  void etaSquaredIsTheShareBetweenTheSegments() {
    // Means 5, 9 and 10, overall 8: between 6 * (9 + 1 + 4) = 84; within 16 + 24 + 28 = 68.
    // F = (84 / 2) / (68 / 15) = 9.26. With 2 degrees above, the tail is (68 / 152) ^ (15 / 2).
    Effect effect =
        anova(groups(r(6, 8, 4, 5, 3, 4), r(8, 12, 9, 11, 6, 8), r(13, 9, 11, 8, 7, 12)));
    assertThat(effect.size()).isCloseTo(84 / 152.0, ROUNDING);
    assertThat(effect.p()).isCloseTo(Math.pow(68 / 152.0, 7.5), ROUNDING);
    assertThat(effect.p()).isCloseTo(0.0024, within(5e-5));
  }

  @Test
  void anovaAgreesWithMcDonaldsMussels() {
    // Handbook of Biological Statistics: F = 7.1210 with 4 and 34 degrees, p = 0.00028.
    Effect effect =
        anova(
            groups(
                r(.0571, .0813, .0831, .0976, .0817, .0859, .0735, .0659, .0923, .0836),
                r(.0873, .0662, .0672, .0819, .0749, .0649, .0835, .0725),
                r(.0974, .1352, .0817, .1016, .0968, .1064, .105),
                r(.1033, .0915, .0781, .0685, .0677, .0697, .0764, .0689),
                r(.0703, .1026, .0956, .0973, .1039, .1045)));
    assertThat(effect.size()).isCloseTo(4 * 7.1210194716 / (4 * 7.1210194716 + 34), within(1e-9));
    assertThat(effect.p()).isCloseTo(0.00028122423, within(1e-10));
  }

  @Test
  void anovaAgreesWithCommonsMath() {
    Random random = new Random(1);
    for (int seed = 0; seed < 20; seed++) {
      double[][] samples =
          IntStream.range(2, 6)
              .mapToObj(n -> random.doubles(3L * n, 0, 10 + n).toArray())
              .toArray(double[][]::new);
      double f = new OneWayAnova().anovaFValue(Arrays.asList(samples));
      Effect effect = anova(groups(samples));
      int n = Arrays.stream(samples).mapToInt(s -> s.length).sum();
      assertThat(effect.size()).isCloseTo(f * 3 / (f * 3 + n - 4), within(1e-9));
      assertThat(effect.p())
          .isCloseTo(new OneWayAnova().anovaPValue(Arrays.asList(samples)), within(1e-9));
    }
  }

  @Test
  void whereTheSegmentDeterminesTheOutcomeTheEffectIsOne() {
    assertThat(anova(groups(r(1, 1), r(2, 2), r(4, 4)))).isEqualTo(new Effect(1, 0));
  }

  @Test
  void whereTheMeansAreTheSameThereIsNoEffect() {
    assertThat(anova(groups(r(1, 3), r(0, 4)))).isEqualTo(new Effect(0, 1));
  }

  @Test
  void anOffsetDoesNotDrownTheEffect() {
    Effect effect = anova(groups(r(1e9 + 1, 1e9 + 2), r(1e9 + 3, 1e9 + 4)));
    // Between 4 * 1, within 4 * 0.25.
    assertThat(effect.size()).isCloseTo(0.8, ROUNDING);
  }

  @Test
  void aTinyProbabilityIsNotRoundedToZero() {
    // Three segments, means 0, 1 and 2 and noise of -3 or 3: between 2/3 of n,
    // within 9 n, so that p = (9 / (9 + 2/3)) ^ ((n - 3) / 2); for n = 3,000 that is 3e-47.
    Data small = threeMeans(3_000);
    double exponent = (3_000 - 3) / 2.0;
    assertThat(anova(small).p() / Math.pow(9 / (9 + 2 / 3.0), exponent)).isCloseTo(1, within(1e-9));
    Effect large = anova(threeMeans(99_996));
    assertThat(large.size()).isCloseTo(2 / 29.0, ROUNDING);
    assertThat(large.p()).isEqualTo(0);
  }

  @Test
  void underNoEffectPValuesAreUniform() {
    Random random = new Random(2);
    int below = 0;
    for (int seed = 0; seed < 2_000; seed++) {
      double[] value = random.doubles(60).toArray();
      below += anova(new Data(value, random.ints(60, 0, 3).toArray(), 3)).p() < 0.1 ? 1 : 0;
    }
    // 200 expected, with a deviation of 13.4.
    assertThat(below).isBetween(200 - 54, 200 + 54);
  }

  @Test
  void chiSquaredAgreesWithFleissSmokers() {
    // Fleiss (1981), as in R's prop.test: X-squared = 12.6004 with 3 degrees, p = 0.005585.
    Effect effect = chiSquared(counts(new int[] {83, 90, 129, 70}, new int[] {86, 93, 136, 82}));
    assertThat(effect.size()).isCloseTo(Math.sqrt(12.6004 / 397), within(1e-6));
    assertThat(effect.p()).isCloseTo(0.005585, within(5e-7));
  }

  @Test
  void chiSquaredByHandAndItsExponentialTail() {
    // 10 of 30, 10 of 30 and 20 of 40: expected 12, 12 and 16 who did and 18, 18 and 24 who did
    // not. 4/12 + 4/12 + 16/16 + 4/18 + 4/18 + 16/24 = 2.7778; with 2 degrees p = exp(-X / 2).
    Effect effect = chiSquared(counts(new int[] {10, 10, 20}, new int[] {30, 30, 40}));
    double statistic = 8 / 12.0 + 1 + 8 / 18.0 + 16 / 24.0;
    assertThat(effect.size()).isCloseTo(Math.sqrt(statistic / 100), ROUNDING);
    assertThat(effect.p()).isCloseTo(Math.exp(-statistic / 2), ROUNDING);
    // None of 100, none of 100 and all of 100: X-squared is 300.
    Effect all = chiSquared(counts(new int[] {0, 0, 100}, new int[] {100, 100, 100}));
    assertThat(all.size()).isEqualTo(1);
    assertThat(all.p() / Math.exp(-150)).isCloseTo(1, within(1e-9));
  }

  @Test
  void chiSquaredAgreesWithCommonsMath() {
    Random random = new Random(3);
    for (int seed = 0; seed < 20; seed++) {
      int[] did = random.ints(5, 1, 40).toArray();
      int[] not = random.ints(5, 1, 40).toArray();
      long[][] table = {
        Arrays.stream(did).asLongStream().toArray(), Arrays.stream(not).asLongStream().toArray()
      };
      int[] size = IntStream.range(0, 5).map(c -> did[c] + not[c]).toArray();
      double chiSquare = new ChiSquareTest().chiSquare(table);
      Effect effect = chiSquared(counts(did, size));
      assertThat(effect.size() * effect.size() * IntStream.of(size).sum())
          .isCloseTo(chiSquare, within(1e-9));
      assertThat(effect.p()).isCloseTo(new ChiSquareTest().chiSquareTest(table), within(1e-9));
    }
  }

  @Test
  void kruskalWallisAgreesWithHollanderAndWolfe() {
    // Mucociliary efficiency, as in R's kruskal.test: H = 0.77143 with 2 degrees, p = 0.68.
    Effect effect =
        kruskalWallis(
            groups(r(2.9, 3.0, 2.5, 2.6, 3.2), r(3.8, 2.7, 4.0, 2.4), r(2.8, 3.4, 3.7, 2.2, 2.0)));
    assertThat(effect.size() * 13).isCloseTo(0.77143, within(5e-6));
    assertThat(effect.p()).isCloseTo(0.68, within(5e-4));
  }

  @Test
  void kruskalWallisByHand() {
    // Odd ranks sum to 25 and even ones to 30: 12 / (10 * 11) * (625 + 900) / 5 - 3 * 11 = 0.2727.
    Effect effect = kruskalWallis(groups(r(1, 3, 5, 7, 9), r(2, 4, 6, 8, 10)));
    assertThat(effect.size()).isCloseTo((12 / 110.0 * 305 - 33) / 9, ROUNDING);
    assertThat(effect.p()).isCloseTo(0.6015081344, within(1e-9));
  }

  @Test
  void kruskalWallisCorrectsForTies() {
    // Ranks 2 2 2, 6 6 6 and 6 6: 12 / 72 * (36 / 3 + 324 / 3 + 144 / 2) - 27 = 5; the ties of 3
    // and of 5 leave 1 - (24 + 120) / (512 - 8) = 5 / 7. H = 7 of at most n - 1 = 7.
    Effect effect = kruskalWallis(groups(r(1, 1, 1), r(2, 2, 2), r(2, 2)));
    assertThat(effect.size()).isCloseTo(1, ROUNDING);
    assertThat(effect.p()).isCloseTo(Math.exp(-3.5), ROUNDING);
  }

  @Test
  void kruskalWallisIsTheFormulaOfThePaper() {
    Random random = new Random(4);
    for (int seed = 0; seed < 20; seed++) {
      double[] value = random.ints(80, 0, 12).asDoubleStream().toArray();
      Data data = new Data(value, random.ints(80, 0, 4).toArray(), 4);
      assertThat(kruskalWallis(data).size() * 79).isCloseTo(h(data), within(1e-9));
    }
  }

  @Test
  void onlyTheOrderCountsForKruskalWallis() {
    Data data = groups(r(1, 2, 7), r(3, 8, 9), r(4, 10, 11));
    double[] stretched = Arrays.stream(data.value).map(Math::exp).toArray();
    assertThat(kruskalWallis(new Data(stretched, data.label, 3))).isEqualTo(kruskalWallis(data));
    assertThat(anova(new Data(stretched, data.label, 3)).size())
        .isNotCloseTo(anova(data).size(), within(0.01));
  }

  @Test
  void whatHappenedOrNotHasTheSameEffectInAllTests() {
    Data data = counts(new int[] {10, 10, 20}, new int[] {30, 30, 40});
    double v = chiSquared(data).size();
    assertThat(v * v).isCloseTo(anova(data).size(), ROUNDING);
    assertThat(v * v).isCloseTo(kruskalWallis(data).size(), ROUNDING);
  }

  @Test
  void segmentsWithoutCustomersDoNotCount() {
    double[] value = {1, 2, 3, 5, 5, 9};
    Data close = new Data(value, new int[] {0, 0, 0, 1, 1, 1}, 2);
    Data apart = new Data(value, new int[] {1, 1, 1, 4, 4, 4}, 6);
    assertThat(anova(apart)).isEqualTo(anova(close));
    assertThat(kruskalWallis(apart)).isEqualTo(kruskalWallis(close));
    assertThat(chiSquared(apart)).isEqualTo(chiSquared(close));
  }

  @Test
  void oneSegmentIsNotMeasurable() {
    notMeasurable(
        new Data(r(1, 2, 3), new int[] {1, 1, 1}, 3),
        "fewer than 2 segments have customers with this outcome");
    notMeasurable(
        new Data(r(), new int[0], 3), "fewer than 2 segments have customers with this outcome");
  }

  @Test
  void everyoneAloneIsNotMeasurable() {
    notMeasurable(groups(r(1), r(2), r(3)), "3 customers in 3 segments are too few");
  }

  @Test
  void whatIsTheSameForEverybodyIsNotMeasurable() {
    // The mean of seven times 0.1 is not 0.1.
    notMeasurable(
        groups(r(.1, .1, .1), r(.1, .1, .1, .1)), "the outcome is the same for everybody");
    // Squares too small for a number leave nothing to divide by.
    assertThat(Effects.anova(r(0, 0, 1e-200, 1e-200), new int[] {0, 0, 1, 1}, 2).notMeasurable())
        .isEqualTo("the outcome is the same for everybody");
  }

  @Test
  void anOutcomeThatIsNoNumberIsNotMeasurable() {
    String reason = "the outcome is not a finite number for somebody";
    for (double value : r(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY)) {
      Data data = groups(r(1, value), r(2, 3));
      assertThat(Effects.anova(data.value, data.label, 2).notMeasurable()).isEqualTo(reason);
      assertThat(Effects.kruskalWallis(data.value, data.label, 2).notMeasurable())
          .isEqualTo(reason);
      assertThat(Effects.etaSquared(data.value, data.label, 2)).isNaN();
    }
  }

  @Test
  void customersWithoutASegmentAreRefused() {
    assertThatThrownBy(() -> Effects.anova(r(1, 2, 3), new int[] {0, 1}, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Cannot compare segments: 3 customers have an outcome and 2 a segment;"
                + " both must be of the same customers");
  }

  @Test
  void aTestHasEitherAnEffectOrAReason() {
    assertThatThrownBy(() -> new Tested(null, null)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Tested(new Effect(0, 1), "too few"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** The outcome and the segment of each customer. */
  private static final class Data {
    private final double[] value;
    private final int[] label;
    private final int k;

    private Data(double[] value, int[] label, int k) {
      this.value = value;
      this.label = label;
      this.k = k;
    }

    private boolean[] happened() {
      boolean[] happened = new boolean[value.length];
      for (int i = 0; i < value.length; i++) {
        happened[i] = value[i] == 1;
      }
      return happened;
    }
  }

  private static Effect anova(Data data) {
    Effect effect = Effects.anova(data.value, data.label, data.k).effect();
    assertThat(Effects.etaSquared(data.value, data.label, data.k)).isEqualTo(effect.size());
    return effect;
  }

  private static Effect chiSquared(Data data) {
    return Effects.chiSquared(data.happened(), data.label, data.k).effect();
  }

  private static Effect kruskalWallis(Data data) {
    return Effects.kruskalWallis(data.value, data.label, data.k).effect();
  }

  private static void notMeasurable(Data data, String reason) {
    Tested expected = Tested.notMeasurable(reason);
    assertThat(Effects.anova(data.value, data.label, data.k)).isEqualTo(expected);
    assertThat(Effects.kruskalWallis(data.value, data.label, data.k)).isEqualTo(expected);
    assertThat(Effects.etaSquared(data.value, data.label, data.k)).isNaN();
    assertThat(Effects.chiSquared(data.happened(), data.label, data.k)).isEqualTo(expected);
  }

  private static Data groups(double[]... groups) {
    int[] label =
        IntStream.range(0, groups.length)
            .flatMap(c -> Arrays.stream(groups[c]).mapToInt(v -> c))
            .toArray();
    return new Data(
        Arrays.stream(groups).flatMapToDouble(Arrays::stream).toArray(), label, groups.length);
  }

  /** Segments of which so many of so many did it. */
  private static Data counts(int[] did, int[] of) {
    return groups(
        IntStream.range(0, did.length)
            .mapToObj(c -> IntStream.range(0, of[c]).mapToDouble(i -> i < did[c] ? 1 : 0).toArray())
            .toArray(double[][]::new));
  }

  private static Data threeMeans(int n) {
    return groups(
        IntStream.range(0, 3)
            .mapToObj(
                c -> IntStream.range(0, n / 3).mapToDouble(i -> c + (i % 2) * 6 - 3).toArray())
            .toArray(double[][]::new));
  }

  /** H over one less the share of ties (Kruskal and Wallis 1952), as printed. */
  private static double h(Data data) {
    double n = data.value.length;
    double[] ranks = new NaturalRanking().rank(data.value);
    double sum = 0;
    for (int c = 0; c < data.k; c++) {
      int group = c;
      double[] own =
          IntStream.range(0, ranks.length)
              .filter(i -> data.label[i] == group)
              .mapToDouble(i -> ranks[i])
              .toArray();
      sum += Math.pow(DoubleStream.of(own).sum(), 2) / own.length;
    }
    double ties =
        DoubleStream.of(data.value)
            .distinct()
            .map(v -> DoubleStream.of(data.value).filter(w -> w == v).count())
            .map(t -> t * t * t - t)
            .sum();
    return (12 / (n * (n + 1)) * sum - 3 * (n + 1)) / (1 - ties / (n * n * n - n));
  }

  private static double[] r(double... values) {
    return values;
  }
}
