package io.stratify.jobs.segments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.spark.ml.linalg.DenseMatrix;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.stat.distribution.MultivariateGaussian;
import org.junit.jupiter.api.Test;

class MixtureModelTest {
  private static final Mixture MIXTURE =
      new Mixture(
          List.of(
              new Mixture.Component(0.5, new double[] {0, 0}, new double[][] {{1, 0.5}, {0.5, 2}}),
              new Mixture.Component(
                  0.3, new double[] {3, 1}, new double[][] {{2, -0.4}, {-0.4, 1}}),
              new Mixture.Component(
                  0.2, new double[] {-2, 4}, new double[][] {{1, 0}, {0, 0.25}})));
  private static final MixtureModel MODEL =
      MIXTURE.model(new Preparation(List.of()), List.of("a", "b", "c"));

  @Test
  void probabilitiesAreThoseOfMllib() {
    Random random = new Random(11);
    for (int i = 0; i < 200; i++) {
      double[] x = random.doubles(2, -4, 6).toArray();
      double[] density = new double[3];
      for (int c = 0; c < 3; c++) {
        Mixture.Component component = MIXTURE.components().get(c);
        double[][] s = component.covariance();
        density[c] =
            component.weight()
                * new MultivariateGaussian(
                        Vectors.dense(component.mean()),
                        new DenseMatrix(2, 2, new double[] {s[0][0], s[1][0], s[0][1], s[1][1]}))
                    .pdf(Vectors.dense(x));
      }
      double sum = Arrays.stream(density).sum();
      Additive.Standing nearest = MODEL.prepared(x);
      assertThat(nearest.confidence())
          .isCloseTo(Arrays.stream(density).max().orElse(0) / sum, within(1e-6));
      assertThat(density[nearest.part()]).isEqualTo(Arrays.stream(density).max().orElse(0));
      assertThat(MODEL.logDensity(x)).isCloseTo(Math.log(sum), within(1e-6));
    }
  }

  @Test
  void theLogOfTheOddsIsASumOverTheFeaturesAndAConstant() {
    Random random = new Random(12);
    for (int i = 0; i < 200; i++) {
      double[] x = random.doubles(2, -4, 6).toArray();
      Additive.Standing n = MODEL.prepared(x);
      double margin =
          Arrays.stream(MODEL.contributions(x, n.part(), n.runnerUp())).sum()
              + MODEL.constant(n.part(), n.runnerUp());
      assertThat(margin).isGreaterThanOrEqualTo(0);
      double back =
          Arrays.stream(MODEL.contributions(x, n.runnerUp(), n.part())).sum()
              + MODEL.constant(n.runnerUp(), n.part());
      assertThat(back).isCloseTo(-margin, within(1e-9));
    }
  }

  @Test
  void theMarginBetweenCentresIsASumOverTheFeatures() {
    CentreModel centres =
        new CentreModel(
            new Preparation(List.of()),
            List.of(new double[] {0, 0}, new double[] {4, 2}),
            List.of("a", "b"));
    // Squared distances of (1, 1): 2 from the first, 9 + 1 from the second.
    assertThat(centres.contributions(new double[] {1, 1}, 0, 1))
        .containsExactly(new double[] {8, 0}, within(1e-12));
    assertThat(centres.constant(0, 1)).isZero();
  }

  @Test
  void aSingularCovarianceIsDegenerate() {
    Mixture flat =
        new Mixture(
            List.of(
                new Mixture.Component(0.5, new double[] {0, 0}, new double[][] {{1, 0}, {0, 1}}),
                new Mixture.Component(0.5, new double[] {1, 1}, new double[][] {{1, 1}, {1, 1}})));
    assertThat(flat.degenerate().orElseThrow())
        .startsWith("the covariance of component 2 is singular");
    Mixture none =
        new Mixture(
            List.of(
                new Mixture.Component(
                    0.5, new double[] {Double.NaN, 0}, new double[][] {{1, 0}, {0, 1}})));
    assertThat(none.degenerate()).contains("component 1 is no number");
    assertThat(MIXTURE.degenerate()).isEmpty();
  }

  @Test
  void anEmptyClusterOrOneThatIsMissingIsDegenerate() {
    Points points =
        new Points(
            List.of(), List.of(new double[] {0}, new double[] {1}), new double[] {1, 1}, true);
    Centres two = new Centres(List.of(new double[] {0}, new double[] {50}));
    assertThat(Attempt.degenerate(two, points, 2)).contains("cluster 2 is empty");
    assertThat(Attempt.degenerate(two, points, 3)).contains("it found 2 clusters");
    assertThat(
            Attempt.degenerate(
                new Centres(List.of(new double[] {Double.NaN}, new double[] {1})), points, 2))
        .contains("a centre is no number");
    assertThat(
            Attempt.degenerate(new Centres(List.of(new double[] {0}, new double[] {1})), points, 2))
        .isEmpty();
  }
}
