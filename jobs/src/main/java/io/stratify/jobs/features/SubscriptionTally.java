package io.stratify.jobs.features;

import io.stratify.common.tables.CustomerDay;
import io.stratify.common.tables.ProfileFeatures;
import io.stratify.common.tables.PurchaseFeatures;
import java.math.BigDecimal;

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
  private BigDecimal recurring = BigDecimal.ZERO;
  private final Counter plans = new Counter();

  @Override
  public void add(Day day) {
    trials += day.count(TRIALS);
    started += day.count(STARTED);
    ended += day.count(ENDED);
    recurring = Tally.plus(recurring, day.amount(RECURRING_STARTED));
    recurring = recurring.subtract(day.amount(RECURRING_ENDED));
    if (!day.lacks(PLANS)) {
      plans.add(day.numbers(PLANS));
    }
  }

  long started() {
    return started;
  }

  long running() {
    return Math.max(0, started - ended);
  }

  BigDecimal recurring() {
    return recurring;
  }

  boolean onTrialOnly() {
    return trials > 0 && started == 0;
  }

  @Override
  public void describe(Moment moment, FeatureValues out) {
    out.set(PurchaseFeatures.ACTIVE_SUBSCRIPTIONS, running());
    out.set(PurchaseFeatures.RECURRING_REVENUE, recurring);
    out.set(ProfileFeatures.PLAN, plans.top());
  }
}
