package io.stratify.common.config;

/**
 * Whether and how far ahead purchases are predicted.
 *
 * @param enabled whether the model is fitted
 * @param days days ahead
 */
public record PredictionConfig(boolean enabled, int days) {
  static final Key<Boolean> ENABLED = Key.flag("features.prediction.enabled");
  static final Key<Integer> DAYS = Key.wholeNumber("features.prediction.days", 1, 3660);

  /** Checks the days. */
  public PredictionConfig {
    new Checks().check(DAYS, days).done();
  }
}
