package io.stratify.jobs.features;

import io.stratify.common.tables.CustomerDay;
import io.stratify.common.tables.ServiceFeatures;

/** Tickets, campaign messages and experiments of all days. */
final class ServiceTally implements Tally {
  private static final int OPENED = Day.index(CustomerDay.TICKETS_OPENED);
  private static final int CLOSED = Day.index(CustomerDay.TICKETS_CLOSED);
  private static final int HOURS = Day.index(CustomerDay.TICKET_HOURS);
  private static final int SATISFACTION = Day.index(CustomerDay.SATISFACTION_SUM);
  private static final int ANSWERS = Day.index(CustomerDay.SATISFACTION_ANSWERS);
  private static final int SENT = Day.index(CustomerDay.TOUCHES_SENT);
  private static final int READ = Day.index(CustomerDay.TOUCHES_OPENED);
  private static final int CLICKED = Day.index(CustomerDay.TOUCHES_CLICKED);
  private static final int CONVERTED = Day.index(CustomerDay.TOUCHES_CONVERTED);
  private static final int COST = Day.index(CustomerDay.TOUCH_COST);
  private static final int EXPOSURES = Day.index(CustomerDay.EXPOSURES);

  private long opened;
  private long closed;
  private long hours;
  private long satisfaction;
  private long answers;
  private long sent;
  private long read;
  private long clicked;
  private long converted;
  private long cost;
  private Integer lastSent;
  private long exposures;

  @Override
  public void add(Day day) {
    opened += day.count(OPENED);
    closed += day.count(CLOSED);
    hours = Money.plus(hours, day.count(HOURS));
    satisfaction = Money.plus(satisfaction, day.count(SATISFACTION));
    answers += day.count(ANSWERS);
    sent += day.count(SENT);
    read += day.count(READ);
    clicked += day.count(CLICKED);
    converted += day.count(CONVERTED);
    cost = Money.plus(cost, day.count(COST));
    exposures += day.count(EXPOSURES);
    if (day.count(SENT) > 0) {
      lastSent = day.date();
    }
  }

  @Override
  public void describe(Moment moment, FeatureValues out) {
    out.set(ServiceFeatures.TICKETS, opened);
    out.set(ServiceFeatures.TICKETS_OPEN, Math.max(0, opened - closed));
    out.set(ServiceFeatures.HOURS_TO_RESOLUTION, Tally.ratio(Money.fraction(hours), closed));
    out.set(ServiceFeatures.SATISFACTION, Tally.ratio(Money.fraction(satisfaction), answers));
    out.set(ServiceFeatures.TOUCHES, sent);
    out.set(ServiceFeatures.DAYS_SINCE_TOUCH, moment.since(lastSent));
    out.set(ServiceFeatures.OPEN_RATE, Tally.share(read, sent));
    out.set(ServiceFeatures.CLICK_RATE, Tally.share(clicked, sent));
    out.set(ServiceFeatures.CONVERSION_RATE, Tally.share(converted, sent));
    out.money(ServiceFeatures.TOUCH_COST, cost);
    out.set(ServiceFeatures.EXPERIMENTS, exposures);
  }
}
