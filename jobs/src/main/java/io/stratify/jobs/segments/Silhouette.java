package io.stratify.jobs.segments;

import java.util.List;

/**
 * The silhouette (Rousseeuw 1987) with squared Euclidean distances, which needs one pass over the
 * points: the mean squared distance from x to a cluster is |x|^2 + mean |y|^2 - 2 x . mean(y), as
 * in MLlib's ClusteringEvaluator. The macro average takes each cluster's mean silhouette as one
 * vote, so that a large cluster does not hide a bad small one. Higher is better, from -1 to 1.
 */
final class Silhouette {
  private Silhouette() {}

  /**
   * The macro-averaged silhouette.
   *
   * @param points prepared points
   * @param label cluster of each point, from 0 to k - 1
   * @param k number of clusters, at least 2; an empty one counts as 0
   */
  static double macro(List<double[]> points, int[] label, int k) {
    Clusters clusters = new Clusters(points, label, k);
    double[] sum = new double[k];
    for (int i = 0; i < label.length; i++) {
      sum[label[i]] += clusters.silhouette(points.get(i), label[i]);
    }
    double total = 0;
    for (int c = 0; c < k; c++) {
      total += clusters.size[c] == 0 ? 0 : sum[c] / clusters.size[c];
    }
    return total / k;
  }

  private static final class Clusters {
    private final int[] size;
    private final double[][] mean;
    private final double[] meanSquare;

    Clusters(List<double[]> points, int[] label, int k) {
      size = new int[k];
      mean = new double[k][points.get(0).length];
      meanSquare = new double[k];
      for (int i = 0; i < label.length; i++) {
        add(points.get(i), label[i]);
      }
      for (int c = 0; c < k; c++) {
        for (int j = 0; j < mean[c].length; j++) {
          mean[c][j] /= Math.max(1, size[c]);
        }
        meanSquare[c] /= Math.max(1, size[c]);
      }
    }

    private void add(double[] x, int cluster) {
      size[cluster]++;
      for (int j = 0; j < x.length; j++) {
        mean[cluster][j] += x[j];
      }
      meanSquare[cluster] += dot(x, x);
    }

    double silhouette(double[] x, int own) {
      if (size[own] < 2) {
        return 0;
      }
      double a = meanSquaredDistance(x, own) * size[own] / (size[own] - 1.0);
      double b = Double.POSITIVE_INFINITY;
      for (int c = 0; c < size.length; c++) {
        if (c != own && size[c] > 0) {
          b = Math.min(b, meanSquaredDistance(x, c));
        }
      }
      double larger = Math.max(a, b);
      return larger == 0 || Double.isInfinite(larger) ? 0 : (b - a) / larger;
    }

    private double meanSquaredDistance(double[] x, int c) {
      return Math.max(0, dot(x, x) + meanSquare[c] - 2 * dot(x, mean[c]));
    }
  }

  private static double dot(double[] x, double[] y) {
    double sum = 0;
    for (int j = 0; j < x.length; j++) {
      sum += x[j] * y[j];
    }
    return sum;
  }
}
