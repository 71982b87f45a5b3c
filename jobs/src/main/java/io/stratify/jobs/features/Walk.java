package io.stratify.jobs.features;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.unsafe.types.UTF8String;

/** One customer on his way through his days and the as-of dates among them. */
final class Walk {
  private final Dates dates;
  private final UTF8String customer;
  private final Person person;
  private final Life life;
  private final List<FeatureValues> seen = new ArrayList<>();
  private final List<OutcomeWindow> open = new ArrayList<>();
  private Integer firstDay;
  private int next;

  Walk(Dates dates, UTF8String customer, Person person) {
    this.dates = dates;
    this.customer = customer;
    this.person = person;
    this.life = Life.of(dates.plan(), dates.features());
  }

  boolean is(UTF8String other) {
    return customer.equals(other);
  }

  /**
   * Comes to a day; false where neither a date nor an outcome needs its facts.
   *
   * @param day days since 1970-01-01
   */
  boolean reaches(int day) {
    passUpTo(day);
    return !open.isEmpty() || !dates.over(next);
  }

  /** Takes up the facts of the day that was reached. */
  void add(Day day) {
    for (OutcomeWindow window : open) {
      window.add(day);
    }
    if (firstDay == null) {
      firstDay = day.date();
    }
    life.add(day);
  }

  /** Describes the customer on the dates up to a day, which itself is not known yet. */
  private void passUpTo(int day) {
    while (next < dates.size() && dates.at(next) <= day) {
      closeThoseThatEndBy(dates.at(next));
      describe(next++);
    }
    closeThoseThatEndBy(day);
  }

  private void closeThoseThatEndBy(int day) {
    if (open.isEmpty()) {
      return;
    }
    open.removeIf(
        w -> {
          boolean ends = w.endsBy(day);
          if (ends) {
            w.close(life);
          }
          return ends;
        });
  }

  private void describe(int index) {
    if (!dates.wanted(index)) {
      return;
    }
    int asOf = dates.at(index);
    Integer signedUp = person.signedUp();
    if (firstDay == null && (signedUp == null || signedUp >= asOf)) {
      return;
    }
    int start =
        firstDay == null ? signedUp : signedUp == null ? firstDay : Math.min(signedUp, firstDay);
    Moment moment = new Moment(asOf, start, dates.past(index));
    FeatureValues values = new FeatureValues(dates.available(), customer, asOf);
    life.describe(moment, values);
    if (dates.features()) {
      person.describe(moment, values);
    }
    seen.add(values);
    if (dates.hasOutcomes(index)) {
      open.add(new OutcomeWindow(dates.plan(), values, asOf, life));
    }
  }

  /** The customer on every date on which he was known. */
  List<FeatureValues> end() {
    passUpTo(Integer.MAX_VALUE);
    return seen;
  }
}
