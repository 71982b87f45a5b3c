package io.stratify.jobs.features;

import io.stratify.common.tables.CustomerDay;
import io.stratify.common.tables.CustomerFeatures;
import io.stratify.common.tables.PurchaseFeatures;
import io.stratify.common.tables.ServiceFeatures;
import io.stratify.common.tables.UsageFeatures;
import java.util.ArrayDeque;
import java.util.Deque;

/** The days of the last and the previous window: trends and engagement. */
final class RecentTally implements Tally {
  private static final int ORDERS = Day.index(CustomerDay.ORDERS);
  private static final int GROSS = Day.index(CustomerDay.GROSS_AMOUNT);
  private static final int EVENTS = Day.index(CustomerDay.EVENTS);
  private static final int SESSIONS = Day.index(CustomerDay.SESSIONS);
  private static final int SESSION_EVENTS = Day.index(CustomerDay.SESSION_EVENTS);
  private static final int SESSION_SECONDS = Day.index(CustomerDay.SESSION_SECONDS);
  private static final int TICKETS = Day.index(CustomerDay.TICKETS_OPENED);
  private static final int WEEK = 7;
  private static final int MONTH = 28;
  private static final int QUARTER = 90;
  private static final double MINUTE = 60;

  private record Recent(
      int date,
      long orders,
      long gross,
      long events,
      long sessions,
      long sessionEvents,
      double sessionSeconds,
      long tickets) {}

  /** Sums over the days from one to another. */
  private static final class Sums {
    private long orders;
    private long gross;
    private long eventDays;
    private long events;
    private long sessions;
    private long sessionEvents;
    private double sessionSeconds;
    private long tickets;

    void add(Recent day) {
      orders += day.orders();
      gross = Money.plus(gross, day.gross());
      eventDays += day.events() > 0 ? 1 : 0;
      events += day.events();
      sessions += day.sessions();
      sessionEvents += day.sessionEvents();
      sessionSeconds += day.sessionSeconds();
      tickets += day.tickets();
    }
  }

  private final int window;
  private final int kept;
  private final Deque<Recent> days = new ArrayDeque<>();
  private Integer lastEvent;

  RecentTally(int window) {
    this.window = window;
    this.kept = Math.max(2 * window, QUARTER);
  }

  @Override
  public void add(Day day) {
    Recent recent =
        new Recent(
            day.date(),
            day.count(ORDERS),
            day.count(GROSS),
            day.count(EVENTS),
            day.count(SESSIONS),
            day.count(SESSION_EVENTS),
            day.fraction(SESSION_SECONDS),
            day.count(TICKETS));
    days.addLast(recent);
    if (recent.events() > 0) {
      lastEvent = day.date();
    }
    // Whoever is described next is described on a later day than this one.
    while (days.getFirst().date() <= day.date() - kept) {
      days.removeFirst();
    }
  }

  @Override
  public void describe(Moment moment, FeatureValues out) {
    Sums last = sums(moment.asOf() - window, moment.asOf());
    Sums previous = sums(moment.asOf() - 2 * window, moment.asOf() - window);
    describeTrend(last, previous, out);
    out.set(CustomerFeatures.EVENT_DAYS, last.eventDays);
    out.set(CustomerFeatures.EVENTS_PER_DAY, Tally.ratio(last.events, last.eventDays));
    out.set(UsageFeatures.DAYS_SINCE_EVENT, moment.since(lastEvent));
    out.set(UsageFeatures.ACTIVE_DAYS_7, eventDays(moment, WEEK));
    out.set(UsageFeatures.ACTIVE_DAYS_28, eventDays(moment, MONTH));
    out.set(UsageFeatures.ACTIVE_DAYS_90, eventDays(moment, QUARTER));
    out.set(UsageFeatures.STICKINESS, eventDays(moment, MONTH) / (double) MONTH);
    out.set(UsageFeatures.SESSIONS_LAST, last.sessions);
    out.set(UsageFeatures.SESSION_DEPTH, Tally.ratio(last.sessionEvents, last.sessions));
    out.set(
        UsageFeatures.SESSION_MINUTES, Tally.ratio(last.sessionSeconds / MINUTE, last.sessions));
    out.set(ServiceFeatures.TICKETS_LAST, last.tickets);
  }

  private static void describeTrend(Sums last, Sums previous, FeatureValues out) {
    out.set(
        CustomerFeatures.TREND,
        Tally.trend(Money.fraction(last.gross), Money.fraction(previous.gross)));
    out.set(PurchaseFeatures.ORDERS_LAST, last.orders);
    out.set(PurchaseFeatures.ORDERS_PREVIOUS, previous.orders);
    out.money(PurchaseFeatures.GROSS_LAST, last.gross);
    out.money(PurchaseFeatures.GROSS_PREVIOUS, previous.gross);
    out.set(PurchaseFeatures.ORDER_TREND, Tally.trend(last.orders, previous.orders));
    out.set(UsageFeatures.EVENT_TREND, Tally.trend(last.eventDays, previous.eventDays));
  }

  private int eventDays(Moment moment, int before) {
    return (int) sums(moment.asOf() - before, moment.asOf()).eventDays;
  }

  private Sums sums(int from, int until) {
    Sums sums = new Sums();
    for (Recent day : days) {
      if (day.date() >= from && day.date() < until) {
        sums.add(day);
      }
    }
    return sums;
  }
}
