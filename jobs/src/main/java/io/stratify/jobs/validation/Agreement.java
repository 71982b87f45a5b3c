package io.stratify.jobs.validation;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * How far two divisions of the same points agree. A division is an array with the cluster of each
 * point, from 0; both arrays have the points in the same order. The adjusted Rand index is in
 * {@link io.stratify.jobs.segments.RandIndex}.
 */
final class Agreement {
  private Agreement() {}

  /**
   * Adjusted mutual information (Vinh, Epps and Bailey 2010; the mean of the entropies is the
   * arithmetic one): 1 for the same division whatever the names of its clusters, about 0 for
   * unrelated ones. Not measurable (NaN) without points.
   */
  static double mutualInformation(int[] a, int[] b) {
    return MutualInformation.adjusted(Crosstab.of(a, b));
  }

  /**
   * For each cluster of the reference the greatest Jaccard coefficient with any cluster of the
   * other division, 0 to 1 (Hennig 2007, "Cluster-wise assessment of cluster stability"). Not
   * measurable (NaN) for a cluster without points.
   *
   * @param k clusters of the reference, and length of the result
   */
  static double[] jaccard(int[] reference, int k, int[] other) {
    Crosstab counts = Crosstab.of(reference, k, other, Crosstab.clusters(other));
    double[] greatest = new double[k];
    Arrays.fill(greatest, Double.NaN);
    for (int c = 0; c < k; c++) {
      for (int o = 0; o < counts.columns() && counts.inRow(c) > 0; o++) {
        double shared = counts.at(c, o);
        double jaccard = shared / (counts.inRow(c) + counts.inColumn(o) - shared);
        greatest[c] = o == 0 ? jaccard : Math.max(greatest[c], jaccard);
      }
    }
    return greatest;
  }

  /**
   * Kappa (Cohen 1960): the share of points with the same label in both over what chance leaves, 1
   * where all have and 0 where as many have as by chance. Clusters must have the same names in both
   * divisions. Not measurable (NaN) where chance alone makes all agree: without points, or with all
   * of them in one and the same cluster.
   *
   * @param k clusters of both divisions
   */
  static double kappa(int[] a, int[] b, int k) {
    Crosstab counts = Crosstab.of(a, k, b, k);
    double n = counts.total();
    double agreed = IntStream.range(0, k).mapToDouble(c -> counts.at(c, c)).sum() * n;
    double byChance =
        IntStream.range(0, k).mapToDouble(c -> (double) counts.inRow(c) * counts.inColumn(c)).sum();
    // Counts, so that "chance is 1" is exact: shares would be rounded.
    return byChance == n * n ? Double.NaN : (agreed - byChance) / (n * n - byChance);
  }

  /**
   * The share of each cluster's points before that are in the cluster of the same name after, 0 to
   * 1. Not measurable (NaN) for a cluster that had no points.
   *
   * @param k clusters of both divisions, and length of the result
   */
  static double[] stays(int[] before, int[] after, int k) {
    Crosstab counts = Crosstab.of(before, k, after, k);
    // 0 of 0 is NaN.
    return IntStream.range(0, k)
        .mapToDouble(c -> counts.at(c, c) / (double) counts.inRow(c))
        .toArray();
  }
}
