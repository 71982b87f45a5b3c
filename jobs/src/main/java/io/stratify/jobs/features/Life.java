package io.stratify.jobs.features;

import java.util.ArrayList;
import java.util.List;

/**
 * All that is kept of one customer while his days pass by.
 *
 * @param lifecycle active days
 * @param subscriptions what runs
 * @param voice what he said
 * @param all these and all others
 */
record Life(
    LifecycleTally lifecycle, SubscriptionTally subscriptions, VoiceTally voice, List<Tally> all) {

  /**
   * A life of which no day has been seen.
   *
   * @param features whether features are wanted that need more than orders
   */
  static Life of(SnapshotPlan plan, boolean features) {
    LifecycleTally lifecycle = new LifecycleTally(plan);
    SubscriptionTally subscriptions = new SubscriptionTally();
    VoiceTally voice = new VoiceTally();
    List<Tally> all = new ArrayList<>(List.of(new OrderTally(), lifecycle, subscriptions, voice));
    if (features) {
      all.add(new RecentTally(plan.windowDays()));
      all.add(new MixTally());
      all.add(new AdoptionTally(plan.windowDays(), plan.funnel()));
      all.add(new ServiceTally());
    }
    return new Life(lifecycle, subscriptions, voice, all);
  }

  void add(Day day) {
    for (Tally tally : all) {
      tally.add(day);
    }
  }

  void describe(Moment moment, FeatureValues out) {
    for (Tally tally : all) {
      tally.describe(moment, out);
    }
  }
}
