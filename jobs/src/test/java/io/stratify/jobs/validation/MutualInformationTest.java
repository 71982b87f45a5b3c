package io.stratify.jobs.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.HypergeometricDistribution;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;
import org.junit.jupiter.api.Test;

class MutualInformationTest {
  private static final double LN2 = Math.log(2);

  /** The example of scikit-learn's own tests, whose labels start at 1. */
  private static final int[] A = {0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2};

  private static final int[] B = {0, 0, 0, 0, 1, 0, 1, 1, 1, 1, 2, 0, 2, 2, 2, 1, 1};

  @Test
  void theFiguresAreThoseOfScikitLearn() {
    Crosstab counts = Crosstab.of(A, B);
    assertThat(MutualInformation.observed(counts)).isCloseTo(0.41022, within(5e-6));
    assertThat(MutualInformation.expected(counts)).isCloseTo(0.15042, within(5e-6));
    assertThat(Agreement.mutualInformation(A, B)).isCloseTo(0.27821, within(5e-6));
    assertThat(Agreement.mutualInformation(repeated(A, 110), repeated(B, 110)))
        .isCloseTo(0.38, within(5e-3));
  }

  @Test
  void itIsOneForTheSameDivisionUnderOtherNames() {
    int[] renamed = Arrays.stream(A).map(c -> 2 * (2 - c)).toArray();
    assertThat(Agreement.mutualInformation(A, renamed)).isEqualTo(1);
    assertThat(Agreement.mutualInformation(new int[] {0, 1, 2}, new int[] {2, 0, 1})).isEqualTo(1);
    assertThat(Agreement.mutualInformation(new int[5], new int[] {3, 3, 3, 3, 3})).isEqualTo(1);
  }

  @Test
  void oneClusterTellsNothingAboutSeveral() {
    assertThat(Agreement.mutualInformation(new int[4], new int[] {0, 1, 2, 3})).isEqualTo(0);
    assertThat(Agreement.mutualInformation(new int[] {0, 1, 1, 1}, new int[4])).isEqualTo(0);
  }

  @Test
  void pointsAloneTellNoMoreThanByChance() {
    assertThat(Agreement.mutualInformation(new int[] {0, 1, 2, 3}, new int[] {0, 0, 1, 1}))
        .isCloseTo(0, within(1e-15));
  }

  @Test
  void noPointsCannotBeMeasured() {
    assertThat(Agreement.mutualInformation(new int[0], new int[0])).isNaN();
  }

  @Test
  void agreesWithHandCalculations() {
    // Of the 6 ways to choose two points of four, 2 give the same pairs (ln 2) and 4 give crossed
    // ones (0): expected ln 2 / 3. Crossed: (0 - 1/3) / (1 - 1/3).
    assertThat(MutualInformation.expected(Crosstab.of(labels("0011"), labels("0011"))))
        .isCloseTo(LN2 / 3, within(1e-15));
    assertThat(Agreement.mutualInformation(labels("0011"), labels("0101")))
        .isCloseTo(-0.5, within(1e-14));
    // A pair and two alone: the pair is together with 1/3 (ln 2), else the pair tells nothing and
    // the two alone tell all (ln 2 / 2): expected 2/3 ln 2. Entropies ln 2 and 1.5 ln 2.
    // (1 - 2/3) / (1.25 - 2/3) = 4/7
    assertThat(Agreement.mutualInformation(labels("0011"), labels("0012")))
        .isCloseTo(4 / 7.0, within(1e-14));
  }

  @Test
  void itIsTheSameWhicheverDivisionComesFirst() {
    assertThat(Agreement.mutualInformation(B, A))
        .isCloseTo(Agreement.mutualInformation(A, B), within(1e-14));
  }

  @Test
  void whatIsExpectedIsTheMeanOfShuffledLabels() {
    int[] a = skewed(60, new Random(1));
    List<Integer> b =
        new ArrayList<>(Arrays.stream(skewed(60, new Random(2))).map(c -> c / 2).boxed().toList());
    double expected = MutualInformation.expected(Crosstab.of(a, unboxed(b)));
    SummaryStatistics shuffled = new SummaryStatistics();
    Random random = new Random(3);
    for (int i = 0; i < 20_000; i++) {
      Collections.shuffle(b, random);
      shuffled.addValue(MutualInformation.observed(Crosstab.of(a, unboxed(b))));
    }
    double error = shuffled.getStandardDeviation() / Math.sqrt(20_000);
    assertThat(error).as("the shuffles can tell 3 % apart").isLessThan(0.03 * expected / 4);
    assertThat(expected).isCloseTo(shuffled.getMean(), within(4 * error));
  }

  @Test
  void theWalkAddsUpToTheWholeHypergeometricSum() {
    int[] a = skewed(5_000, new Random(4));
    int[] b = skewed(5_000, new Random(5));
    Crosstab counts = Crosstab.of(a, b);
    double sum = 0;
    for (int i = 0; i < counts.rows(); i++) {
      for (int j = 0; j < counts.columns(); j++) {
        sum += wholeSum(counts.inRow(i), counts.inColumn(j), counts.total());
      }
    }
    assertThat(MutualInformation.expected(counts)).isCloseTo(sum, within(1e-9 * sum));
  }

  @Test
  void unrelatedLabelsAgreeAboutNotAtAll() {
    Random random = new Random(6);
    SummaryStatistics seeds = new SummaryStatistics();
    for (int seed = 0; seed < 500; seed++) {
      int[] a = random.ints(200, 0, 4).toArray();
      seeds.addValue(Agreement.mutualInformation(a, random.ints(200, 0, 7).toArray()));
    }
    double error = seeds.getStandardDeviation() / Math.sqrt(500);
    assertThat(error).isLessThan(1e-3);
    assertThat(seeds.getMean()).isCloseTo(0, within(4 * error));
  }

  @Test
  void aHundredThousandPointsInTenClustersTakeMilliseconds() {
    int[] a = new Random(7).ints(100_000, 0, 10).toArray();
    int[] b = a.clone();
    // The clusters of half the points are drawn anew.
    int[] drawn = new Random(8).ints(100_000, 0, 10).toArray();
    System.arraycopy(drawn, 0, b, 0, 50_000);
    long start = System.nanoTime();
    double adjusted = 0;
    for (int i = 0; i < 100; i++) {
      adjusted = Agreement.mutualInformation(a, b);
    }
    assertThat(System.nanoTime() - start).as("ns for 100").isLessThan(20_000_000_000L);
    // Same label 0.5 + 0.05, each other one 0.05: ln 10 + 0.55 ln 0.55 + 9 * 0.05 ln 0.05.
    double share = (Math.log(10) + 0.55 * Math.log(0.55) + 0.45 * Math.log(0.05)) / Math.log(10);
    assertThat(adjusted).isCloseTo(share, within(5e-3));
  }

  /** Each count of a cell by the distribution's own probability, none left out. */
  private static double wholeSum(int row, int column, double total) {
    if (row == 0 || column == 0) {
      return 0;
    }
    HypergeometricDistribution count = new HypergeometricDistribution((int) total, row, column);
    return IntStream.rangeClosed(
            Math.max(1, count.getSupportLowerBound()), count.getSupportUpperBound())
        .mapToDouble(
            n ->
                count.probability(n)
                    * (n / total)
                    * (Math.log(n) + Math.log(total) - Math.log(row) - Math.log(column)))
        .sum();
  }

  /** Clusters from 0 to 5, the first ones greater. */
  private static int[] skewed(int n, Random random) {
    return random.doubles(n).mapToInt(u -> (int) (6 * u * u)).toArray();
  }

  private static int[] unboxed(List<Integer> labels) {
    return labels.stream().mapToInt(Integer::intValue).toArray();
  }

  private static int[] labels(String digits) {
    return digits.chars().map(c -> c - '0').toArray();
  }

  private static int[] repeated(int[] labels, int times) {
    return IntStream.range(0, labels.length * times).map(i -> labels[i % labels.length]).toArray();
  }
}
