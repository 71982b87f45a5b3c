package io.stratify.common.config;

import java.util.List;

/**
 * How facts become features.
 *
 * @param trendWindowDays length of the window that a trend compares with the one before it
 * @param funnel event types of the funnel, in order; may be empty
 * @param lifecycle the rule of the stages
 * @param past past snapshots
 * @param outcomeDays days after a past snapshot in which outcomes are counted
 * @param prediction predicted purchases and value
 * @param custom features of the configuration
 */
public record FeaturesConfig(
    int trendWindowDays,
    List<String> funnel,
    LifecycleConfig lifecycle,
    PastConfig past,
    int outcomeDays,
    PredictionConfig prediction,
    List<CustomFeature> custom) {
  static final Key<Integer> TREND_WINDOW_DAYS =
      Key.wholeNumber("features.trend-window-days", 1, 3660);
  static final Key<List<String>> FUNNEL =
      Key.list(
          "features.funnel", "a list of different event types", Values::text, t -> !t.isBlank());
  static final Key<Integer> OUTCOME_DAYS = Key.wholeNumber("features.outcome-days", 1, 3660);
  static final String CUSTOM = "features.custom";

  /** Checks each value, and that the names of custom features differ. */
  public FeaturesConfig {
    funnel = List.copyOf(funnel);
    custom = List.copyOf(custom);
    new Checks()
        .check(TREND_WINDOW_DAYS, trendWindowDays)
        .check(FUNNEL, funnel)
        .check(OUTCOME_DAYS, outcomeDays)
        .all(Ids.repeated(CUSTOM, custom.stream().map(CustomFeature::name).toList()))
        .done();
  }
}
