package io.stratify.jobs.features;

import io.stratify.common.tables.CustomerDay;
import io.stratify.common.tables.UsageFeatures;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/** When each product feature was used and each step of the funnel was taken for the first time. */
final class AdoptionTally implements Tally {
  /** Keys of a map that is written; more of them help nobody. */
  static final int MOST = 500;

  private static final int FEATURES = Day.index(CustomerDay.EVENT_FEATURES);
  private static final int TYPES = Day.index(CustomerDay.EVENT_TYPES);

  private final int window;
  private final List<String> funnel;
  private final NavigableMap<String, Integer> features = new TreeMap<>();
  private final NavigableMap<String, Integer> steps = new TreeMap<>();
  private Integer firstFeature;

  AdoptionTally(int window, List<String> funnel) {
    this.window = window;
    this.funnel = funnel;
  }

  @Override
  public void add(Day day) {
    if (!day.lacks(FEATURES)) {
      firstFeature = firstFeature == null ? Integer.valueOf(day.date()) : firstFeature;
      for (String feature : day.numbers(FEATURES).keySet()) {
        if (features.size() < MOST) {
          features.putIfAbsent(feature, day.date());
        }
      }
    }
    if (!funnel.isEmpty() && !day.lacks(TYPES)) {
      for (String type : day.numbers(TYPES).keySet()) {
        if (funnel.contains(type)) {
          steps.putIfAbsent(type, day.date());
        }
      }
    }
  }

  @Override
  public void describe(Moment moment, FeatureValues out) {
    int from = moment.asOf() - window;
    out.set(UsageFeatures.DAYS_TO_FEATURE, sinceStart(features, moment));
    out.set(UsageFeatures.DAYS_TO_FIRST_FEATURE, moment.untilDay(firstFeature));
    out.set(
        UsageFeatures.FEATURES_LAST,
        (int) features.values().stream().filter(day -> day >= from).count());
    int reached = 0;
    while (reached < funnel.size() && steps.containsKey(funnel.get(reached))) {
      reached++;
    }
    out.set(UsageFeatures.DAYS_TO_STEP, sinceStart(steps, moment));
    out.set(UsageFeatures.FUNNEL_STEPS, reached);
    out.set(UsageFeatures.FUNNEL_STEP, reached == 0 ? null : funnel.get(reached - 1));
  }

  private static NavigableMap<String, Integer> sinceStart(
      NavigableMap<String, Integer> days, Moment moment) {
    NavigableMap<String, Integer> since = new TreeMap<>();
    days.forEach((key, day) -> since.put(key, moment.untilDay(day)));
    return since;
  }
}
