package io.stratify.jobs.segments;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.stratify.common.tables.CustomerFeatures;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.functions;

/**
 * Centres in the space of prepared features; a customer belongs to the nearest (Euclidean).
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
    implements Model, Additive {

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

  /** The same model with a spread. */
  CentreModel with(Spread learnt) {
    return new CentreModel(preparation, centres, segmentIds, learnt);
  }

  @Override
  public Model renamed(Map<String, String> ids) {
    return new CentreModel(
        preparation,
        centres,
        segmentIds.stream().map(id -> ids.getOrDefault(id, id)).toList(),
        spread);
  }

  @Override
  public Model without(String segmentId) {
    List<Integer> kept =
        IntStream.range(0, centres.size())
            .filter(c -> !segmentIds.get(c).equals(segmentId))
            .boxed()
            .toList();
    return new CentreModel(
        preparation,
        kept.stream().map(centres::get).toList(),
        kept.stream().map(segmentIds::get).toList(),
        spread == null
            ? null
            : new Spread(spread.variance(), kept.stream().map(spread.usual()::get).toList()));
  }

  @Override
  public List<String> features() {
    return preparation.features();
  }

  @Override
  public String measure() {
    return "squared distance";
  }

  @Override
  public Column assignment() {
    return membership();
  }

  @Override
  public Column membership() {
    UDF1<scala.collection.Seq<Double>, Row> assign = this::membershipRow;
    return functions.udf(assign, MEMBERSHIP).apply(features(preparation.features()));
  }

  /** The features as an array of doubles, null where missing. */
  static Column features(List<String> names) {
    return functions.array(names.stream().map(CustomerFeatures::number).toArray(Column[]::new));
  }

  private Row membershipRow(scala.collection.Seq<Double> raw) {
    Standing s = standing(unbox(raw));
    return RowFactory.create(
        segmentIds.get(s.part()),
        s.runnerUp() < 0 ? null : segmentIds.get(s.runnerUp()),
        s.confidence(),
        s.distance(),
        s.outlier());
  }

  /** The nearest centre and the squared distance to it. */
  Row nearestRow(scala.collection.Seq<Double> raw) {
    double[] x = preparation.apply(unbox(raw));
    int part = KMeansSearch.nearest(x, centres);
    return RowFactory.create(part, squaredDistance(x, centres.get(part)));
  }

  /** A row's features, NaN where null. */
  public static double[] unbox(scala.collection.Seq<Double> raw) {
    double[] values = new double[raw.size()];
    for (int j = 0; j < values.length; j++) {
      Object value = raw.apply(j);
      values[j] = value == null ? Double.NaN : (Double) value;
    }
    return values;
  }

  @Override
  public Standing standing(double[] raw) {
    return prepared(preparation.apply(raw));
  }

  /**
   * Where a prepared point stands. Its confidence is the probability of its segment if every
   * cluster were spherical with the pooled variance of the fit, which is what k-means assumes
   * (Bishop 2006, 9.3.2): 1 in the middle of a segment, down to 1/k where all are equally near.
   * Without a spread it is 1 - d1/d2 with d1, d2 the distances to the two nearest segments.
   */
  Standing prepared(double[] x) {
    double[] squares = new double[centres.size()];
    int first = 0;
    for (int c = 0; c < squares.length; c++) {
      squares[c] = squaredDistance(x, centres.get(c));
      first = squares[c] < squares[first] ? c : first;
    }
    int second = -1;
    for (int c = 0; c < squares.length; c++) {
      if (!sameSegment(c, first) && (second < 0 || squares[c] < squares[second])) {
        second = c;
      }
    }
    double distance = Math.sqrt(squares[first]);
    boolean outlier = spread != null && distance > spread.usual().get(first);
    return new Standing(first, second, confidence(squares, first, second), distance, outlier);
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

  private boolean sameSegment(int c, int d) {
    return c == d || (!segmentIds.isEmpty() && segmentIds.get(c).equals(segmentIds.get(d)));
  }

  /**
   * The difference of the two squares as a product: far from both centres the difference itself
   * would lose its last digits.
   */
  @Override
  public double[] evidence(double[] raw, int part, int other) {
    double[] x = preparation.apply(raw);
    double[] evidence = new double[x.length];
    for (int j = 0; j < x.length; j++) {
      double own = centres.get(part)[j];
      double others = centres.get(other)[j];
      evidence[j] = (own - others) * (2 * x[j] - own - others);
    }
    return evidence;
  }

  @Override
  public int partOf(double[] raw, String segmentId) {
    double[] x = preparation.apply(raw);
    int best = -1;
    for (int c = 0; c < centres.size(); c++) {
      if (segmentIds.get(c).equals(segmentId)
          && (best < 0
              || squaredDistance(x, centres.get(c)) < squaredDistance(x, centres.get(best)))) {
        best = c;
      }
    }
    return best;
  }

  @Override
  public double[] typical(int part) {
    return preparation.invert(centres.get(part));
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
