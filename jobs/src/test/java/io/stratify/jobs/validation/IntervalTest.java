package io.stratify.jobs.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class IntervalTest {
  @Test
  void theSameShareIsLeftOutAtEitherEnd() {
    double[] zeroToAThousand =
        IntStream.rangeClosed(0, 1_000).mapToDouble(i -> 1_000 - i).toArray();
    isClose(Interval.of(zeroToAThousand, 0.95), 25, 975);
    isClose(Interval.of(zeroToAThousand, 0.5), 250, 750);
  }

  @Test
  void betweenTwoResamplesItIsInterpolated() {
    // A tenth is left out at either end, of a way of one step.
    isClose(Interval.of(new double[] {20, 10}, 0.8), 11, 19);
  }

  @Test
  void whatWasNotMeasuredIsLeftOut() {
    double[] resampled = {Double.NaN, 20, Double.POSITIVE_INFINITY, 10, Double.NEGATIVE_INFINITY};
    isClose(Interval.of(resampled, 0.8), 11, 19);
  }

  @Test
  void oneResampleIsItsOwnInterval() {
    assertThat(Interval.of(new double[] {7, Double.NaN}, 0.95)).isEqualTo(new Interval(7, 7));
  }

  @Test
  void withoutAFigureThereIsNoInterval() {
    assertThat(Interval.of(new double[0], 0.95)).isNull();
    assertThat(Interval.of(new double[] {Double.NaN, Double.NaN}, 0.95)).isNull();
  }

  @Test
  void aLevelIsAShare() {
    assertThatThrownBy(() -> Interval.of(new double[] {1}, 95))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("The level of an interval is 95.0; it must be between 0 and 1");
    assertThatThrownBy(() -> Interval.of(new double[] {1}, Double.NaN))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void ofResampledMeansItCoversTheTruthAsOftenAsItSays() {
    Random random = new Random(1);
    int covered = 0;
    for (int sample = 0; sample < 500; sample++) {
      double[] values = random.doubles(50).toArray();
      double[] means =
          IntStream.range(0, 200)
              .mapToDouble(b -> random.ints(50, 0, 50).mapToDouble(i -> values[i]).sum() / 50)
              .toArray();
      Interval interval = Interval.of(means, 0.9);
      covered += interval.low() <= 0.5 && 0.5 <= interval.high() ? 1 : 0;
    }
    // 450 expected with a deviation of 6.7; the percentile interval of 50 is a little short.
    assertThat(covered).isBetween(420, 475);
  }

  private static void isClose(Interval interval, double low, double high) {
    assertThat(interval.low()).isCloseTo(low, within(1e-9));
    assertThat(interval.high()).isCloseTo(high, within(1e-9));
  }
}
