package io.stratify.jobs.features;

import io.stratify.common.config.LifecycleConfig;
import io.stratify.common.config.LifecycleConfig.Activity;
import io.stratify.common.tables.CustomerDay;
import io.stratify.common.tables.CustomerFeatures;
import io.stratify.common.tables.LifecycleFeatures;

/** Active days and the stage that follows from them, by the rule of the configuration. */
final class LifecycleTally implements Tally {
  private static final int ORDERS = Day.index(CustomerDay.ORDERS);
  private static final int EVENTS = Day.index(CustomerDay.EVENTS);

  private final LifecycleConfig rule;
  private final boolean byOrders;
  private final boolean byEvents;
  private Integer firstActive;
  private Integer lastActive;
  private Integer wonBackOn;
  private long activeDays;
  private int comebacks;

  LifecycleTally(SnapshotPlan plan) {
    rule = plan.lifecycle();
    boolean orders = plan.has("orders");
    boolean events = plan.has("events");
    byOrders = orders && (rule.activity() != Activity.EVENTS || !events);
    byEvents = events && (rule.activity() != Activity.ORDERS || !orders);
  }

  @Override
  public void add(Day day) {
    if (!isActive(day)) {
      return;
    }
    if (lastActive == null) {
      firstActive = day.date();
    } else if (day.date() - lastActive > absence(rule.lapsed())) {
      wonBackOn = day.date();
      comebacks++;
    }
    lastActive = day.date();
    activeDays++;
  }

  boolean isActive(Day day) {
    return (byOrders && day.count(ORDERS) > 0) || (byEvents && day.count(EVENTS) > 0);
  }

  long activeDays() {
    return activeDays;
  }

  /** Whether there was an active day within some days before a date. */
  boolean wasActive(int before, int days) {
    return lastActive != null && lastActive >= before - days;
  }

  private double absence(LifecycleConfig.Absence absence) {
    long gaps = activeDays - 1;
    return absence.threshold(gaps, gaps < 1 ? 0 : (double) (lastActive - firstActive) / gaps);
  }

  @Override
  public void describe(Moment moment, FeatureValues out) {
    out.set(CustomerFeatures.TENURE_DAYS, moment.tenure());
    out.set(LifecycleFeatures.LIFECYCLE_STAGE, stage(moment));
    out.set(LifecycleFeatures.ACTIVE_DAYS, activeDays);
    out.set(LifecycleFeatures.DAYS_SINCE_ACTIVE, moment.since(lastActive));
    out.set(LifecycleFeatures.DAYS_TO_ACTIVE, moment.untilDay(firstActive));
    out.set(LifecycleFeatures.COMEBACKS, comebacks);
  }

  private String stage(Moment moment) {
    boolean young = moment.tenure() <= rule.newDays();
    if (lastActive == null) {
      boolean gone = moment.tenure() > rule.lapsed().days();
      return young
          ? LifecycleFeatures.NEW
          : gone ? LifecycleFeatures.LAPSED : LifecycleFeatures.ACTIVATING;
    }
    int away = moment.since(lastActive);
    if (away > absence(rule.lapsed())) {
      return LifecycleFeatures.LAPSED;
    }
    if (away > absence(rule.slowing())) {
      return LifecycleFeatures.SLOWING;
    }
    if (wonBackOn != null && moment.since(wonBackOn) <= rule.wonBackDays()) {
      return LifecycleFeatures.WON_BACK;
    }
    if (young && activeDays == 1) {
      return LifecycleFeatures.NEW;
    }
    return activeDays < rule.activeFrom() ? LifecycleFeatures.ACTIVATING : LifecycleFeatures.ACTIVE;
  }
}
