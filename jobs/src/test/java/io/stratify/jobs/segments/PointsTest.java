package io.stratify.jobs.segments;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PointsTest {
  @Test
  void aFeatureThatDoesNotVaryIsBlurredAsOneThatDoes() {
    Random random = new Random(1);
    for (int i = 0; i < 200; i++) {
      // The mean of so many equal numbers is often another one in its last digit.
      double[] weights = random.doubles(50 + random.nextInt(50), 0.1, 9).toArray();
      double[] same = {random.nextDouble()};
      Points blurred =
          new Points(List.of(), Collections.nCopies(weights.length, same), weights, false)
              .blurred();
      assertThat(blurred.deviations()[0]).as("deviation of %s", same[0]).isBetween(0.05, 0.2);
    }
  }

  @Test
  void aBlurIsATenthOfTheDeviationAndAlwaysTheSame() {
    Random random = new Random(2);
    List<double[]> x =
        Stream.generate(() -> new double[] {5 * random.nextGaussian()}).limit(4000).toList();
    Points points = Points.some(x);
    // 5^2 + 0.5^2
    assertThat(Math.pow(points.blurred().deviations()[0], 2)).isBetween(24.0, 26.5);
    assertThat(points.blurred().prepared().get(7)).isEqualTo(points.blurred().prepared().get(7));
    List<double[]> blurred = points.blurred().prepared();
    double squares = 0;
    for (int i = 0; i < x.size(); i++) {
      squares += Math.pow(blurred.get(i)[0] - x.get(i)[0], 2);
    }
    assertThat(Math.sqrt(squares / x.size())).isBetween(0.45, 0.55);
  }
}
