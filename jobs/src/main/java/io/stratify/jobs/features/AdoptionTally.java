package io.stratify.jobs.features;

import io.stratify.common.tables.CustomerDay;
import io.stratify.common.tables.UsageFeatures;
import io.stratify.jobs.Keyed;
import java.util.List;
import org.apache.spark.sql.catalyst.util.MapData;
import org.apache.spark.unsafe.types.UTF8String;

/** When each product feature was used and each step of the funnel was taken for the first time. */
final class AdoptionTally implements Tally {
  /** Keys of a map that is written; more of them help nobody. */
  static final int MOST = 500;

  private static final int FEATURES = Day.index(CustomerDay.EVENT_FEATURES);
  private static final int TYPES = Day.index(CustomerDay.EVENT_TYPES);

  private final int window;
  private final List<UTF8String> funnel;
  private final Keyed features = new Keyed(MOST);
  private final Keyed steps = new Keyed(Integer.MAX_VALUE);
  private Integer firstFeature;

  AdoptionTally(int window, List<String> funnel) {
    this.window = window;
    this.funnel = funnel.stream().map(UTF8String::fromString).toList();
  }

  @Override
  public void add(Day day) {
    if (!day.lacks(FEATURES)) {
      firstFeature = firstFeature == null ? Integer.valueOf(day.date()) : firstFeature;
      day.each(FEATURES, (feature, n) -> features.putIfAbsent(feature, day.date()));
    }
    if (!funnel.isEmpty()) {
      day.each(TYPES, (type, n) -> addStep(type, day.date()));
    }
  }

  private void addStep(UTF8String type, int date) {
    if (funnel.contains(type)) {
      steps.putIfAbsent(type, date);
    }
  }

  @Override
  public void describe(Moment moment, FeatureValues out) {
    out.set(UsageFeatures.DAYS_TO_FEATURE, sinceStart(features, moment));
    out.set(UsageFeatures.DAYS_TO_FIRST_FEATURE, moment.untilDay(firstFeature));
    out.set(UsageFeatures.FEATURES_LAST, from(moment.asOf() - window));
    int reached = 0;
    while (reached < funnel.size() && steps.has(funnel.get(reached))) {
      reached++;
    }
    out.set(UsageFeatures.DAYS_TO_STEP, sinceStart(steps, moment));
    out.set(UsageFeatures.FUNNEL_STEPS, reached);
    out.set(UsageFeatures.FUNNEL_STEP, reached == 0 ? null : funnel.get(reached - 1));
  }

  /** Features used for the first time on a day or later. */
  private int from(int day) {
    int n = 0;
    for (int i = 0; i < features.size(); i++) {
      n += features.value(i) >= day ? 1 : 0;
    }
    return n;
  }

  private static MapData sinceStart(Keyed days, Moment moment) {
    return days.integersLess(moment.start());
  }
}
