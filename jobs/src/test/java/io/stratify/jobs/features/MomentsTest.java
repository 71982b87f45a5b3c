package io.stratify.jobs.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class MomentsTest {
  @Test
  void ofAFewValues() {
    Moments m = of(2, 4, 9);
    assertThat(m.n()).isEqualTo(3);
    assertThat(m.mean()).isEqualTo(5);
    // Differences -3, -1, 4: squares sum to 26, cubes to 36.
    assertThat(m.squares()).isCloseTo(26, within(1e-12));
    assertThat(m.cubes()).isCloseTo(36, within(1e-12));
    assertThat(m.deviation()).isCloseTo(Math.sqrt(26 / 3.0), within(1e-12));
    assertThat(m.skew()).isCloseTo((36 / 3.0) / Math.pow(26 / 3.0, 1.5), within(1e-12));
    assertThat(m.min()).isEqualTo(2);
    assertThat(m.max()).isEqualTo(9);
  }

  @Test
  void aConstantHasNoSkew() {
    assertThat(of(7, 7).deviation()).isZero();
    assertThat(of(7, 7).skew()).isNaN();
  }

  /** 49 times 1/49 is not 1, so that a merge into nothing must not compute it. */
  @Test
  void aConstantInPartsIsOne() {
    Moments parts = new Moments();
    double[] ones = new double[49];
    java.util.Arrays.fill(ones, 1.0);
    parts.add(of(ones));
    parts.add(of(1, 1));
    assertThat(parts.n()).isEqualTo(51);
    assertThat(parts.mean()).isEqualTo(1);
    assertThat(parts.deviation()).isZero();
    assertThat(parts.skew()).isNaN();
  }

  /** Sums of squares of such values would have no digit left. */
  @Test
  void farFromZeroNoDigitIsLost() {
    Moments m = of(1e9 + 2, 1e9 + 4, 1e9 + 9);
    assertThat(m.squares()).isCloseTo(26, within(1e-5));
    assertThat(m.cubes()).isCloseTo(36, within(1e-4));
  }

  @Test
  void partsTogetherAreTheWhole() {
    Random random = new Random(7);
    for (int round = 0; round < 50; round++) {
      double[] values = DoubleStream.generate(random::nextGaussian).limit(30).toArray();
      int cut = random.nextInt(31);
      Moments whole = of(values);
      Moments parts = of(DoubleStream.of(values).limit(cut).toArray());
      parts.add(of(DoubleStream.of(values).skip(cut).toArray()));
      assertThat(parts.n()).isEqualTo(whole.n());
      assertThat(parts.mean()).isCloseTo(whole.mean(), within(1e-12));
      assertThat(parts.squares()).isCloseTo(whole.squares(), within(1e-10));
      assertThat(parts.cubes()).isCloseTo(whole.cubes(), within(1e-9));
      assertThat(parts.min()).isEqualTo(whole.min());
      assertThat(parts.max()).isEqualTo(whole.max());
    }
  }

  private static Moments of(double... values) {
    Moments moments = new Moments();
    for (double value : values) {
      moments.add(value);
    }
    return moments;
  }
}
