package io.stratify.jobs.validation;

import java.util.Arrays;

/** How many points each pair of clusters of two divisions shares. */
final class Crosstab {
  private final int[][] cells;
  private final int[] rows;
  private final int[] columns;
  private final int total;

  private Crosstab(int total, int rows, int columns) {
    this.total = total;
    this.cells = new int[rows][columns];
    this.rows = new int[rows];
    this.columns = new int[columns];
  }

  /**
   * Counts two divisions of the same points, each with as many clusters as its greatest label says.
   *
   * @param a cluster of each point, from 0
   * @param b the same of the other division, in the same order
   */
  static Crosstab of(int[] a, int[] b) {
    return of(a, clusters(a), b, clusters(b));
  }

  /** The same for divisions of which the number of clusters is known; some may have no points. */
  static Crosstab of(int[] a, int rows, int[] b, int columns) {
    if (a.length != b.length) {
      throw new IllegalArgumentException(
          "Cannot compare two divisions: one labels "
              + a.length
              + " points and the other "
              + b.length
              + "; both must label the same points");
    }
    Crosstab counts = new Crosstab(a.length, rows, columns);
    for (int i = 0; i < a.length; i++) {
      counts.cells[a[i]][b[i]]++;
      counts.rows[a[i]]++;
      counts.columns[b[i]]++;
    }
    return counts;
  }

  static int clusters(int[] labels) {
    return Arrays.stream(labels).max().orElse(-1) + 1;
  }

  int total() {
    return total;
  }

  int rows() {
    return rows.length;
  }

  int columns() {
    return columns.length;
  }

  /** Points in cluster {@code row} of the first division and {@code column} of the second. */
  int at(int row, int column) {
    return cells[row][column];
  }

  int inRow(int row) {
    return rows[row];
  }

  int inColumn(int column) {
    return columns[column];
  }

  /** Whether both are the same division but for the names of the clusters. */
  boolean isOneToOne() {
    long pairs = Arrays.stream(cells).flatMapToInt(Arrays::stream).filter(n -> n > 0).count();
    return pairs == withPoints(rows) && pairs == withPoints(columns);
  }

  private static long withPoints(int[] sizes) {
    return Arrays.stream(sizes).filter(n -> n > 0).count();
  }
}
