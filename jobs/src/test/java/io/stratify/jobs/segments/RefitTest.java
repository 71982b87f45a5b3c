package io.stratify.jobs.segments;

import static org.assertj.core.api.Assertions.assertThat;

import io.stratify.common.config.Algorithm;
import io.stratify.common.spark.SparkSuite;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RefitTest extends SparkSuite {
  @Test
  void aMixtureIsFoundAgainInMoreCustomersThanItIsFittedTo() {
    Random random = new Random(7);
    List<double[]> points = new ArrayList<>();
    for (int i = 0; i < Refit.MIXTURE_POINTS + 500; i++) {
      points.add(new double[] {(i % 2 == 0 ? -5 : 5) + random.nextGaussian()});
    }
    int[] once = new int[points.size()];
    Arrays.fill(once, 1);
    Clusters found =
        new Refit(spark(), Algorithm.GAUSSIAN_MIXTURE).of(points, once, 2, 1).orElseThrow();
    assertThat(found.centres()).hasSize(2);
  }
}
