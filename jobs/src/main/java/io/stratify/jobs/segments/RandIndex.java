package io.stratify.jobs.segments;

import java.util.Arrays;

/** Agreement of two divisions of the same points. */
public final class RandIndex {
  private RandIndex() {}

  /**
   * The adjusted Rand index (Hubert and Arabie 1985): 1 where they are the same, about 0 where they
   * are unrelated.
   *
   * @param a cluster of each point, from 0
   * @param b the same of the other division
   */
  public static double adjusted(int[] a, int[] b) {
    double[] once = new double[a.length];
    Arrays.fill(once, 1);
    return adjusted(a, b, once);
  }

  /**
   * The same of points that stand for more than one each.
   *
   * @param weights how many each point stands for
   */
  static double adjusted(int[] a, int[] b, double[] weights) {
    int rows = Arrays.stream(a).max().orElse(0) + 1;
    int columns = Arrays.stream(b).max().orElse(0) + 1;
    double[][] cells = new double[rows][columns];
    double[] inRow = new double[rows];
    double[] inColumn = new double[columns];
    for (int i = 0; i < a.length; i++) {
      cells[a[i]][b[i]] += weights[i];
      inRow[a[i]] += weights[i];
      inColumn[b[i]] += weights[i];
    }
    double together = Arrays.stream(cells).mapToDouble(RandIndex::pairs).sum();
    double expected =
        pairs(inRow) * pairs(inColumn) / pairs(new double[] {Arrays.stream(weights).sum()});
    double most = (pairs(inRow) + pairs(inColumn)) / 2;
    return most == expected ? 1 : (together - expected) / (most - expected);
  }

  private static double pairs(double[] counts) {
    return Arrays.stream(counts).map(n -> n * (n - 1) / 2).sum();
  }
}
