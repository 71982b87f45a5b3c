package io.stratify.jobs.features;

import io.stratify.common.tables.CustomerDay;
import io.stratify.common.tables.ProfileFeatures;
import io.stratify.common.tables.PurchaseFeatures;

/** Trials and subscriptions begun and ended; what runs is the difference. */
final class SubscriptionTally implements Tally {
  private static final int TRIALS = Day.index(CustomerDay.TRIALS_STARTED);
  private static final int STARTED = Day.index(CustomerDay.SUBSCRIPTIONS_STARTED);
  private static final int ENDED = Day.index(CustomerDay.SUBSCRIPTIONS_ENDED);
  private static final int RECURRING_STARTED = Day.index(CustomerDay.RECURRING_STARTED);
  private static final int RECURRING_ENDED = Day.index(CustomerDay.RECURRING_ENDED);
  private static final int PLANS = Day.index(CustomerDay.PLANS);

  private long trials;
  private long started;
  private long ended;
  private long recurring;
  private final Counter plans = new Counter();

  @Override
  public void add(Day day) {
    trials += day.count(TRIALS);
    started += day.count(STARTED);
    ended += day.count(ENDED);
    recurring = Money.plus(recurring, day.count(RECURRING_STARTED));
    recurring = Money.minus(recurring, day.count(RECURRING_ENDED));
    plans.add(day, PLANS);
  }

  long started() {
    return started;
  }

  long running() {
    return Math.max(0, started - ended);
  }

  /** Monthly revenue of what runs, in units of the last decimal of money. */
  long recurring() {
    return recurring;
  }

  boolean onTrialOnly() {
    return trials > 0 && started == 0;
  }

  @Override
  public void describe(Moment moment, FeatureValues out) {
    out.set(PurchaseFeatures.ACTIVE_SUBSCRIPTIONS, running());
    out.money(PurchaseFeatures.RECURRING_REVENUE, recurring);
    out.set(ProfileFeatures.PLAN, plans.top());
  }
}
