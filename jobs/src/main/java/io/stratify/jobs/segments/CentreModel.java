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
 * @param calibration how sure assignments are; null where it was not learnt
 */
public record CentreModel(
    @JsonProperty("preparation") Preparation preparation,
    @JsonProperty("centres") List<double[]> centres,
    @JsonProperty("segmentIds") List<String> segmentIds,
    @JsonProperty("spread") Spread spread,
    @JsonProperty("calibration") Calibration calibration)
    implements ClusterModel {

  /** Makes the lists immutable. */
  @JsonCreator
  public CentreModel {
    centres = List.copyOf(centres);
    segmentIds = List.copyOf(segmentIds);
  }

  /** A model of which nobody knows yet how far customers are from their centre, or how sure. */
  public CentreModel(Preparation preparation, List<double[]> centres, List<String> segmentIds) {
    this(preparation, centres, segmentIds, null, null);
  }

  @Override
  public CentreModel with(Spread learnt) {
    return new CentreModel(preparation, centres, segmentIds, learnt, calibration);
  }

  /** The same model that knows how sure its assignments are. */
  CentreModel with(Calibration learnt) {
    return new CentreModel(preparation, centres, segmentIds, spread, learnt);
  }

  @Override
  public CentreModel only(List<Integer> parts, List<String> ids, Spread usual) {
    return new CentreModel(
        preparation, parts.stream().map(centres::get).toList(), ids, usual, calibration);
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
   * Where a prepared point stands. Its confidence is that of the {@link Calibration} at its
   * distance from the border to the runner-up; without one it is 1 - d1/d2 with d1, d2 the
   * distances to the two nearest segments.
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
    if (calibration == null) {
      return squares[second] == 0 ? 0 : 1 - Math.sqrt(squares[first] / squares[second]);
    }
    return calibration.confidence(
        fromBorder(squares[first], squares[second], centres.get(first), centres.get(second)));
  }

  /** Distance of a prepared point from the border between its segment and the runner-up. */
  double fromBorder(double[] x) {
    Standing s = prepared(x);
    return s.runnerUp() < 0
        ? 0
        : fromBorder(
            square(x, s.part()),
            square(x, s.runnerUp()),
            centres.get(s.part()),
            centres.get(s.runnerUp()));
  }

  /** Points as near to one centre as to the other are on a plane; the distance from that. */
  private static double fromBorder(double square, double other, double[] centre, double[] next) {
    double apart = Math.sqrt(squaredDistance(centre, next));
    return apart == 0 ? 0 : (other - square) / (2 * apart);
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
