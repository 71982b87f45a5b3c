package io.stratify.jobs.features;

/**
 * Number, mean, spread, skew and range of values, in one pass and without their sums of powers,
 * which lose all digits of values far from 0; and of two sets of values together (Pébay, Formulas
 * for robust, one-pass parallel computation of covariances and arbitrary-order statistical moments,
 * SAND2008-6212, eqs. 1.1 to 1.3).
 */
final class Moments {
  private long n;
  private double mean;
  private double squares;
  private double cubes;
  private double min = Double.POSITIVE_INFINITY;
  private double max = Double.NEGATIVE_INFINITY;

  Moments() {}

  /** Moments that were computed elsewhere. */
  Moments(long n, double mean, double squares, double cubes, double min, double max) {
    this.n = n;
    this.mean = mean;
    this.squares = squares;
    this.cubes = cubes;
    this.min = min;
    this.max = max;
  }

  void add(double value) {
    double before = n++;
    double delta = value - mean;
    double step = delta / n;
    double product = delta * step * before;
    mean += step;
    cubes += product * step * (n - 2) - 3 * step * squares;
    squares += product;
    min = Math.min(min, value);
    max = Math.max(max, value);
  }

  void add(Moments other) {
    if (other.n == 0) {
      return;
    }
    if (n == 0) {
      // Of a mean that is not yet one, the last digit would be lost.
      mean = other.mean;
    }
    double a = n;
    double b = other.n;
    double delta = other.mean - mean;
    double step = delta / (a + b);
    double product = delta * step * a * b;
    cubes += other.cubes + product * step * (a - b) + 3 * step * (a * other.squares - b * squares);
    squares += other.squares + product;
    mean += b * step;
    n += other.n;
    min = Math.min(min, other.min);
    max = Math.max(max, other.max);
  }

  long n() {
    return n;
  }

  double mean() {
    return mean;
  }

  /** Sum of squared differences from the mean. */
  double squares() {
    return squares;
  }

  /** Sum of cubed differences from the mean. */
  double cubes() {
    return cubes;
  }

  double min() {
    return min;
  }

  double max() {
    return max;
  }

  /** Population standard deviation. */
  double deviation() {
    return Math.sqrt(squares / n);
  }

  /** Moment coefficient of skewness; no number for a constant. */
  double skew() {
    return Math.sqrt((double) n) * cubes / Math.pow(squares, 1.5);
  }
}
