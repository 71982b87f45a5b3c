package io.stratify.jobs.demo;

import io.stratify.jobs.demo.Draws.Stream;
import io.stratify.jobs.demo.Profile.Phase;
import java.util.ArrayList;
import java.util.List;

/**
 * One day on which a customer used the web shop.
 *
 * @param number number of the visit in the customer's life
 * @param device device used
 * @param events what happened, in order
 */
record Visit(int number, String device, List<Event> events) {
  private static final int QUARTER = 90;
  private static final String[] FEATURES = {"search", "recommendations", "reviews", "wishlist"};

  /** One event; {@code second} counts since 1970. */
  record Event(long second, String type, String feature, int seconds) {}

  /** The day, counted since 1970. */
  int day() {
    return (int) (events.get(0).second() / Text.SECONDS_PER_DAY);
  }

  /** All visits of a customer's life. */
  static List<Visit> of(DemoSpec spec, Profile who) {
    Draws draws = new Draws(spec.seed(), who.index(), Stream.VISITS);
    List<Visit> visits = new ArrayList<>();
    String device = draws.pick("mobile", "mobile", "desktop", "tablet");
    for (Phase phase : who.phases()) {
      if (!phase.later()) {
        visits.add(draw(who.registered(), device, 1, draws, visits.size() + 1));
      }
      live(phase, device, draws, visits);
    }
    return visits;
  }

  private static void live(Phase phase, String device, Draws draws, List<Visit> visits) {
    Persona.Visits habit = phase.persona().visits();
    if (habit.daysPerQuarter() == 0) {
      return;
    }
    double gap = QUARTER / draws.logNormal(habit.daysPerQuarter(), 0.25);
    double perDay = habit.eventsPerDay();
    double day = phase.from() + 1 + draws.exponential(gap);
    while (day < phase.to()) {
      int events = 1 + draws.poisson(perDay - 1);
      visits.add(draw((int) day, device, events, draws, visits.size() + 1));
      day = Math.max((int) day + 1, day + draws.exponential(gap) / Season.on(day));
    }
  }

  private static Visit draw(int day, String device, int count, Draws draws, int number) {
    String used = draws.chance(0.85) ? device : draws.pick("mobile", "desktop");
    long second = day * (long) Text.SECONDS_PER_DAY + draws.whole(6 * 3600, 22 * 3600);
    List<Event> events = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int seconds = 1 + Math.min(600, (int) draws.logNormal(25, 0.9));
      String type = i == 0 ? "page_view" : draws.pick("product_view", "search", "add_to_cart");
      events.add(new Event(second, type, draws.pick(FEATURES), seconds));
      second += seconds;
    }
    return new Visit(number, used, events);
  }
}
