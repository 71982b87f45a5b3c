package io.stratify.jobs.segments;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * Normal distributions in the space of prepared features; a customer belongs to the one that most
 * likely made it. The margin between two segments is the log of the odds, ln(p1 / p2) = c1 - c2 +
 * (q2 - q1) / 2, where q is the squared Mahalanobis distance to a mean. With d = x - mean and the
 * precision P (the inverse of the covariance) it is q = sum over j of d_j (P d)_j, so that half of
 * each product of two features counts for either of them; where P is diagonal there are no such
 * products.
 *
 * @param preparation from features to the space of the means
 * @param constants c: log of the weight of a component less half that of its covariance's
 *     determinant
 * @param means one per segment
 * @param precisions inverse covariances, one per segment
 * @param segmentIds ids of the segments, in the order of the means
 */
public record MixtureModel(
    @JsonProperty("preparation") Preparation preparation,
    @JsonProperty("constants") List<Double> constants,
    @JsonProperty("means") List<double[]> means,
    @JsonProperty("precisions") List<double[][]> precisions,
    @JsonProperty("segmentIds") List<String> segmentIds)
    implements ClusterModel {
  private static final double LOG_TWO_PI = Math.log(2 * Math.PI);

  @Override
  public List<double[]> centres() {
    return means;
  }

  /**
   * The two likeliest components of a prepared point; confidence is the probability of the first.
   */
  @Override
  public Nearest nearest(double[] x) {
    double[] log = logOdds(x);
    int first = -1;
    int second = -1;
    for (int c = 0; c < log.length; c++) {
      if (first < 0 || log[c] > log[first]) {
        second = first;
        first = c;
      } else if (second < 0 || log[c] > log[second]) {
        second = c;
      }
    }
    double all = 0;
    for (double l : log) {
      all += Math.exp(l - log[first]);
    }
    return new Nearest(first, second, 1 / all);
  }

  /** Log density of a prepared point. */
  double logDensity(double[] x) {
    double[] log = logOdds(x);
    double most = Double.NEGATIVE_INFINITY;
    for (double l : log) {
      most = Math.max(most, l);
    }
    double sum = 0;
    for (double l : log) {
      sum += Math.exp(l - most);
    }
    return most + Math.log(sum) - x.length * LOG_TWO_PI / 2;
  }

  private double[] logOdds(double[] x) {
    double[] log = new double[means.size()];
    for (int c = 0; c < log.length; c++) {
      double q = 0;
      for (double part : distance(x, c)) {
        q += part;
      }
      log[c] = constants.get(c) - q / 2;
    }
    return log;
  }

  /** The parts of the features in the squared Mahalanobis distance to a mean. */
  private double[] distance(double[] x, int component) {
    double[] mean = means.get(component);
    double[][] precision = precisions.get(component);
    double[] d = new double[x.length];
    for (int j = 0; j < d.length; j++) {
      d[j] = x[j] - mean[j];
    }
    double[] parts = new double[d.length];
    for (int j = 0; j < d.length; j++) {
      double sum = 0;
      for (int i = 0; i < d.length; i++) {
        sum += precision[j][i] * d[i];
      }
      parts[j] = d[j] * sum;
    }
    return parts;
  }

  @Override
  public double[] contributions(double[] x, int segment, int over) {
    double[] own = distance(x, segment);
    double[] other = distance(x, over);
    for (int j = 0; j < own.length; j++) {
      own[j] = (other[j] - own[j]) / 2;
    }
    return own;
  }

  @Override
  public double constant(int segment, int over) {
    return constants.get(segment) - constants.get(over);
  }
}
