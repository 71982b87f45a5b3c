package io.stratify.jobs.segments;

import io.stratify.jobs.Digits;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.CholeskyDecomposition;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.apache.commons.math3.linear.NonPositiveDefiniteMatrixException;

/**
 * Clusters of a mixture of normal distributions: a point belongs to the one that most likely made
 * it.
 *
 * @param components one per cluster
 */
record Mixture(List<Component> components) implements Clusters {
  /** Below this share of the greatest variance in one direction another one is none. */
  private static final double SINGULAR = 1e-9;

  /**
   * One normal distribution.
   *
   * @param weight share of the points that it makes
   * @param mean its mean
   * @param covariance its covariances
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Component(double weight, double[] mean, double[][] covariance) {
    /** Why it is no distribution, if it is none. */
    Optional<String> degenerate(int number) {
      boolean numbers =
          Double.isFinite(weight)
              && Arrays.stream(mean).allMatch(Double::isFinite)
              && Arrays.stream(covariance)
                  .flatMapToDouble(Arrays::stream)
                  .allMatch(Double::isFinite);
      if (!numbers) {
        return Optional.of("component " + number + " is no number");
      }
      double[] spread =
          new EigenDecomposition(new Array2DRowRealMatrix(covariance)).getRealEigenvalues();
      double most = Arrays.stream(spread).max().orElse(0);
      double least = Arrays.stream(spread).min().orElse(0);
      return most > 0 && least > most * SINGULAR
          ? Optional.empty()
          : Optional.of(
              String.format(
                  Locale.ROOT,
                  "the covariance of component %d is singular: variances from %.3g to %.3g",
                  number,
                  least,
                  most));
    }
  }

  @Override
  public List<double[]> centres() {
    return components.stream().map(Component::mean).toList();
  }

  @Override
  public int[] labels(List<double[]> points) {
    MixtureModel model = model(new Preparation(List.of()), List.of());
    return points.parallelStream().mapToInt(model::nearest).toArray();
  }

  @Override
  public String belonging() {
    return "most likely in the distribution around";
  }

  @Override
  public Clusters ordered() {
    List<Component> sorted = new ArrayList<>(components);
    sorted.sort(Comparator.comparing(Component::mean, (a, b) -> -Arrays.compare(a, b)));
    return new Mixture(sorted);
  }

  @Override
  public MixtureModel model(Preparation preparation, List<String> segmentIds) {
    List<Double> constants = new ArrayList<>();
    List<double[][]> precisions = new ArrayList<>();
    for (Component c : components) {
      CholeskyDecomposition cholesky =
          new CholeskyDecomposition(new Array2DRowRealMatrix(c.covariance()), 1e-6, 0);
      constants.add(Digits.nine(Math.log(c.weight()) - Math.log(cholesky.getDeterminant()) / 2));
      precisions.add(
          Arrays.stream(cholesky.getSolver().getInverse().getData())
              .map(Centres::rounded)
              .toArray(double[][]::new));
    }
    return new MixtureModel(preparation, constants, centres(), precisions, segmentIds);
  }

  @Override
  public Optional<String> degenerate() {
    Optional<String> found =
        IntStream.range(0, components.size())
            .mapToObj(c -> components.get(c).degenerate(c + 1))
            .flatMap(Optional::stream)
            .findFirst();
    return found.or(this::indefinite);
  }

  private Optional<String> indefinite() {
    try {
      model(new Preparation(List.of()), List.of());
      return Optional.empty();
    } catch (NonPositiveDefiniteMatrixException e) {
      return Optional.of("a covariance is not positive definite");
    }
  }

  /** Log likelihood of points as they are fitted. */
  double logLikelihood(Points points) {
    Points blurred = points.blurred();
    return logLikelihood(blurred.prepared(), blurred.weights());
  }

  /** Log likelihood of weighted points. */
  double logLikelihood(List<double[]> points, double[] weights) {
    MixtureModel model = model(new Preparation(List.of()), List.of());
    return IntStream.range(0, weights.length)
        .mapToDouble(i -> weights[i] * model.logDensity(points.get(i)))
        .sum();
  }

  /** Numbers that were learnt: weights, means and covariances. */
  int parameters() {
    int d = components.get(0).mean().length;
    return components.size() - 1 + components.size() * (d + d * (d + 1) / 2);
  }
}
