package io.stratify.jobs.segments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.stratify.common.config.Algorithm;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CalibrationTest {
  @Test
  void theFunctionBehindTheSharesIsFoundAgain() {
    double[] distances = IntStream.rangeClosed(0, 300).mapToDouble(i -> i / 100.0).toArray();
    double[] agreeing =
        Arrays.stream(distances).map(d -> 1 / (1 + Math.exp(-0.5 - 2 * d))).toArray();
    Calibration found = Calibration.of(distances, agreeing, ones(301), 1_000_000);
    assertThat(found.offset()).isCloseTo(0.5, within(1e-4));
    assertThat(found.slope()).isCloseTo(2, within(1e-4));
    assertThat(found.confidence(0)).isCloseTo(1 / (1 + Math.exp(-0.5)), within(1e-4));
  }

  @Test
  void whoAlwaysStaysIsNotCertain() {
    Calibration found = Calibration.of(new double[] {1, 2, 3}, new double[] {1, 1, 1}, ones(3), 20);
    // 60 of 60 agree: (60 + 1) / (60 + 2), at every distance.
    assertThat(found.confidence(1)).isCloseTo(61 / 62.0, within(1e-6));
    assertThat(found.confidence(3)).isCloseTo(61 / 62.0, within(1e-6));
  }

  @Test
  void fartherFromTheBorderIsNeverLessSure() {
    Calibration found =
        Calibration.of(new double[] {1, 2, 3, 4}, new double[] {1, 0.9, 0.5, 0.2}, ones(4), 20);
    assertThat(found.slope()).isZero();
    // The mean share is 0.65, a little drawn in.
    assertThat(found.confidence(2)).isCloseTo(0.65, within(0.01));
  }

  /** Of the customers with a confidence of 70 to 80 % that share stays in resamples to come. */
  @Test
  void confidencesAreTheSharesOfOtherResamples() {
    Random random = new Random(5);
    List<double[]> customers = new ArrayList<>();
    for (int i = 0; i < 600; i++) {
      double middle = i % 3 == 0 ? -2 : i % 3 == 1 ? 0.5 : 2.5;
      customers.add(new double[] {middle + random.nextGaussian(), random.nextGaussian()});
    }
    Points points = new Points(customers, customers, ones(600), true);
    Centres centres =
        new Relocation(points)
            .improved(
                new Centres(
                    List.of(new double[] {-2, 0}, new double[] {0.5, 0}, new double[] {2.5, 0})));
    int[] labels = centres.labels(customers);
    CentreModel model =
        new CentreModel(new Preparation(List.of()), centres.centres(), List.of("a", "b", "c"));
    Calibration learnt =
        new Stability(null, points, 20, 1).calibration(Algorithm.KMEANS, model, labels);
    double[] seen = new Stability(null, points, 40, 1000).agreeing(Algorithm.KMEANS, 3, labels);

    double[] sums = new double[10];
    double[] said = new double[10];
    int[] n = new int[10];
    for (int i = 0; i < labels.length; i++) {
      double confidence = model.with(learnt).prepared(customers.get(i)).confidence();
      int bin = (int) Math.min(9, confidence * 10);
      sums[bin] += seen[i];
      said[bin] += confidence;
      n[bin]++;
    }
    int compared = 0;
    for (int bin = 0; bin < 10; bin++) {
      if (n[bin] >= 15) {
        compared++;
        assertThat(sums[bin] / n[bin])
            .as("%d customers from %d %%", n[bin], 10 * bin)
            .isCloseTo(said[bin] / n[bin], within(0.1));
      }
    }
    assertThat(compared).as("borders are not sure, middles are").isGreaterThanOrEqualTo(3);
  }

  private static double[] ones(int n) {
    double[] ones = new double[n];
    Arrays.fill(ones, 1);
    return ones;
  }
}
