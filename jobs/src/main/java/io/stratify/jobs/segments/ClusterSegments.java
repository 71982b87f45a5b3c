package io.stratify.jobs.segments;

import io.stratify.common.config.PreparationConfig;
import io.stratify.jobs.segments.Policy.Judged;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Makes a segmentation of the chosen clusters: ids, names, rules, and what it is worth on all. */
record ClusterSegments(ClusterLens lens, Lens.Input input, Preparation preparation, Points points) {
  /** Resamples behind the confidence, which so has steps of a twentieth before it is calibrated. */
  private static final int RESAMPLES = 20;

  /** Id of the segment of those of whom nothing is known. */
  static String unknown(String lens) {
    return lens + ".unknown";
  }

  /**
   * The segmentation.
   *
   * @param rows customers that the clusters are for
   * @param customers number of these
   * @param known features of which a customer must have one; empty where the clusters are for all
   */
  Lens.Fit fit(
      List<Judged> judged, Fitted chosen, Dataset<Row> rows, long customers, List<String> known) {
    List<Traits> traits = traits(chosen);
    List<SegmentInfo> segments = new ArrayList<>(describe(chosen, traits));
    Map<String, Traits> byId = new TreeMap<>();
    IntStream.range(0, traits.size()).forEach(c -> byId.put(segments.get(c).id(), traits.get(c)));
    ClusterModel clusters =
        chosen.clusters().model(preparation, segments.stream().map(SegmentInfo::id).toList());
    Confirmation confirmed = Confirmation.of(rows, clusters, customers);
    ClusterModel model = calibrated(clusters.with(confirmed.spread()), chosen);
    Model whole = model;
    if (!known.isEmpty()) {
      String unknown = unknown(lens.name());
      whole = new PartialModel(known, model, unknown);
      segments.add(
          new SegmentInfo(unknown, "Nothing known", "no value of " + String.join(", ", known)));
    }
    Segmentation segmentation =
        new Segmentation(
            Segmentation.idOf(lens.name(), input.asOf()),
            lens.name(),
            input.asOf(),
            chosen.algorithm().label(),
            segments,
            whole,
            chosen.figures().silhouette(),
            confirmed.smallestShare(),
            input.configHash());
    return new Lens.Fit(
        segmentation,
        judged.stream().map(j -> candidate(j, confirmed)).toList(),
        said(chosen, confirmed),
        byId);
  }

  /** Mixtures have probabilities of their own. */
  private ClusterModel calibrated(ClusterModel model, Fitted chosen) {
    return model instanceof CentreModel centres
        ? centres.with(
            new Stability(lens.spark(), points, RESAMPLES, lens.seed())
                .calibration(chosen.algorithm(), centres, chosen.labels()))
        : model;
  }

  private String said(Fitted chosen, Confirmation confirmed) {
    String figures =
        String.format(
            Locale.ROOT,
            "%s, silhouette %.3f",
            chosen.algorithm().label(),
            chosen.figures().silhouette());
    return points.complete()
        ? figures
        : figures
            + String.format(
                Locale.ROOT,
                ", cost on all customers %+.2f %% against the estimate from %,d",
                100 * confirmed.above(chosen.figures().cost()),
                points.size());
  }

  private Lens.Candidate candidate(Judged j, Confirmation confirmed) {
    Fitted c = j.candidate();
    String reason =
        c.usable() && !c.discarded().isEmpty()
            ? j.reason() + "; seeds discarded: " + String.join("; ", c.discarded())
            : j.reason();
    return new Lens.Candidate(
        c.algorithm(),
        c.k(),
        points.size(),
        c.figures(),
        j.chosen() ? (Double) confirmed.cost() : null,
        j.score(),
        j.chosen(),
        reason);
  }

  private ClusterTraits described(Fitted chosen) {
    return new ClusterTraits(preparation, points, chosen.labels(), chosen.clusters());
  }

  private List<Traits> traits(Fitted chosen) {
    List<double[]> centres = chosen.clusters().centres();
    return IntStream.range(0, centres.size())
        .mapToObj(c -> described(chosen).words(c, inDeviations(centres.get(c))))
        .toList();
  }

  private List<SegmentInfo> describe(Fitted chosen, List<Traits> traits) {
    List<String> names = SegmentNames.of(traits);
    List<SegmentRule> rules =
        ClusterRules.of(
            lens.spark(),
            points,
            preparation,
            chosen.labels(),
            chosen.k(),
            lens.config().search().rulesDepth());
    return IntStream.range(0, names.size())
        .mapToObj(
            c ->
                new SegmentInfo(
                    String.format(
                        Locale.ROOT,
                        "%s.%s-%d",
                        lens.name(),
                        Segmentation.compact(input.asOf()),
                        c + 1),
                    names.get(c),
                    described(chosen).definition(c),
                    rules.get(c)))
        .toList();
  }

  /** The centre in standard deviations from the mean, which is what it is with scaling standard. */
  private double[] inDeviations(double[] centre) {
    if (lens.config().preparation().scaling() == PreparationConfig.Scaling.STANDARD) {
      return preparation.unweighted(centre);
    }
    double[] means = points.means();
    double[] deviations = points.deviations();
    double[] plain = new double[centre.length];
    for (int j = 0; j < plain.length; j++) {
      plain[j] = deviations[j] > 0 ? (centre[j] - means[j]) / deviations[j] : 0;
    }
    return plain;
  }
}
