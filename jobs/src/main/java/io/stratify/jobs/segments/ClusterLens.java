package io.stratify.jobs.segments;

import io.stratify.common.StratifyException;
import io.stratify.common.config.ClusterConfig;
import io.stratify.common.config.ConfigText;
import io.stratify.common.tables.CustomerFeatures;
import io.stratify.jobs.segments.Policy.Judged;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * A lens of clusters over prepared features. Where all its features are what customers said, those
 * who said nothing are a segment of their own and no part of the clusters.
 *
 * @param spark session
 * @param config what is clustered and how
 * @param sample customers from which the preparation is learnt
 * @param seed seed of everything drawn
 */
record ClusterLens(SparkSession spark, ClusterConfig config, int sample, long seed)
    implements Lens {
  @Override
  public String name() {
    return config.name();
  }

  @Override
  public String configuration() {
    return seed + " " + sample + " " + config;
  }

  @Override
  public String parameters() {
    return "seed = " + seed + ", sample = " + sample + ", " + ConfigText.of(config);
  }

  @Override
  public Optional<String> absent(Input input) {
    return stated()
        ? FeaturePresence.reason(input.features(), config.features()).or(() -> tooFew(input))
        : Optional.empty();
  }

  /** What few customers say is no reason to stop a run that has other lenses. */
  private Optional<String> tooFew(Input input) {
    List<String> features = FeatureKeys.expand(input.features(), config.features());
    long different =
        input
            .features()
            .where(PartialModel.anyKnown(features))
            .select(ClusterModel.columns(features))
            .distinct()
            .limit(config.kMin())
            .count();
    return different >= config.kMin()
        ? Optional.empty()
        : Optional.of(
            "customers said only "
                + different
                + " different things, fewer than "
                + config.path()
                + ".k-min = "
                + config.kMin());
  }

  /** Whether the lens is about what customers say, key by key. */
  private boolean stated() {
    return config.features().stream().allMatch(f -> CustomerFeatures.keyed(f).isPresent());
  }

  @Override
  public Fit fit(Input input) {
    List<String> features = FeatureKeys.expand(input.features(), config.features());
    if (!stated()) {
      return fit(input, features, input.features(), input.customers());
    }
    Dataset<Row> known = input.features().where(PartialModel.anyKnown(features));
    long answered = known.count();
    input
        .notices()
        .accept(
            String.format(
                Locale.ROOT,
                "lens %s divides the %,d of %,d customers who have a value of %s; an answer that"
                    + " one of them did not give counts as the median, and the others are in"
                    + " segment %s",
                name(),
                answered,
                input.customers(),
                String.join(", ", features),
                ClusterSegments.unknown(name())));
    return fit(input, features, known, answered);
  }

  private Fit fit(Input input, List<String> features, Dataset<Row> rows, long customers) {
    Sample drawn = Sample.of(rows, features, customers, sample, seed);
    if (drawn.points().isEmpty()) {
      throw new StratifyException(
          "Cannot fit lens %s: segments.sample = %d of %d customers drew nobody. Raise it",
          name(), sample, customers);
    }
    if (customers == 1) {
      throw new IndivisibleException(
          "Cannot fit lens %s: there is one customer only. Add data, or set %s.enabled = false",
          name(), config.path());
    }
    Preparation preparation = prepare(input, features, drawn, customers);
    Points points = points(rows, customers, drawn, features, preparation);
    int largestK = largestK(points, customers);
    List<Judged> judged =
        new Policy(config.policy(), config.search().minShare())
            .judge(
                new Search(spark, config, seed, effect(input, features, preparation))
                    .fitAll(points, largestK));
    Fitted chosen = Policy.chosen(judged);
    if (chosen == null) {
      throw new IndivisibleException(
          "Cannot fit lens %s: every candidate is degenerate: %s. Lower %s.k-max, add data, take"
              + " other %s.algorithms, or set %s.enabled = false",
          name(),
          judged.stream()
              .map(j -> j.candidate().label() + " " + String.join("; ", j.candidate().discarded()))
              .collect(Collectors.joining("; ")),
          config.path(),
          config.path(),
          config.path());
    }
    return new ClusterSegments(this, input, preparation, points)
        .fit(judged, chosen, rows, customers, stated() ? features : List.of());
  }

  private Preparation prepare(Input input, List<String> features, Sample drawn, long customers) {
    List<String> why = new ArrayList<>();
    Preparation preparation =
        new PreparationLearner(config.preparation(), why::add).learn(features, drawn);
    if (preparation.scales().isEmpty()) {
      throw new IndivisibleException(
          "Cannot fit lens %s: all %d customers are the same in every feature (%s). Check"
              + " the mapping of the inputs, add features, or set %s.enabled ="
              + " false",
          name(), customers, String.join(", ", features), config.path());
    }
    why.forEach(w -> input.notices().accept("lens " + name() + " leaves out " + w));
    if (preparation.features().stream().distinct().count() == 1) {
      input
          .notices()
          .accept(
              "lens "
                  + name()
                  + " divides customers by one feature only: "
                  + preparation.features().get(0));
    }
    return preparation;
  }

  private Points points(
      Dataset<Row> rows, long customers, Sample drawn, List<String> features, Preparation p) {
    int size = config.search().coreset();
    List<double[]> kept = drawn.only(p.features().stream().mapToInt(features::indexOf).toArray());
    return drawn.complete() && customers <= size
        ? Points.all(kept, p)
        : Coreset.of(p, kept, customers, size).draw(rows, customers, seed);
  }

  private ToDoubleFunction<Clusters> effect(
      Input input, List<String> features, Preparation preparation) {
    Optional<String> outcome = config.policy().outcome();
    if (input.past().isEmpty() || outcome.isEmpty()) {
      return clusters -> Double.NaN;
    }
    Dataset<Row> past = input.past().get();
    Dataset<Row> divided = stated() ? past.where(PartialModel.anyKnown(features)) : past;
    return OutcomeEffect.of(divided, outcome.get(), preparation, config.search().coreset(), seed);
  }

  private int largestK(Points points, long customers) {
    long distinct = points.distinct(config.kMax());
    if (distinct < config.kMin()) {
      throw new IndivisibleException(
          "Cannot fit lens %s: it needs at least %s.k-min = %d different"
              + " customers, but %d customers have %d different combinations of features. Lower"
              + " k-min, add data, or set %s.enabled = false",
          name(), config.path(), config.kMin(), customers, distinct, config.path());
    }
    return (int) Math.min(distinct, config.kMax());
  }
}
