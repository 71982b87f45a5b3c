package io.stratify.common.config;

/**
 * When the segmentation of a lens of clusters no longer fits, so that a refit is proposed.
 *
 * @param featureDrift population stability index of a feature from which on
 * @param shareDrift the same of the shares of the segments
 * @param outliers share of customers unusually far from their centre beyond which
 * @param confidence mean confidence below which
 */
public record HealthConfig(
    double featureDrift, double shareDrift, double outliers, double confidence) {
  static final Key<Double> FEATURE_DRIFT = Key.positive("validation.health.feature-drift");
  static final Key<Double> SHARE_DRIFT = Key.positive("validation.health.share-drift");
  static final Key<Double> OUTLIERS = Key.number("validation.health.outliers", 0, 1);
  static final Key<Double> CONFIDENCE = Key.number("validation.health.confidence", 0, 1);

  /** Checks each value. */
  public HealthConfig {
    new Checks()
        .check(FEATURE_DRIFT, featureDrift)
        .check(SHARE_DRIFT, shareDrift)
        .check(OUTLIERS, outliers)
        .check(CONFIDENCE, confidence)
        .done();
  }
}
