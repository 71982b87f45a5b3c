package io.stratify.jobs.features;

import io.stratify.common.tables.ColumnSpec;
import io.stratify.common.tables.CustomerDay;
import io.stratify.common.tables.CustomerOutcome;

/** What one customer does in the days after a past snapshot. */
final class OutcomeWindow {
  private static final int ORDERS = Day.index(CustomerDay.ORDERS);
  private static final int GROSS = Day.index(CustomerDay.GROSS_AMOUNT);
  private static final int RETURNED = Day.index(CustomerDay.RETURNED_AMOUNT);
  private static final int EVENTS = Day.index(CustomerDay.EVENTS);

  private final SnapshotPlan plan;
  private final FeatureValues out;
  private final int until;
  private final LifecycleTally life;
  private final boolean couldChurn;
  private final long activeBefore;
  private final boolean couldRenew;
  private final long recurringBefore;
  private final boolean couldConvert;
  private final long startedBefore;
  private final Double npsBefore;
  private long orders;
  private long revenue;
  private long eventDays;
  private long activeDays;
  private Double nps;

  OutcomeWindow(SnapshotPlan plan, FeatureValues out, int from, Life known) {
    this.plan = plan;
    this.out = out;
    this.until = from + plan.outcomeDays();
    this.life = known.lifecycle();
    this.couldChurn = life.wasActive(from, plan.outcomeDays());
    this.activeBefore = life.activeDays();
    this.couldRenew = known.subscriptions().running() > 0;
    this.recurringBefore = known.subscriptions().recurring();
    this.couldConvert = known.subscriptions().onTrialOnly();
    this.startedBefore = known.subscriptions().started();
    this.npsBefore = known.voice().nps();
  }

  boolean endsBy(int day) {
    return day >= until;
  }

  void add(Day day) {
    orders += day.count(ORDERS);
    revenue = Money.minus(Money.plus(revenue, day.count(GROSS)), day.count(RETURNED));
    eventDays += day.count(EVENTS) > 0 ? 1 : 0;
    activeDays += life.isActive(day) ? 1 : 0;
    Double stated = VoiceTally.npsOf(day);
    nps = stated == null ? nps : stated;
  }

  /** Writes the outcomes, with what is known of the customer at the end of the window. */
  void close(Life known) {
    out.set(CustomerOutcome.UNTIL, until);
    out.set(CustomerOutcome.WINDOW_DAYS, plan.outcomeDays());
    if (plan.has("orders")) {
      out.set(CustomerOutcome.BOUGHT, orders > 0);
      out.set(CustomerOutcome.ORDERS, orders);
      out.money(CustomerOutcome.REVENUE, revenue);
    }
    if (plan.has("events")) {
      out.set(CustomerOutcome.EVENT_DAYS, eventDays);
    }
    if (couldChurn) {
      out.set(CustomerOutcome.CHURNED, activeDays == 0);
    }
    int enough = plan.lifecycle().activeFrom();
    if (activeBefore < enough) {
      out.set(CustomerOutcome.ACTIVATED, activeBefore + activeDays >= enough);
    }
    if (couldRenew) {
      set(CustomerOutcome.RENEWED, known.subscriptions().running() > 0);
      set(CustomerOutcome.EXPANDED, known.subscriptions().recurring() > recurringBefore);
    }
    if (couldConvert) {
      set(CustomerOutcome.CONVERTED, known.subscriptions().started() > startedBefore);
    }
    if (npsBefore != null && nps != null) {
      out.set(CustomerOutcome.NPS_CHANGE, nps - npsBefore);
    }
  }

  /** Of what no column tells nothing is known. */
  private void set(ColumnSpec outcome, boolean value) {
    if (plan.unmapped(outcome).isEmpty()) {
      out.set(outcome, value);
    }
  }
}
