package io.stratify.jobs.segments;

import static io.stratify.common.spark.Facts.features;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.stratify.common.spark.Facts.FeatureRow;
import io.stratify.common.spark.SparkSuite;
import io.stratify.common.tables.CustomerFeatures;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class CoresetTest extends SparkSuite {
  private static final int CUSTOMERS = 4000;
  private static final Preparation PLAIN =
      new Preparation(
          List.of(
              new Preparation.Scale("frequency", -1e9, 1e9, 0, false, 0, 1),
              new Preparation.Scale("avg_order", -1e9, 1e9, 0, false, 0, 1)));

  @Test
  void halfOfTheProbabilityIsForAllAlikeAndHalfForThoseFarAway() {
    // The mean is 10, its mean square 100; 100 of 1000 customers are wanted.
    Coreset coreset =
        Coreset.of(
            new Preparation(List.of(PLAIN.scales().get(0))),
            List.of(new double[] {0}, new double[] {20}),
            1000,
            100);
    assertThat(coreset.meanSquare()).isCloseTo(100, within(1e-9));
    assertThat(coreset.probability(new double[] {10})).isCloseTo(0.05, within(1e-12));
    assertThat(coreset.probability(new double[] {20})).isCloseTo(0.1, within(1e-12));
    assertThat(coreset.probability(new double[] {40})).isCloseTo(0.05 + 0.45, within(1e-12));
    assertThat(coreset.probability(new double[] {1000})).as("never more than surely").isEqualTo(1);
  }

  @Test
  void theDrawnOnesStandForAllAndCostWhatAllCost() {
    List<FeatureRow> rows = customers();
    List<double[]> all = raw(rows);
    Points points = draw(table(CustomerFeatures.TABLE, rows), all);
    assertThat(points.size()).isBetween(800, 1200);
    assertThat(points.total()).isCloseTo(CUSTOMERS, within(1e-6));
    List<double[]> centres =
        List.of(new double[] {5, 20}, new double[] {40, 20}, new double[] {5, 90});
    Centres clusters = new Centres(centres);
    Points everybody = Points.all(all, PLAIN);
    double exact = everybody.cost(clusters.labels(everybody.prepared()), centres);
    double estimate = points.cost(clusters.labels(points.prepared()), centres);
    assertThat(estimate / exact).isCloseTo(1, within(0.1));
    int[] labels = clusters.labels(points.prepared());
    double far =
        IntStream.range(0, labels.length)
            .filter(i -> labels[i] == 2)
            .mapToDouble(i -> points.weights()[i])
            .sum();
    assertThat(far)
        .as("of the far ones most are drawn, and stand for few")
        .isCloseTo(200, within(20.0));
  }

  @Test
  void whoIsDrawnDependsOnNobodyElse() {
    List<FeatureRow> rows = customers();
    List<double[]> all = raw(rows);
    Dataset<Row> customers = table(CustomerFeatures.TABLE, rows);
    Points one = draw(customers.repartition(1), all);
    Points eight = draw(customers.repartition(8), all);
    assertThat(Arrays.equals(one.weights(), eight.weights())).isTrue();
    assertThat(one.raw()).usingElementComparator(Arrays::compare).isEqualTo(eight.raw());
  }

  private static Points draw(Dataset<Row> customers, List<double[]> sample) {
    return Coreset.of(PLAIN, sample, CUSTOMERS, 1000).draw(customers, CUSTOMERS, 42);
  }

  private static List<FeatureRow> customers() {
    Random random = new Random(5);
    List<FeatureRow> rows = new ArrayList<>();
    for (int i = 0; i < CUSTOMERS; i++) {
      double[] x = point(random, i);
      rows.add(
          features("c" + i)
              .with(CustomerFeatures.FREQUENCY, (int) x[0])
              .with(CustomerFeatures.AVG_ORDER, x[1]));
    }
    return rows;
  }

  private static List<double[]> raw(List<FeatureRow> rows) {
    Random random = new Random(5);
    List<double[]> points = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      double[] x = point(random, i);
      points.add(new double[] {(int) x[0], x[1]});
    }
    return points;
  }

  private static double[] point(Random random, int i) {
    double[][] centres = {{5, 20}, {40, 20}, {5, 90}};
    double[] centre = centres[i % 20 == 0 ? 2 : i % 2];
    return new double[] {
      centre[0] + 2 * random.nextGaussian(), centre[1] + 5 * random.nextGaussian()
    };
  }
}
