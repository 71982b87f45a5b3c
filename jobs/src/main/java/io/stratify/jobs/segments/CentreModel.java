package io.stratify.jobs.segments;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * Centres in the space of prepared features; a customer belongs to the nearest (Euclidean). The
 * margin between two segments is the difference of the squared distances, which is a sum over the
 * features; its constant is 0.
 *
 * @param preparation from features to the space of the centres
 * @param centres one per segment
 * @param segmentIds ids of the segments, in the order of the centres
 * @param spread how far customers usually are from their centre; null where it was not learnt
 */
public record CentreModel(
    @JsonProperty("preparation") Preparation preparation,
    @JsonProperty("centres") List<double[]> centres,
    @JsonProperty("segmentIds") List<String> segmentIds,
    @JsonProperty("spread") Spread spread)
    implements ClusterModel {

  /** Makes the lists immutable. */
  @JsonCreator
  public CentreModel {
    centres = List.copyOf(centres);
    segmentIds = List.copyOf(segmentIds);
  }

  /** A model of which nobody knows yet how far customers are from their centre. */
  public CentreModel(Preparation preparation, List<double[]> centres, List<String> segmentIds) {
    this(preparation, centres, segmentIds, null);
  }

  @Override
  public CentreModel with(Spread learnt) {
    return new CentreModel(preparation, centres, segmentIds, learnt);
  }

  @Override
  public CentreModel only(List<Integer> parts, List<String> ids, Spread usual) {
    return new CentreModel(preparation, parts.stream().map(centres::get).toList(), ids, usual);
  }

  @Override
  public int nearest(double[] x) {
    return Centres.nearest(x, centres);
  }

  @Override
  public double square(double[] x, int part) {
    return squaredDistance(x, centres.get(part));
  }

  @Override
  public String measure() {
    return "squared distance";
  }

  /**
   * Where a prepared point stands. Its confidence is the probability of its segment if every
   * cluster were spherical with the pooled variance of the fit, which is what k-means assumes
   * (Bishop 2006, 9.3.2): 1 in the middle of a segment, down to 1/k where all are equally near.
   * Without a spread it is 1 - d1/d2 with d1, d2 the distances to the two nearest segments.
   */
  @Override
  public Standing prepared(double[] x) {
    double[] squares = new double[centres.size()];
    int first = 0;
    for (int c = 0; c < squares.length; c++) {
      squares[c] = square(x, c);
      first = squares[c] < squares[first] ? c : first;
    }
    int second = -1;
    for (int c = 0; c < squares.length; c++) {
      if (!sameSegment(c, first) && (second < 0 || squares[c] < squares[second])) {
        second = c;
      }
    }
    double distance = Math.sqrt(squares[first]);
    return new Standing(
        first, second, confidence(squares, first, second), distance, isUnusual(first, distance));
  }

  private double confidence(double[] squares, int first, int second) {
    if (second < 0) {
      return 1;
    }
    if (spread == null) {
      return squares[second] == 0 ? 0 : 1 - Math.sqrt(squares[first] / squares[second]);
    }
    double own = 0;
    double all = 0;
    for (int c = 0; c < squares.length; c++) {
      double weight = Math.exp((squares[first] - squares[c]) / (2 * atLeast(spread.variance())));
      all += weight;
      own += sameSegment(c, first) ? weight : 0;
    }
    return own / all;
  }

  /** Where all customers lie on their centres, nobody is in doubt. */
  private static double atLeast(double variance) {
    return Math.max(variance, 1e-12);
  }

  /**
   * The difference of the two squares as a product: far from both centres the difference itself
   * would lose its last digits.
   */
  @Override
  public double[] contributions(double[] x, int part, int other) {
    double[] parts = new double[x.length];
    for (int j = 0; j < x.length; j++) {
      double own = centres.get(part)[j];
      double others = centres.get(other)[j];
      parts[j] = (own - others) * (2 * x[j] - own - others);
    }
    return parts;
  }

  @Override
  public double constant(int part, int other) {
    return 0;
  }

  static double squaredDistance(double[] x, double[] y) {
    double sum = 0;
    for (int j = 0; j < x.length; j++) {
      double d = x[j] - y[j];
      sum += d * d;
    }
    return sum;
  }
}
