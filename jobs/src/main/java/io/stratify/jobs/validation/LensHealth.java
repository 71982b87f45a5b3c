package io.stratify.jobs.validation;

import io.stratify.common.config.HealthConfig;
import io.stratify.common.tables.SegmentationHealth;
import io.stratify.jobs.features.SnapshotDrift;
import io.stratify.jobs.segments.CentreModel;
import io.stratify.jobs.segments.ClusterModel;
import io.stratify.jobs.segments.Segmentation;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoublePredicate;
import java.util.stream.Collectors;

/**
 * Measures whether the segmentation of one lens still fits the customers. Only clusters can propose
 * a refit, and not where this run fitted them: rules and tiers are what people chose, and what was
 * fitted just now is judged by the gates.
 *
 * @param segmentation what the lens is published with
 * @param fresh whether this run fitted it
 * @param retired whether people retired segments of it
 * @param limits when a refit is proposed
 */
record LensHealth(Segmentation segmentation, boolean fresh, boolean retired, HealthConfig limits) {
  private static final String NONE = "none (only clusters are refitted for it)";
  private static final String FITTED_NOW = "fitted by this run";
  private static final String TOO_FEW =
      "fewer than " + Drifts.LEAST + " customers, whom chance alone moves as far";
  private static final String TOO_FEW_FOR_OUTLIERS =
      "fewer than " + Divided.LEAST + " customers, of whom chance alone sets as many apart";
  private static final String RETIRED =
      "segments were retired, and their customers are far from all that are left";
  private static final int WORST = 3;

  /** What a value must be. */
  private record Limit(String text, DoublePredicate kept) {}

  /**
   * All measures of the lens.
   *
   * @param before the snapshot of the fit, or where the lens is fresh the one published before
   * @param now this run
   * @param crowd the customers that its clusters divide
   */
  List<Measured> measures(Optional<Portrait> before, Portrait now, Divided crowd) {
    List<Measured> measures = new ArrayList<>();
    if (before.isPresent()) {
      measures.add(featureDrift(before.get(), now));
      measures.add(shareDrift(before.get(), now));
    } else {
      String why =
          fresh
              ? FITTED_NOW + ", nothing published before"
              : "the snapshot of its fit, " + segmentation.fittedAsOf() + ", is not published";
      measures.add(notMeasurable(SegmentationHealth.FEATURE_DRIFT, null, why));
      measures.add(notMeasurable(SegmentationHealth.SHARE_DRIFT, null, why));
    }
    clusters()
        .ifPresent(
            model -> {
              if (retired) {
                measures.add(notMeasurable(SegmentationHealth.OUTLIERS, null, RETIRED));
                measures.add(notMeasurable(SegmentationHealth.CONFIDENCE, null, RETIRED));
              } else {
                measures.add(outliers(model, crowd));
                measures.add(confidence(model, crowd));
              }
            });
    return measures;
  }

  private Measured featureDrift(Portrait before, Portrait now) {
    String measure = SegmentationHealth.FEATURE_DRIFT;
    if (before.featureStats().isEmpty()) {
      return notMeasurable(
          measure, before.asOf(), "feature_stats has no rows as of " + before.asOf());
    }
    if (Math.min(before.described(), now.described()) < Drifts.LEAST) {
      return notMeasurable(measure, before.asOf(), TOO_FEW);
    }
    SnapshotDrift drift =
        SnapshotDrift.between(
            before.featureStats(), now.featureStats(), segmentation.model().features());
    return drift.index().isEmpty()
        ? notMeasurable(measure, before.asOf(), drift.text())
        : judged(measure, drift.largest(), before.asOf(), drift.text());
  }

  private Measured shareDrift(Portrait before, Portrait now) {
    String measure = SegmentationHealth.SHARE_DRIFT;
    String id = segmentation.id();
    Map<String, Double> then = fresh ? before.sharesOfLens(lens()) : before.sharesOf(id);
    Map<String, Double> shares = now.sharesOf(id);
    if (then.isEmpty()) {
      String what = fresh ? FITTED_NOW + ", and lens " + lens() : id;
      return notMeasurable(
          measure, before.asOf(), what + " was not published as of " + before.asOf());
    }
    if (!then.keySet().equals(shares.keySet())) {
      String why =
          fresh
              ? FITTED_NOW + ", with other segments than before"
              : "segments were merged or retired since, or that was taken back";
      return notMeasurable(measure, before.asOf(), why);
    }
    if (Math.min(before.customers(lens()), now.customers(lens())) < Drifts.LEAST) {
      return notMeasurable(measure, before.asOf(), TOO_FEW);
    }
    return judged(
        measure, SnapshotDrift.ofShares(then, shares), before.asOf(), moves(then, shares));
  }

  private String lens() {
    return segmentation.lens();
  }

  private Measured outliers(ClusterModel model, Divided crowd) {
    String measure = SegmentationHealth.OUTLIERS;
    if (crowd.customers() == 0 || model.spread() == null) {
      return notMeasurable(measure, null, unknown(crowd, "how far from a centre is usual"));
    }
    if (crowd.customers() < Divided.LEAST) {
      return notMeasurable(measure, null, TOO_FEW_FOR_OUTLIERS);
    }
    return judged(
        measure,
        crowd.outlierShare(),
        null,
        String.format(Locale.ROOT, "%,d of %,d customers", crowd.outliers(), crowd.customers()));
  }

  private Measured confidence(ClusterModel model, Divided crowd) {
    String measure = SegmentationHealth.CONFIDENCE;
    // Without a calibration it is a ratio of distances, which no threshold fits.
    boolean learnt = !(model instanceof CentreModel centres) || centres.calibration() != null;
    if (crowd.customers() == 0 || !learnt) {
      return notMeasurable(measure, null, unknown(crowd, "how sure assignments are"));
    }
    return judged(
        measure,
        crowd.confidence(),
        null,
        String.format(Locale.ROOT, "mean of %,d customers", crowd.customers()));
  }

  private static String unknown(Divided crowd, String what) {
    return crowd.customers() == 0 ? "no customer is in a cluster" : "the fit did not learn " + what;
  }

  private Measured judged(String measure, double value, LocalDate reference, String reason) {
    boolean proposed = clusters().isPresent() && !fresh && !limit(measure).kept().test(value);
    return new Measured(
        segmentation,
        measure,
        value,
        reference,
        threshold(measure),
        proposed ? SegmentationHealth.REFIT_PROPOSED : SegmentationHealth.OK,
        fresh ? FITTED_NOW + "; " + reason : reason);
  }

  private Measured notMeasurable(String measure, LocalDate reference, String why) {
    return new Measured(
        segmentation,
        measure,
        null,
        reference,
        threshold(measure),
        SegmentationHealth.NOT_MEASURABLE,
        why);
  }

  private String threshold(String measure) {
    return clusters().isPresent() ? limit(measure).text() : NONE;
  }

  private Limit limit(String measure) {
    return switch (measure) {
      case SegmentationHealth.FEATURE_DRIFT -> below(limits.featureDrift());
      case SegmentationHealth.SHARE_DRIFT -> below(limits.shareDrift());
      case SegmentationHealth.OUTLIERS ->
          new Limit("at most " + limits.outliers(), value -> value <= limits.outliers());
      case SegmentationHealth.CONFIDENCE ->
          new Limit("at least " + limits.confidence(), value -> value >= limits.confidence());
      default -> throw new IllegalArgumentException("there is no measure " + measure);
    };
  }

  private static Limit below(double threshold) {
    return new Limit("below " + threshold, value -> value < threshold);
  }

  /** The clusters of the lens, if it has any. */
  private Optional<ClusterModel> clusters() {
    return ClusterModel.of(segmentation.model());
  }

  /** The segments whose shares moved most. */
  private static String moves(Map<String, Double> then, Map<String, Double> now) {
    return then.keySet().stream()
        .sorted(
            Comparator.comparingDouble((String id) -> -Math.abs(now.get(id) - then.get(id)))
                .thenComparing(Comparator.naturalOrder()))
        .limit(WORST)
        .map(
            id ->
                String.format(
                    Locale.ROOT,
                    "%s %.1f %% to %.1f %%",
                    id,
                    100 * then.get(id),
                    100 * now.get(id)))
        .collect(Collectors.joining(", "));
  }
}
