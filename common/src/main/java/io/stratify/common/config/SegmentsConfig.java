package io.stratify.common.config;

import java.util.List;

/**
 * How customers are divided.
 *
 * @param seed seed of everything drawn at random
 * @param refitEveryDays age in days at which a segmentation is fitted again; 0 at every run
 * @param sample customers on which candidates are compared
 * @param rfm the rules over RFM scores
 * @param value the tiers by revenue
 * @param behaviour the clusters over features
 */
public record SegmentsConfig(
    long seed,
    int refitEveryDays,
    int sample,
    RfmConfig rfm,
    ValueConfig value,
    BehaviourConfig behaviour) {
  static final Key<Long> SEED = Key.seed("segments.seed");
  static final Key<Integer> REFIT_EVERY_DAYS = Key.wholeNumber("segments.refit-every-days", 0);
  static final Key<Integer> SAMPLE = Key.wholeNumber("segments.sample", 1);

  /** Checks the numbers. */
  public SegmentsConfig {
    checks(refitEveryDays, sample).done();
  }

  /** What is wrong with the numbers, whatever is wrong with the lenses. */
  static List<ConfigProblem> problems(int refitEveryDays, int sample) {
    return checks(refitEveryDays, sample).problems();
  }

  private static Checks checks(int refitEveryDays, int sample) {
    return new Checks().check(REFIT_EVERY_DAYS, refitEveryDays).check(SAMPLE, sample);
  }
}
