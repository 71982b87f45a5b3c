package io.stratify.jobs.segments;

import java.util.List;
import java.util.stream.IntStream;

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
   * @param weights how many customers each stands for
   * @param label cluster of each point, from 0 to k - 1
   * @param k number of clusters, at least 2; an empty one counts as 0
   */
  static double macro(List<double[]> points, double[] weights, int[] label, int k) {
    Groups clusters = new Groups(points, weights, label, k);
    double[] own =
        IntStream.range(0, label.length)
            .parallel()
            .mapToDouble(i -> clusters.silhouette(points.get(i), weights[i], label[i]))
            .toArray();
    double[] sum = new double[k];
    for (int i = 0; i < label.length; i++) {
      sum[label[i]] += weights[i] * own[i];
    }
    double total = 0;
    for (int c = 0; c < k; c++) {
      total += clusters.size[c] == 0 ? 0 : sum[c] / clusters.size[c];
    }
    return total / k;
  }

  private static final class Groups {
    private final int[] points;
    private final double[] size;
    private final double[][] mean;
    private final double[] meanSquare;

    Groups(List<double[]> all, double[] weights, int[] label, int k) {
      points = new int[k];
      size = new double[k];
      mean = new double[k][all.get(0).length];
      meanSquare = new double[k];
      for (int i = 0; i < label.length; i++) {
        add(all.get(i), weights[i], label[i]);
      }
      for (int c = 0; c < k; c++) {
        for (int j = 0; j < mean[c].length; j++) {
          mean[c][j] /= size[c] > 0 ? size[c] : 1;
        }
        meanSquare[c] /= size[c] > 0 ? size[c] : 1;
      }
    }

    private void add(double[] x, double weight, int cluster) {
      points[cluster]++;
      size[cluster] += weight;
      for (int j = 0; j < x.length; j++) {
        mean[cluster][j] += weight * x[j];
      }
      meanSquare[cluster] += weight * dot(x, x);
    }

    double silhouette(double[] x, double weight, int own) {
      if (points[own] < 2) {
        return 0;
      }
      double a = meanSquaredDistance(x, own) * size[own] / (size[own] - weight);
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
