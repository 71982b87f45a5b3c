package io.stratify.jobs.segments;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * Normal distributions in the space of prepared features; a customer belongs to the one that most
 * likely made it, and so to its segment, also where people merged it with others. The margin
 * between two segments is the log of the odds, ln(p1 / p2) = c1 - c2 + (q2 - q1) / 2, where q is
 * the squared Mahalanobis distance to a mean. With d = x - mean and the precision P (the inverse of
 * the covariance) it is q = sum over j of d_j (P d)_j, so that half of each product of two features
 * counts for either of them; where P is diagonal there are no such products.
 *
 * @param preparation from features to the space of the means
 * @param constants c: log of the weight of a component less half that of its covariance's
 *     determinant
 * @param means one per segment
 * @param precisions inverse covariances, one per segment
 * @param segmentIds ids of the segments, in the order of the means
 * @param spread how far customers usually are from their mean; null where it was not learnt
 */
public record MixtureModel(
    @JsonProperty("preparation") Preparation preparation,
    @JsonProperty("constants") List<Double> constants,
    @JsonProperty("means") List<double[]> means,
    @JsonProperty("precisions") List<double[][]> precisions,
    @JsonProperty("segmentIds") List<String> segmentIds,
    @JsonProperty("spread") Spread spread)
    implements ClusterModel {
  private static final double LOG_TWO_PI = Math.log(2 * Math.PI);

  /** Makes the lists immutable. */
  @JsonCreator
  public MixtureModel {
    constants = List.copyOf(constants);
    means = List.copyOf(means);
    precisions = List.copyOf(precisions);
    segmentIds = List.copyOf(segmentIds);
  }

  /** A model of which nobody knows yet how far customers are from their mean. */
  public MixtureModel(
      Preparation preparation,
      List<Double> constants,
      List<double[]> means,
      List<double[][]> precisions,
      List<String> segmentIds) {
    this(preparation, constants, means, precisions, segmentIds, null);
  }

  /**
   * The mean and three standard deviations of the distance in a normal distribution, about: those
   * of customers with the same values are all the same, and a day later all are another one.
   */
  @Override
  public double usualAtLeast() {
    return Math.sqrt(preparation.scales().size()) + 3 * Math.sqrt(0.5);
  }

  @Override
  public MixtureModel with(Spread learnt) {
    return new MixtureModel(preparation, constants, means, precisions, segmentIds, learnt);
  }

  @Override
  public MixtureModel only(List<Integer> parts, List<String> ids, Spread usual) {
    return new MixtureModel(
        preparation,
        parts.stream().map(constants::get).toList(),
        parts.stream().map(means::get).toList(),
        parts.stream().map(precisions::get).toList(),
        ids,
        usual);
  }

  @Override
  public List<double[]> centres() {
    return means;
  }

  @Override
  public String measure() {
    return "log odds";
  }

  @Override
  public int nearest(double[] x) {
    return most(logOdds(x));
  }

  private static int most(double[] log) {
    int first = 0;
    for (int c = 1; c < log.length; c++) {
      first = log[c] > log[first] ? c : first;
    }
    return first;
  }

  /**
   * Where a prepared point stands: its confidence is the probability of its segment, its distance
   * that of Mahalanobis.
   */
  @Override
  public Standing prepared(double[] x) {
    double[] log = logOdds(x);
    int first = most(log);
    int second = -1;
    double own = 0;
    double all = 0;
    for (int c = 0; c < log.length; c++) {
      double weight = Math.exp(log[c] - log[first]);
      all += weight;
      if (sameSegment(c, first)) {
        own += weight;
      } else if (second < 0 || log[c] > log[second]) {
        second = c;
      }
    }
    double distance = Math.sqrt(square(x, first));
    return new Standing(first, second, own / all, distance, isUnusual(first, distance));
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
      log[c] = constants.get(c) - square(x, c) / 2;
    }
    return log;
  }

  @Override
  public double square(double[] x, int part) {
    double q = 0;
    for (double p : distance(x, part)) {
      q += p;
    }
    return Math.max(0, q);
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
  public double[] contributions(double[] x, int part, int other) {
    double[] own = distance(x, part);
    double[] others = distance(x, other);
    for (int j = 0; j < own.length; j++) {
      own[j] = (others[j] - own[j]) / 2;
    }
    return own;
  }

  @Override
  public double constant(int part, int other) {
    return constants.get(part) - constants.get(other);
  }
}
