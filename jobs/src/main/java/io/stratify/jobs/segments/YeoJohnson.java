package io.stratify.jobs.segments;

import java.util.Arrays;
import org.apache.commons.math3.optim.MaxEval;
import org.apache.commons.math3.optim.nonlinear.scalar.GoalType;
import org.apache.commons.math3.optim.univariate.BrentOptimizer;
import org.apache.commons.math3.optim.univariate.SearchInterval;
import org.apache.commons.math3.optim.univariate.UnivariateObjectiveFunction;

/**
 * The power transformation of Yeo and Johnson (A new family of power transformations to improve
 * normality or symmetry, Biometrika 2000), which takes negative values too.
 */
final class YeoJohnson {
  /** Powers beyond these are no remedy for skewness but an overflow. */
  private static final double LEAST = -3;

  private static final double GREATEST = 5;

  /** Enough for two digits of a power; each of some thirty evaluations takes as many logarithms. */
  private static final int VALUES = 5000;

  private static final double NEAR = 1e-8;

  /** Values that differ by less than this share of the greatest are told apart by rounding only. */
  private static final double ROUNDING = 1e-8;

  /** Less than any likelihood, and yet a number to calculate with. */
  private static final double HOPELESS = -1e100;

  private YeoJohnson() {}

  static double apply(double x, double power) {
    if (x >= 0) {
      return Math.abs(power) < NEAR ? Math.log1p(x) : Math.expm1(power * Math.log1p(x)) / power;
    }
    double rest = 2 - power;
    return Math.abs(rest) < NEAR ? -Math.log1p(-x) : -Math.expm1(rest * Math.log1p(-x)) / rest;
  }

  /** The value that becomes y; the nearest one that there is, where y is beyond all. */
  static double invert(double y, double power) {
    if (y >= 0) {
      return Math.abs(power) < NEAR
          ? Math.expm1(y)
          : Math.expm1(Math.log(Math.max(Double.MIN_NORMAL, 1 + power * y)) / power);
    }
    double rest = 2 - power;
    return Math.abs(rest) < NEAR
        ? -Math.expm1(-y)
        : -Math.expm1(Math.log(Math.max(Double.MIN_NORMAL, 1 - rest * y)) / rest);
  }

  /**
   * The power of greatest likelihood, if what comes out is normal; 1, which leaves the values as
   * they are, where every power makes them alike.
   */
  static double learn(double[] values) {
    int step = Math.max(1, values.length / VALUES);
    double[] some = new double[(values.length + step - 1) / step];
    for (int i = 0; i < some.length; i++) {
      some[i] = values[i * step];
    }
    double best =
        new BrentOptimizer(1e-6, 1e-6)
            .optimize(
                new MaxEval(200),
                GoalType.MAXIMIZE,
                new UnivariateObjectiveFunction(power -> likelihood(some, power)),
                new SearchInterval(LEAST, GREATEST, 1))
            .getPoint();
    return likelihood(some, best) <= HOPELESS ? 1 : Math.rint(best * 1e6) / 1e6;
  }

  private static double likelihood(double[] x, double power) {
    double[] y = Arrays.stream(x).map(v -> apply(v, power)).toArray();
    double deviation = SampleFigures.deviation(y);
    double greatest = Arrays.stream(y).map(Math::abs).max().orElse(0);
    if (deviation <= ROUNDING * greatest) {
      return HOPELESS;
    }
    double jacobian = Arrays.stream(x).map(v -> Math.signum(v) * Math.log1p(Math.abs(v))).sum();
    return -x.length * Math.log(deviation) + (power - 1) * jacobian;
  }
}
