package io.stratify.jobs.features;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapGroupsFunction;
import org.apache.spark.sql.Row;

/**
 * Walks once through the days of each customer and describes him on every as-of date that it comes
 * by: a snapshot more costs its own rows and nothing else. It keeps sums and the last windows,
 * never all days. Rows come as {@code customer_id, day, profile, facts}: the one of the profile,
 * whose day is null, first, and then the days in their order.
 */
final class Timeline implements FlatMapGroupsFunction<String, Row, Row> {
  private static final long serialVersionUID = 1L;
  private static final int DAY = 1;
  private static final int PROFILE = 2;
  private static final int FACTS = 3;

  private final SnapshotPlan plan;
  private final int[] dates;
  private final boolean[] outcomes;
  private final boolean[] available;

  Timeline(SnapshotPlan plan) {
    this.plan = plan;
    dates = plan.dates().stream().mapToInt(d -> Math.toIntExact(d.toEpochDay())).toArray();
    outcomes = new boolean[dates.length];
    for (int i = 0; i < dates.length; i++) {
      outcomes[i] = plan.hasOutcomes(plan.dates().get(i));
    }
    available = FeatureValues.available(plan);
  }

  @Override
  public Iterator<Row> call(String customer, Iterator<Row> rows) {
    Row first = rows.next();
    if (!first.isNullAt(DAY)) {
      // Facts of nobody: conform lets none through.
      return List.<Row>of().iterator();
    }
    Walk walk = new Walk(customer, new Person(first.getStruct(PROFILE)));
    while (rows.hasNext()) {
      Row row = rows.next();
      walk.to(new Day(row.getInt(DAY), row.getStruct(FACTS)));
    }
    return walk.end();
  }

  /** One customer on his way. */
  private final class Walk {
    private final String customer;
    private final Person person;
    private final Life life = Life.of(plan);
    private final List<FeatureValues> seen = new ArrayList<>();
    private final List<OutcomeWindow> open = new ArrayList<>();
    private Integer firstDay;
    private int next;

    Walk(String customer, Person person) {
      this.customer = customer;
      this.person = person;
    }

    void to(Day day) {
      passUpTo(day.date());
      open.forEach(w -> w.add(day));
      if (firstDay == null) {
        firstDay = day.date();
      }
      life.add(day);
    }

    /** Describes the customer on the dates up to a day, which itself is not known yet. */
    private void passUpTo(int day) {
      while (next < dates.length && dates[next] <= day) {
        closeThoseThatEndBy(dates[next]);
        describe(next++);
      }
      closeThoseThatEndBy(day);
    }

    private void closeThoseThatEndBy(int day) {
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
      int asOf = dates[index];
      Integer signedUp = person.signedUp();
      if (firstDay == null && (signedUp == null || signedUp >= asOf)) {
        return;
      }
      int start =
          firstDay == null ? signedUp : signedUp == null ? firstDay : Math.min(signedUp, firstDay);
      Moment moment = new Moment(asOf, start, index < dates.length - 1);
      FeatureValues values = new FeatureValues(available, customer, asOf);
      life.describe(moment, values);
      person.describe(moment, values);
      seen.add(values);
      if (outcomes[index]) {
        open.add(new OutcomeWindow(plan, values, asOf, life));
      }
    }

    Iterator<Row> end() {
      passUpTo(Integer.MAX_VALUE);
      return seen.stream().map(FeatureValues::row).iterator();
    }
  }
}
