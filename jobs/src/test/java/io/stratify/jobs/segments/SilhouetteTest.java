package io.stratify.jobs.segments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.stratify.common.spark.SparkSuite;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.spark.ml.evaluation.ClusteringEvaluator;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

class SilhouetteTest extends SparkSuite {
  private final Random random = new Random(19);

  @Test
  void fourPointsByHand() {
    List<double[]> points = points(0, 2, 10, 12);
    // Outer points: a = 2^2 = 4, b = (10^2 + 12^2) / 2 = 122, s = 118 / 122. Inner ones:
    // a = 4, b = (8^2 + 10^2) / 2 = 82, s = 78 / 82.
    assertThat(macro(points, new int[] {0, 0, 1, 1}, 2))
        .isCloseTo((118 / 122.0 + 78 / 82.0) / 2, within(1e-12));
  }

  @Test
  void aSmallClusterCountsAsMuchAsALargeOne() {
    List<double[]> points = points(0, 0, 0, 0, 0, 0, 0, 0, 10, 0.1);
    int[] label = {0, 0, 0, 0, 0, 0, 0, 0, 1, 1};
    // Each of the eight: a = 0, s = 1. The other two are 9.9 apart; the one at 10 is 10^2 from the
    // eight, the one at 0.1 only 0.1^2.
    double far = (100 - 98.01) / 100;
    double near = (0.01 - 98.01) / 98.01;
    assertThat(macro(points, label, 2)).isCloseTo((1 + (far + near) / 2) / 2, within(1e-9));
  }

  @Test
  void clustersOfOneAndEmptyOnesCountAsZero() {
    assertThat(macro(points(0, 0, 9), new int[] {0, 0, 1}, 2)).isEqualTo(0.5);
    assertThat(macro(points(0, 0, 9), new int[] {0, 0, 2}, 4)).isEqualTo(0.25);
  }

  @Test
  void equalPointsInTwoClustersAreWorthNothing() {
    assertThat(macro(points(3, 3, 3, 3), new int[] {0, 0, 1, 1}, 2)).isZero();
  }

  @Test
  void onePassGivesWhatAllPairsGive() {
    for (int k = 2; k <= 5; k++) {
      List<double[]> points = new ArrayList<>();
      int[] label = new int[120];
      for (int i = 0; i < label.length; i++) {
        label[i] = Math.min(k - 1, random.nextInt(2 * k));
        points.add(draw(label[i]));
      }
      assertThat(macro(points, label, k))
          .as("k=" + k)
          .isCloseTo(ofAllPairs(points, label, k), within(1e-9));
    }
  }

  @Test
  void onClustersOfOneSizeItIsThatOfMllib() {
    int k = 4;
    List<double[]> points = new ArrayList<>();
    List<Row> rows = new ArrayList<>();
    int[] label = new int[100];
    for (int i = 0; i < label.length; i++) {
      label[i] = i % k;
      points.add(draw(label[i]));
      rows.add(RowFactory.create(Vectors.dense(points.get(i)), label[i]));
    }
    Dataset<Row> data =
        spark()
            .createDataFrame(
                rows,
                new StructType()
                    .add("features", SQLDataTypes.VectorType())
                    .add("prediction", "int"));
    assertThat(macro(points, label, k))
        .isCloseTo(new ClusteringEvaluator().evaluate(data), within(1e-9));
  }

  @Test
  void aPointOfWeightTwoIsAsTwoPoints() {
    double twice =
        Silhouette.macro(
            points(0, 2, 10, 12), new double[] {1, 1, 2, 2}, new int[] {0, 0, 1, 1}, 2);
    // Of two points of weight 2, 2 apart: a = (2 * 4) / (4 - 2) = 4 with the own weight left out.
    assertThat(twice).isCloseTo((118 / 122.0 + 78 / 82.0) / 2, within(1e-12));
  }

  private static double macro(List<double[]> points, int[] label, int k) {
    double[] once = new double[label.length];
    Arrays.fill(once, 1);
    return Silhouette.macro(points, once, label, k);
  }

  private double[] draw(int cluster) {
    return new double[] {
      2.5 * cluster + random.nextGaussian(), random.nextGaussian(), 100 - cluster
    };
  }

  private static List<double[]> points(double... values) {
    List<double[]> points = new ArrayList<>();
    for (double value : values) {
      points.add(new double[] {value});
    }
    return points;
  }

  /** The definition of Rousseeuw, from the distance of every pair. */
  private static double ofAllPairs(List<double[]> points, int[] label, int k) {
    double[] sum = new double[k];
    int[] size = new int[k];
    for (int i = 0; i < label.length; i++) {
      double[] distance = new double[k];
      int[] others = new int[k];
      for (int j = 0; j < label.length; j++) {
        if (i != j) {
          distance[label[j]] += CentreModel.squaredDistance(points.get(i), points.get(j));
          others[label[j]]++;
        }
      }
      double a = distance[label[i]] / others[label[i]];
      double b = Double.POSITIVE_INFINITY;
      for (int c = 0; c < k; c++) {
        b = c == label[i] ? b : Math.min(b, distance[c] / others[c]);
      }
      sum[label[i]] += (b - a) / Math.max(a, b);
      size[label[i]]++;
    }
    double macro = 0;
    for (int c = 0; c < k; c++) {
      macro += sum[c] / size[c] / k;
    }
    return macro;
  }
}
