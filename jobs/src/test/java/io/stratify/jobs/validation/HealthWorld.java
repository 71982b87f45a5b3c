package io.stratify.jobs.validation;

import io.stratify.common.spark.FactRow;
import io.stratify.common.spark.Facts;
import io.stratify.common.tables.CustomerSegment;
import io.stratify.common.tables.FeatureStats;
import io.stratify.common.tables.Segment;
import io.stratify.jobs.segments.Calibration;
import io.stratify.jobs.segments.CentreModel;
import io.stratify.jobs.segments.Model;
import io.stratify.jobs.segments.Preparation;
import io.stratify.jobs.segments.Segmentation;
import io.stratify.jobs.segments.Spread;
import io.stratify.jobs.segments.TierModel;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;

/** Segmentations of one or two segments, and what the tables say of their customers. */
final class HealthWorld {
  static final LocalDate APRIL = LocalDate.of(2026, 4, 1);
  static final LocalDate MAY = LocalDate.of(2026, 5, 1);

  private HealthWorld() {}

  /** Two clusters by recency, with all that a fit learns. */
  static CentreModel clusters() {
    return new CentreModel(
        new Preparation(List.of(new Preparation.Scale("recency_days", 0, 100, 0, false, 0, 1))),
        List.of(new double[] {0}, new double[] {10}),
        List.of("few", "many"),
        new Spread(List.of(3.0, 3.0)),
        new Calibration(0, 1));
  }

  /** Tiers by money. */
  static TierModel tiers() {
    return new TierModel(List.of(), "value.none");
  }

  /** A segmentation, with an id of lens and date. */
  static Segmentation segmentation(String lens, LocalDate fitted, Model model) {
    String algorithm = model instanceof CentreModel ? "kmeans" : "tiers";
    return new Segmentation(
        Segmentation.idOf(lens, fitted),
        lens,
        fitted,
        algorithm,
        List.of(),
        model,
        null,
        null,
        "hash");
  }

  /** A segment with its share. */
  static FactRow<?> segment(Segmentation of, String id, double share) {
    return Facts.row(Segment.TABLE)
        .with(Segment.SEGMENT_ID, id)
        .with(Segment.LENS, of.lens())
        .with(Segment.SEGMENTATION_ID, of.id())
        .with(Segment.NAME, id)
        .with(Segment.DEFINITION, "")
        .with(Segment.CUSTOMERS, Math.round(1000 * share))
        .with(Segment.SHARE, share)
        .with(Segment.PROVISIONAL, false)
        .with(Segment.PINNED, false);
  }

  /** A feature whose percentiles are 0 to 100 and a shift. */
  static FactRow<?> feature(String name, int shift) {
    return Facts.row(FeatureStats.TABLE)
        .with(FeatureStats.FEATURE, name)
        .with(FeatureStats.GROUP, "any")
        .with(FeatureStats.KIND, FeatureStats.NUMBER)
        .with(FeatureStats.DEFINITION, "")
        .with(FeatureStats.CUSTOMERS, 1000)
        .with(FeatureStats.NULL_SHARE, 0)
        .with(
            FeatureStats.QUANTILES,
            IntStream.rangeClosed(0, 100).mapToObj(i -> (double) (i + shift)).toList());
  }

  /** A customer in a cluster; without a distance in a tier. */
  static FactRow<?> member(
      String lens, String customer, Double distance, boolean outlier, double confidence) {
    return Facts.row(CustomerSegment.TABLE)
        .with(CustomerSegment.LENS, lens)
        .with(CustomerSegment.CUSTOMER_ID, customer)
        .with(CustomerSegment.SEGMENT_ID, "any")
        .with(CustomerSegment.CONFIDENCE, confidence)
        .with(CustomerSegment.DISTANCE, distance)
        .with(CustomerSegment.OUTLIER, outlier)
        .with(CustomerSegment.SINCE, APRIL.toString());
  }
}
