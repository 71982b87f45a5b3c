package io.stratify.jobs.features;

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

  /** A life of which no day has been seen. */
  static Life of(SnapshotPlan plan) {
    LifecycleTally lifecycle = new LifecycleTally(plan);
    SubscriptionTally subscriptions = new SubscriptionTally();
    VoiceTally voice = new VoiceTally();
    List<Tally> all =
        List.of(
            new OrderTally(),
            new RecentTally(plan.windowDays()),
            new MixTally(),
            new AdoptionTally(plan.windowDays(), plan.funnel()),
            new ServiceTally(),
            lifecycle,
            subscriptions,
            voice);
    return new Life(lifecycle, subscriptions, voice, all);
  }

  void add(Day day) {
    all.forEach(t -> t.add(day));
  }

  void describe(Moment moment, FeatureValues out) {
    all.forEach(t -> t.describe(moment, out));
  }
}
