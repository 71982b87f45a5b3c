package io.stratify.jobs.membership;

import java.util.Optional;

/**
 * Customers who move between segments as a Markov chain: the share that goes from one segment to
 * another between two snapshots is taken as the chance of doing so again (Kemeny and Snell 1960,
 * Finite Markov Chains).
 *
 * @param share present share of each segment
 * @param transition chance of going from one segment (row) to another (column); rows add up to 1
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; a few numbers
record MarkovChain(double[] share, double[][] transition) {
  /** Squarings of the matrix: 2^50 steps, after which nothing is left of a start that fades. */
  private static final int SQUARINGS = 50;

  /**
   * The chain of counted moves.
   *
   * @param customers by segment before (row) and segment now (column), both in the same order
   * @param now customers by segment now, with those who came from a segment that is no more
   * @return empty where there is somebody in a segment of which nobody came from before
   */
  static Optional<MarkovChain> of(long[][] customers, long[] now) {
    int n = customers.length;
    double all = 0;
    for (long c : now) {
      all += c;
    }
    double[] share = new double[n];
    double[][] transition = new double[n][n];
    for (int i = 0; i < n; i++) {
      long row = 0;
      for (long c : customers[i]) {
        row += c;
      }
      if ((row == 0 && now[i] > 0) || all == 0) {
        return Optional.empty();
      }
      share[i] = now[i] / all;
      for (int j = 0; j < n; j++) {
        transition[i][j] = row == 0 ? (i == j ? 1 : 0) : customers[i][j] / (double) row;
      }
    }
    return Optional.of(new MarkovChain(share, transition));
  }

  /** Shares after one more step. */
  double[] next() {
    return times(share, transition);
  }

  /**
   * Shares in the long run from the present ones. The chain stays where it is in every other step,
   * which changes no steady state and lets chains that would go in circles come to rest (Levin and
   * Peres 2017, Markov Chains and Mixing Times, 1.3: the lazy version).
   */
  double[] steady() {
    int n = share.length;
    double[][] power = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        power[i][j] = transition[i][j] / 2 + (i == j ? 0.5 : 0);
      }
    }
    for (int s = 0; s < SQUARINGS; s++) {
      double[][] squared = new double[n][];
      for (int i = 0; i < n; i++) {
        squared[i] = normalised(times(power[i], power));
      }
      power = squared;
    }
    return times(share, power);
  }

  private static double[] times(double[] row, double[][] matrix) {
    double[] product = new double[row.length];
    for (int i = 0; i < row.length; i++) {
      for (int j = 0; j < row.length; j++) {
        product[j] += row[i] * matrix[i][j];
      }
    }
    return product;
  }

  /** Rounding would let a row of chances shrink over so many squarings. */
  private static double[] normalised(double[] row) {
    double sum = 0;
    for (double v : row) {
      sum += v;
    }
    for (int j = 0; j < row.length; j++) {
      row[j] /= sum;
    }
    return row;
  }
}
