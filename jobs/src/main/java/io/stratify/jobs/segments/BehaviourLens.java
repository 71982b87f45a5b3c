package io.stratify.jobs.segments;

import io.stratify.common.StratifyException;
import io.stratify.common.config.BehaviourConfig;
import io.stratify.common.config.SegmentsConfig;
import io.stratify.common.tables.CustomerFeatures;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/** The lens {@code behaviour}: clusters of MLlib KMeans over prepared features. */
record BehaviourLens(SparkSession spark, SegmentsConfig segments) implements Lens {
  @Override
  public String name() {
    return "behaviour";
  }

  @Override
  public String configuration() {
    return segments.seed() + " " + segments.sample() + " " + config();
  }

  private BehaviourConfig config() {
    return segments.behaviour();
  }

  @Override
  public Fit fit(Input input) {
    Sample sample =
        Sample.of(
            input.features(),
            config().features(),
            input.customers(),
            segments.sample(),
            segments.seed());
    if (sample.points().isEmpty()) {
      throw new StratifyException(
          "Cannot fit lens behaviour: segments.sample = %d of %d customers drew nobody. Raise it",
          segments.sample(), input.customers());
    }
    Preparation preparation = prepare(sample, input);
    List<double[]> points = project(sample, preparation);
    int largestK = largestK(points, input);
    KMeansSearch search = new KMeansSearch(spark, config(), segments.seed());
    List<KMeansSearch.Fitted> candidates = search.fitAll(points, largestK);
    KMeansSearch.Fitted chosen = search.choose(candidates);
    return new Fit(
        segmentation(input, sample, preparation, chosen), search.explain(candidates, chosen));
  }

  /** Learns every feature that has values, and leaves out those that are empty or constant. */
  private Preparation prepare(Sample sample, Input input) {
    List<Preparation.Scale> learnt = new ArrayList<>();
    for (int j = 0; j < config().features().size(); j++) {
      String feature = config().features().get(j);
      double[] values = sample.column(j);
      if (Arrays.stream(values).allMatch(Double::isNaN)) {
        input
            .notices()
            .accept(
                "lens behaviour leaves out "
                    + feature
                    + ": nobody has a value (it comes from inputs."
                    + CustomerFeatures.named(feature).input()
                    + ")");
        continue;
      }
      Preparation.Scale scale =
          Preparation.learn(feature, values, config().winsorise(), config().logAboveSkew());
      if (scale.deviation() == 0) {
        input.notices().accept("lens behaviour leaves out " + feature + ": it is constant");
      }
      learnt.add(scale);
    }
    Preparation preparation = Preparation.of(learnt);
    if (preparation.scales().isEmpty()) {
      throw new StratifyException(
          "Cannot fit lens behaviour: all %d customers are the same in every feature (%s). Check"
              + " the mapping of the inputs, add features, or set segments.behaviour.enabled ="
              + " false",
          input.customers(),
          learnt.stream().map(Preparation.Scale::feature).collect(Collectors.joining(", ")));
    }
    return preparation;
  }

  /** The prepared points of the sample, with the features that were kept. */
  private List<double[]> project(Sample sample, Preparation preparation) {
    int[] kept = preparation.features().stream().mapToInt(config().features()::indexOf).toArray();
    return sample.points().stream()
        .map(p -> preparation.apply(Arrays.stream(kept).mapToDouble(j -> p[j]).toArray()))
        .toList();
  }

  private int largestK(List<double[]> points, Input input) {
    long distinct = points.stream().map(Arrays::toString).distinct().limit(config().kMax()).count();
    if (distinct < config().kMin()) {
      throw new StratifyException(
          "Cannot fit lens behaviour: it needs at least segments.behaviour.k-min = %d different"
              + " customers, but %d customers have %d different combinations of features. Lower"
              + " k-min, add data, or set segments.behaviour.enabled = false",
          config().kMin(), input.customers(), distinct);
    }
    return (int) Math.min(distinct, config().kMax());
  }

  private Segmentation segmentation(
      Input input, Sample sample, Preparation preparation, KMeansSearch.Fitted chosen) {
    List<double[]> fitted =
        sample.complete()
            ? chosen.centres()
            : Refinement.refine(
                input.features(), preparation, chosen.centres(), config().maxIterations());
    List<double[]> centres = new ArrayList<>(fitted);
    centres.sort(order());
    List<SegmentInfo> segments = describe(input, preparation, centres);
    CentreModel model =
        new CentreModel(preparation, centres, segments.stream().map(SegmentInfo::id).toList());
    return new Segmentation(
        Segmentation.idOf(name(), input.asOf()),
        name(),
        input.asOf(),
        "kmeans",
        segments,
        model,
        chosen.silhouette(),
        smallestShare(input, model),
        input.configHash());
  }

  /** A fixed order, so that numbers do not depend on the order in which MLlib found the centres. */
  private static Comparator<double[]> order() {
    return (a, b) -> -Arrays.compare(a, b);
  }

  private List<SegmentInfo> describe(Input input, Preparation preparation, List<double[]> centres) {
    List<String> names = SegmentNames.of(preparation.features(), centres);
    return IntStream.range(0, centres.size())
        .mapToObj(
            c ->
                new SegmentInfo(
                    String.format(
                        Locale.ROOT, "%s.%s-%d", name(), Segmentation.compact(input.asOf()), c + 1),
                    names.get(c),
                    centre(preparation, centres.get(c))))
        .toList();
  }

  /** The centre in original units. */
  private static String centre(Preparation preparation, double[] centre) {
    double[] raw = preparation.invert(centre);
    return "nearest to "
        + IntStream.range(0, raw.length)
            .mapToObj(
                j -> String.format(Locale.ROOT, "%s %.3g", preparation.features().get(j), raw[j]))
            .collect(Collectors.joining(", "));
  }

  /** The share of the smallest segment among all customers; 0 if one is empty. */
  private static double smallestShare(Input input, CentreModel model) {
    List<Row> sizes =
        input
            .features()
            .groupBy(model.assignment().getField("segment_id"))
            .agg(functions.count(functions.lit(1)))
            .collectAsList();
    return sizes.size() < model.centres().size()
        ? 0
        : sizes.stream().mapToLong(r -> r.getLong(1)).min().orElse(0) / (double) input.customers();
  }
}
