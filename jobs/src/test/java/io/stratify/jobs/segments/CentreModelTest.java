package io.stratify.jobs.segments;

import static io.stratify.common.spark.Facts.features;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.stratify.common.spark.SparkSuite;
import io.stratify.common.tables.CustomerFeatures;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.spark.mllib.clustering.KMeansModel;
import org.apache.spark.mllib.linalg.Vector;
import org.apache.spark.mllib.linalg.Vectors;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class CentreModelTest extends SparkSuite {
  private static final Preparation.Scale ORDERS =
      new Preparation.Scale("frequency", 0, 20, 4, false, 0, 2);

  @Test
  void theNearestCentreAndTheNextAreFound() {
    CentreModel model = model(new double[] {0, 0}, new double[] {10, 0}, new double[] {0, 40});
    Additive.Standing nearest = model.prepared(new double[] {2, 0});
    assertThat(nearest.part()).isEqualTo(0);
    assertThat(nearest.runnerUp()).isEqualTo(1);
    // 2 from the one, 8 from the other.
    assertThat(nearest.confidence()).isEqualTo(0.75);
  }

  @Test
  void confidenceIsOneAtTheCentreAndZeroOnTheBorder() {
    CentreModel model = model(new double[] {0}, new double[] {10});
    assertThat(model.prepared(new double[] {10}).confidence()).isEqualTo(1);
    assertThat(model.prepared(new double[] {5}))
        .as("the first of equals")
        .isEqualTo(new Additive.Standing(0, 1, 0, 5, false));
    assertThat(model(new double[] {3}, new double[] {3}).prepared(new double[] {3}))
        .isEqualTo(new Additive.Standing(0, 1, 0, 0, false));
  }

  /** Where all are alike, what is usual is the rounding of their distances. */
  @Test
  void nobodyIsUnusuallyFarForTheRoundingOfADistance() {
    CentreModel model = model(new double[] {1}).with(new Spread(List.of(0.0)));
    assertThat(model.isUnusual(0, 5e-9)).isFalse();
    assertThat(model.isUnusual(0, 1e-3)).isTrue();
    // Of two at 1/3 and 1 both are a third from the centre, which is rounded to 0.666666667.
    CentreModel two = model(new double[] {0.666666667}).with(new Spread(List.of(0.333333333)));
    assertThat(two.isUnusual(0, 0.666666667 - 1 / 3.0)).isFalse();
    assertThat(two.isUnusual(0, 0.3334)).isTrue();
  }

  @Test
  void randomPointsGoWhereMllibSendsThem() {
    Random random = new Random(23);
    List<double[]> centres = new ArrayList<>();
    for (int c = 0; c < 6; c++) {
      centres.add(random.doubles(4, -2, 2).toArray());
    }
    KMeansModel mllib =
        new KMeansModel(centres.stream().map(Vectors::dense).toArray(Vector[]::new));
    CentreModel model = model(centres.toArray(double[][]::new));
    for (int i = 0; i < 2000; i++) {
      double[] point = random.doubles(4, -3, 3).toArray();
      int expected = mllib.predict(Vectors.dense(point));
      assertThat(model.prepared(point).part()).isEqualTo(expected);
      assertThat(model.nearest(point)).isEqualTo(expected);
    }
  }

  @Test
  void customersAreAssignedByTheirPreparedFeatures() {
    // Prepared, the centres 0 and 5 are 0 and 10 orders; 40 orders are pulled in to 20, and a
    // missing number of orders is 4.
    CentreModel model =
        new CentreModel(
            new Preparation(List.of(ORDERS)),
            List.of(new double[] {0}, new double[] {5}),
            List.of("few", "many"));
    List<Row> rows =
        table(
                CustomerFeatures.TABLE,
                features("c1").with(CustomerFeatures.FREQUENCY, 2),
                features("c2").with(CustomerFeatures.FREQUENCY, 40),
                features("c3"))
            .select(model.assignment().as("a"))
            .select("a.segment_id", "a.runner_up_id", "a.confidence")
            .collectAsList();
    assertRow(rows.get(0), "few", "many", 1 - 2 / 8.0);
    assertRow(rows.get(1), "many", "few", 1 - 10 / 20.0);
    assertRow(rows.get(2), "few", "many", 1 - 4 / 6.0);
  }

  private static void assertRow(Row row, String segment, String runnerUp, double confidence) {
    assertThat(row.getString(0)).isEqualTo(segment);
    assertThat(row.getString(1)).isEqualTo(runnerUp);
    assertThat(row.getDouble(2)).isCloseTo(confidence, within(1e-12));
  }

  private static CentreModel model(double[]... centres) {
    return new CentreModel(new Preparation(List.of()), Arrays.asList(centres), List.of());
  }
}
