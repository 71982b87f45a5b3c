package io.stratify.common.config;

/**
 * How much evidence is gathered about a new segmentation.
 *
 * @param sample customers, drawn by a hash of their ids, on which it is gathered
 * @param bootstraps resamples that the clusters are found again in, and behind every interval
 * @param splits times that the customers are split in halves for the prediction strength
 * @param cohorts acquisition cohorts of about equal size
 * @param concurrency refits at a time
 * @param minPerSegment customers per segment below which nothing is refitted
 */
public record EvidenceConfig(
    int sample, int bootstraps, int splits, int cohorts, int concurrency, int minPerSegment) {
  static final Key<Integer> SAMPLE = Key.wholeNumber("validation.sample", 100);
  static final Key<Integer> BOOTSTRAPS = Key.wholeNumber("validation.bootstraps", 2, 10_000);
  static final Key<Integer> SPLITS = Key.wholeNumber("validation.splits", 1, 1000);
  static final Key<Integer> COHORTS = Key.wholeNumber("validation.acquisition-cohorts", 2, 100);
  static final Key<Integer> CONCURRENCY = Key.wholeNumber("validation.concurrency", 1, 64);
  static final Key<Integer> MIN_PER_SEGMENT = Key.wholeNumber("validation.min-per-segment", 2);

  /** Checks each number. */
  public EvidenceConfig {
    new Checks()
        .check(SAMPLE, sample)
        .check(BOOTSTRAPS, bootstraps)
        .check(SPLITS, splits)
        .check(COHORTS, cohorts)
        .check(CONCURRENCY, concurrency)
        .check(MIN_PER_SEGMENT, minPerSegment)
        .done();
  }
}
