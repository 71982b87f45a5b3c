package io.stratify.common.config;

/**
 * How facts become features.
 *
 * @param trendWindowDays length of the window that a trend compares with the one before it
 */
public record FeaturesConfig(int trendWindowDays) {
  static final Key<Integer> TREND_WINDOW_DAYS = Key.wholeNumber("features.trend-window-days", 1);

  /** Checks the length. */
  public FeaturesConfig {
    new Checks().check(TREND_WINDOW_DAYS, trendWindowDays).done();
  }
}
