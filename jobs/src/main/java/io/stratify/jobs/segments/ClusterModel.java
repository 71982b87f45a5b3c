package io.stratify.jobs.segments;

import io.stratify.common.tables.CustomerFeatures;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.functions;

/** A model of clusters in the space of prepared features. */
public sealed interface ClusterModel extends Model, Additive permits CentreModel, MixtureModel {
  /** The clusters of a model, which may divide only those of whom something is known. */
  static Optional<ClusterModel> of(Model model) {
    Model inner = model instanceof PartialModel partial ? partial.inner() : model;
    return inner instanceof ClusterModel clusters ? Optional.of(clusters) : Optional.empty();
  }

  /** From features to the space of the clusters. */
  Preparation preparation();

  /** One per segment, in prepared space. */
  List<double[]> centres();

  /** How far customers usually are from their centre; null where it was not learnt. */
  Spread spread();

  /** A distance from a centre that is never unusual. */
  default double usualAtLeast() {
    return 0;
  }

  /** The same model with a spread. */
  ClusterModel with(Spread learnt);

  /** The same model with other ids and only some of its parts. */
  ClusterModel only(List<Integer> parts, List<String> ids, Spread usual);

  /** The part of a prepared point; the first of equals. */
  int nearest(double[] x);

  /** Square of the distance of a prepared point to a part, as the model measures it. */
  double square(double[] x, int part);

  /** Where a prepared point stands. */
  Standing prepared(double[] x);

  /** What each prepared feature says for a part against another. */
  double[] contributions(double[] x, int part, int other);

  @Override
  default List<String> features() {
    return preparation().features();
  }

  @Override
  default List<String> labels() {
    return preparation().scales().stream()
        .map(s -> s.missing() ? s.feature() + " missing" : s.feature())
        .toList();
  }

  @Override
  default double shown(double[] raw, int feature) {
    Preparation.Scale scale = preparation().scales().get(feature);
    return scale.missing() ? scale.squeeze(raw[feature]) : raw[feature];
  }

  @Override
  default double counted(double[] raw, int feature) {
    Preparation.Scale scale = preparation().scales().get(feature);
    boolean known = scale.missing() || Double.isFinite(raw[feature]);
    return known ? shown(raw, feature) : scale.fill();
  }

  @Override
  default Standing standing(double[] raw) {
    return prepared(preparation().apply(raw));
  }

  @Override
  default double[] evidence(double[] raw, int part, int other) {
    return contributions(preparation().apply(raw), part, other);
  }

  @Override
  default boolean[] nearer(double[] raw, int part, int other) {
    double[] x = preparation().apply(raw);
    double[] own = centres().get(part);
    double[] others = centres().get(other);
    boolean[] nearer = new boolean[x.length];
    for (int j = 0; j < x.length; j++) {
      nearer[j] = Math.abs(x[j] - own[j]) < Math.abs(x[j] - others[j]);
    }
    return nearer;
  }

  @Override
  default int partOf(double[] raw, String segmentId) {
    double[] x = preparation().apply(raw);
    int best = -1;
    for (int c = 0; c < centres().size(); c++) {
      boolean candidate = segmentIds().get(c).equals(segmentId);
      if (candidate && (best < 0 || margin(x, c, best) > 0)) {
        best = c;
      }
    }
    return best;
  }

  /** By how much a prepared point belongs to a part rather than to another. */
  default double margin(double[] x, int part, int other) {
    double margin = constant(part, other);
    for (double c : contributions(x, part, other)) {
      margin += c;
    }
    return margin;
  }

  @Override
  default double[] typical(int part) {
    return preparation().invert(centres().get(part));
  }

  @Override
  default Optional<Additive> additive() {
    return Optional.of(this);
  }

  @Override
  default ClusterModel renamed(Map<String, String> ids) {
    return only(
        IntStream.range(0, centres().size()).boxed().toList(),
        segmentIds().stream().map(id -> ids.getOrDefault(id, id)).toList(),
        spread());
  }

  @Override
  default Optional<Model> without(String segmentId) {
    List<Integer> kept =
        IntStream.range(0, centres().size())
            .filter(c -> !segmentIds().get(c).equals(segmentId))
            .boxed()
            .toList();
    return kept.isEmpty()
        ? Optional.empty()
        : Optional.of(
            only(
                kept,
                kept.stream().map(segmentIds()::get).toList(),
                spread() == null ? null : spread().only(kept)));
  }

  /** Whether two parts make one segment. */
  default boolean sameSegment(int c, int d) {
    return c == d || (!segmentIds().isEmpty() && segmentIds().get(c).equals(segmentIds().get(d)));
  }

  /** Whether a distance from a part is more than is usual there. */
  default boolean isUnusual(int part, double distance) {
    if (spread() == null) {
      return false;
    }
    double usual = spread().usual().get(part);
    return distance > usual + Spread.LEAST * Math.max(1, usual);
  }

  @Override
  default Column assignment() {
    return membership();
  }

  @Override
  default Column membership() {
    UDF1<scala.collection.Seq<Double>, Row> assign = this::membershipRow;
    return functions.udf(assign, MEMBERSHIP).apply(columns(preparation().features()));
  }

  private Row membershipRow(scala.collection.Seq<Double> raw) {
    Standing s = standing(unbox(raw));
    return RowFactory.create(
        segmentIds().get(s.part()),
        s.runnerUp() < 0 ? null : segmentIds().get(s.runnerUp()),
        s.confidence(),
        s.distance(),
        s.outlier());
  }

  /** The features as an array of doubles, null where missing. */
  static Column columns(List<String> names) {
    return functions.array(names.stream().map(CustomerFeatures::number).toArray(Column[]::new));
  }

  /** A row's features, NaN where null. */
  static double[] unbox(scala.collection.Seq<Double> raw) {
    double[] values = new double[raw.size()];
    for (int j = 0; j < values.length; j++) {
      Object value = raw.apply(j);
      values[j] = value == null ? Double.NaN : (Double) value;
    }
    return values;
  }
}
