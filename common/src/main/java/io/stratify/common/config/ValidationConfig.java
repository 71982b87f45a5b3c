package io.stratify.common.config;

/**
 * When a new segmentation of the cluster lens may be published.
 *
 * @param minSegments fewest segments
 * @param maxSegments most segments
 * @param minShare smallest share of the customers that a segment may hold
 * @param publishProvisional whether a lens's first segmentation is published although a gate failed
 */
public record ValidationConfig(
    int minSegments, int maxSegments, double minShare, boolean publishProvisional) {
  static final Key<Integer> MIN_SEGMENTS = Key.wholeNumber("validation.min-segments", 1);
  static final Key<Integer> MAX_SEGMENTS = Key.wholeNumber("validation.max-segments", 1);
  static final Key<Double> MIN_SHARE = Key.number("validation.min-share", 0, 1);
  static final Key<Boolean> PUBLISH_PROVISIONAL = Key.flag("validation.publish-provisional");

  /** Checks each value, and that some number of segments passes. */
  public ValidationConfig {
    new Checks()
        .check(MIN_SEGMENTS, minSegments)
        .check(MAX_SEGMENTS, maxSegments)
        .that(
            maxSegments >= minSegments || minSegments < 1 || maxSegments < 1,
            MAX_SEGMENTS.path(),
            MAX_SEGMENTS.path()
                + " is "
                + maxSegments
                + "; it must be at least min-segments, which is "
                + minSegments,
            MIN_SEGMENTS.path())
        .check(MIN_SHARE, minShare)
        .done();
  }
}
