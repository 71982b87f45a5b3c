package io.stratify.jobs.features.ltv;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RealVector;

/**
 * The maximum of a mean log-likelihood over the logarithms of its parameters, found by BFGS with
 * backtracking (Nocedal, Wright, Numerical Optimization, 2006, algorithm 6.1).
 *
 * @param at logarithms of the parameters
 * @param value mean log-likelihood per customer
 */
record Maximum(RealVector at, double value) {
  /** A slope per customer and unit of a log-parameter that is flat. */
  private static final double FLAT = 1e-8;

  /** Such a slope where rounding already hides any further rise. */
  private static final double NEARLY_FLAT = 1e-5;

  private static final int STEPS = 500;
  private static final int HALVINGS = 40;

  /** Steps without a rise after which none will come. */
  private static final int PATIENCE = 5;

  /** The longest step of a log-parameter. */
  private static final double LONGEST = 1.5;

  /**
   * Beyond e^14, about a million, and below its inverse a parameter makes no difference: customers
   * are all alike, or never drop out. The likelihood counts as constant there.
   */
  private static final double EDGE = 14;

  /** A mean log-likelihood. */
  interface Objective {
    /** The value at a point; writes its gradient by the log-parameters. */
    double at(double[] logs, double[] gradient);
  }

  /** The highest of the maxima found from the starts; empty where none converges. */
  static Optional<Maximum> of(Objective f, List<double[]> starts) {
    return starts.stream()
        .map(start -> new Climb(f, start).top())
        .flatMap(Optional::stream)
        .max(Comparator.comparingDouble(Maximum::value));
  }

  /**
   * The maximum that is reached from the highest one of a rough objective, which costs a fraction
   * of the real one; where that leads nowhere, the highest from the starts.
   */
  static Optional<Maximum> of(Objective f, Objective rough, List<double[]> starts) {
    return of(rough, starts)
        .flatMap(near -> new Climb(f, near.at().toArray()).top())
        .or(() -> of(f, starts));
  }

  /** One climb from one start. */
  private static final class Climb {
    private final Objective f;
    private RealVector x;
    private RealVector slope;
    private double value;

    /** Approximates the inverse of the Hessian of -f. */
    private RealMatrix inverse;

    Climb(Objective f, double[] start) {
      this.f = f;
      this.x = new ArrayRealVector(start);
      this.slope = new ArrayRealVector(start.length);
      this.value = evaluate(x, slope);
      forget();
    }

    Optional<Maximum> top() {
      int still = 0;
      for (int step = 0; step < STEPS && slope.getLInfNorm() > FLAT && still < PATIENCE; step++) {
        double before = value;
        if (!rise(direction())) {
          forget();
          rise(direction());
        }
        still = value - before > rounding() ? 0 : still + 1;
      }
      return slope.getLInfNorm() <= NEARLY_FLAT
          ? Optional.of(new Maximum(x.map(Climb::inside), value))
          : Optional.empty();
    }

    private double rounding() {
      return 1e-15 * Math.abs(value);
    }

    private static double inside(double log) {
      return Math.max(-EDGE, Math.min(EDGE, log));
    }

    private void forget() {
      double scale = Math.max(1, slope.getNorm());
      inverse = MatrixUtils.createRealIdentityMatrix(x.getDimension()).scalarMultiply(1 / scale);
    }

    private RealVector direction() {
      RealVector ahead = inverse.operate(slope);
      double longest = ahead.getLInfNorm();
      return longest > LONGEST ? ahead.mapMultiply(LONGEST / longest) : ahead;
    }

    /** Goes along a direction until the value rises enough; false where it never does. */
    private boolean rise(RealVector ahead) {
      double promise = 1e-4 * ahead.dotProduct(slope);
      double share = 1;
      for (int i = 0; promise > 0 && i < HALVINGS; i++, share /= 2) {
        RealVector there = x.add(ahead.mapMultiply(share));
        RealVector slopeThere = new ArrayRealVector(x.getDimension());
        double valueThere = evaluate(there, slopeThere);
        if (valueThere >= value + share * promise - rounding()) {
          learn(there.subtract(x), slope.subtract(slopeThere));
          x = there;
          slope = slopeThere;
          value = valueThere;
          return true;
        }
      }
      return false;
    }

    /** The update of BFGS, left out where the curvature is not that of a maximum. */
    private void learn(RealVector moved, RealVector flattened) {
      double curvature = moved.dotProduct(flattened);
      if (curvature <= 1e-12 * moved.getNorm() * flattened.getNorm()) {
        return;
      }
      RealMatrix project =
          MatrixUtils.createRealIdentityMatrix(x.getDimension())
              .subtract(moved.outerProduct(flattened).scalarMultiply(1 / curvature));
      inverse =
          project
              .multiply(inverse)
              .multiply(project.transpose())
              .add(moved.outerProduct(moved).scalarMultiply(1 / curvature));
    }

    private double evaluate(RealVector point, RealVector slopeThere) {
      double[] gradient = new double[point.getDimension()];
      double valueThere = f.at(point.map(Climb::inside).toArray(), gradient);
      for (int j = 0; j < gradient.length; j++) {
        slopeThere.setEntry(j, Math.abs(point.getEntry(j)) > EDGE ? 0 : gradient[j]);
      }
      return valueThere;
    }
  }
}
