package io.stratify.jobs.validation;

import io.stratify.common.config.Algorithm;
import io.stratify.common.config.EvidenceConfig;
import io.stratify.common.config.Gate;
import io.stratify.common.config.GatesConfig;
import io.stratify.common.tables.CustomerFeatures;
import io.stratify.jobs.segments.CentreModel;
import io.stratify.jobs.segments.Preparation;
import io.stratify.jobs.segments.Refit;
import io.stratify.jobs.segments.Segmentation;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Customers of known groups in a plane whose features are prepared already. */
final class Planted {
  static final LocalDate AS_OF = LocalDate.of(2026, 5, 1);

  /** Three groups that nobody could confuse: ten deviations apart. */
  static final List<double[]> FAR =
      List.of(new double[] {10, 0}, new double[] {0, 10}, new double[] {0, 0});

  static final EvidenceConfig CONFIG = new EvidenceConfig(20_000, 20, 3, 3, 2, 20);

  private Planted() {}

  /** The default gates. */
  static Gates gates() {
    return new Gates(
        new GatesConfig(
            "validation",
            3,
            6,
            0.05,
            Map.of(
                Gate.SEGMENT_JACCARD, 0.6,
                Gate.MEAN_JACCARD, 0.75,
                Gate.PREDICTION_STRENGTH, 0.8,
                Gate.TIME, 0.65,
                Gate.ACQUISITION, 0.65,
                Gate.FEATURE_DRIFT, 0.25,
                Gate.SHARE_DRIFT, 0.25,
                Gate.EFFECT_SIZE, 0.01,
                Gate.SIGNIFICANCE, 0.01,
                Gate.PERSISTENCE, 0.2)),
        false);
  }

  /** A model of centres over features x and y as they are. */
  static Subject subject(List<double[]> centres) {
    List<Preparation.Scale> scales = new ArrayList<>();
    for (String feature : List.of("x", "y")) {
      scales.add(new Preparation.Scale(feature, -1e9, 1e9, 0, false, 0, 1));
    }
    List<String> ids = new ArrayList<>();
    for (int c = 0; c < centres.size(); c++) {
      ids.add("mood." + (char) ('a' + c));
    }
    CentreModel model = new CentreModel(new Preparation(scales), centres, ids);
    Segmentation s =
        new Segmentation(
            "mood-20260501", "mood", AS_OF, "kmeans", List.of(), model, 0.5, 0.3, "hash");
    return new Subject(s, model, new Refit(null, Algorithm.KMEANS));
  }

  /** As many customers around each centre, with a deviation of 1. */
  static Crowd around(
      Subject subject, List<double[]> centres, int each, LocalDate asOf, long seed) {
    Random random = new Random(seed);
    List<double[]> points = new ArrayList<>();
    for (double[] centre : centres) {
      for (int i = 0; i < each; i++) {
        points.add(
            new double[] {centre[0] + random.nextGaussian(), centre[1] + random.nextGaussian()});
      }
    }
    return of(subject, points, asOf);
  }

  /** Customers at some points: c0, c1 and so on. */
  static Crowd of(Subject subject, List<double[]> points, LocalDate asOf) {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < points.size(); i++) {
      ids.add(String.format(java.util.Locale.ROOT, "c%06d", i));
    }
    Map<String, double[]> measures = new HashMap<>();
    for (String measure : Crowds.MEASURES) {
      double[] none = new double[points.size()];
      Arrays.fill(none, Double.NaN);
      measures.put(measure, none);
    }
    double[] tenure = new double[points.size()];
    double[] revenue = new double[points.size()];
    for (int i = 0; i < tenure.length; i++) {
      tenure[i] = 1 + i % 90;
      revenue[i] = 100;
    }
    measures.put(CustomerFeatures.TENURE_DAYS.name(), tenure);
    measures.put(CustomerFeatures.MONETARY_NET.name(), revenue);
    return new Crowd(
        "as of " + asOf, asOf, ids, points, points, subject.labels(points), measures, Map.of());
  }

  /** The same customers with what they did after the date. */
  static Crowd with(Crowd crowd, String outcome, double[] values) {
    Map<String, double[]> outcomes = new HashMap<>();
    for (String name : io.stratify.common.config.PolicyConfig.OUTCOMES) {
      double[] none = new double[crowd.size()];
      Arrays.fill(none, Double.NaN);
      outcomes.put(name, none);
    }
    outcomes.put(outcome, values);
    return new Crowd(
        crowd.name(),
        crowd.asOf(),
        crowd.ids(),
        crowd.raw(),
        crowd.points(),
        crowd.labels(),
        crowd.measures(),
        outcomes);
  }
}
