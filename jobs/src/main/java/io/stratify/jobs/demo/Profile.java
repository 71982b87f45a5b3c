package io.stratify.jobs.demo;

import io.stratify.jobs.demo.Draws.Stream;
import java.util.ArrayList;
import java.util.List;

/**
 * Who a customer is.
 *
 * @param index position among all customers
 * @param registered day of registration, counted since 1970
 * @param end the day after the last day with facts, counted since 1970
 * @param first the persona at registration
 * @param persona the persona lived last
 * @param changed day of the change, counted since 1970, or {@link #NEVER}
 */
record Profile(long index, int registered, int end, Persona first, Persona persona, int changed) {
  /** No change of persona. */
  static final int NEVER = Integer.MIN_VALUE;

  /** Share of the customers who change persona, among those here for long enough. */
  private static final double CHANGE_SHARE = 0.062;

  private static final int DAYS_BEFORE_CHANGE_SHOWS = 300;
  private static final double EARLY_REGISTRATIONS = 1.6;

  /** A part of a life that is lived as one persona, from a day up to but not including another. */
  record Phase(Persona persona, int from, int to, boolean later) {}

  static Profile of(DemoSpec spec, long index) {
    Draws draws = new Draws(spec.seed(), index, Stream.PROFILE);
    return switch (spec.world()) {
      case PERSONAS -> usual(spec, index, draws);
      case ONE_CLOUD -> inTheCloud(spec, index, draws);
      case UPHEAVAL -> upheaved(spec, index, draws);
    };
  }

  private static Profile usual(DemoSpec spec, long index, Draws draws) {
    Persona first = Persona.draw(Persona.USUAL, draws);
    int registered = registration(spec, first, draws);
    int end = spec.endDay();
    int days = end - registered;
    if (days >= DAYS_BEFORE_CHANGE_SHOWS && draws.chance(CHANGE_SHARE)) {
      int changed = registered + (int) (days * draws.between(0.25, 0.45));
      return new Profile(index, registered, end, first, first.other(draws), changed);
    }
    return new Profile(index, registered, end, first, first, NEVER);
  }

  /**
   * All came in the first half, most of them around the same time: in figures of whole lives, those
   * who came early or late must be no group either.
   */
  private static Profile inTheCloud(DemoSpec spec, long index, Draws draws) {
    Persona persona = Persona.draw(Persona.CLOUD, draws);
    double half = spec.middleDay() - spec.startDay();
    int registered = spec.startDay() + (int) (half * (draws.uniform() + draws.uniform()) / 2);
    return new Profile(index, registered, spec.endDay(), persona, persona, NEVER);
  }

  /** As usual until the middle; from there on everybody is somebody else, whoever he was before. */
  private static Profile upheaved(DemoSpec spec, long index, Draws draws) {
    Persona before = Persona.draw(Persona.USUAL, draws);
    int registered = registration(spec, before, draws);
    Persona after = Persona.draw(Persona.AFTER_UPHEAVAL, draws);
    if (registered >= spec.middleDay()) {
      return new Profile(index, registered, spec.endDay(), after, after, NEVER);
    }
    return new Profile(index, registered, spec.endDay(), before, after, spec.middleDay());
  }

  /** Customers came faster when the shop was new; those who lapsed did not come lately. */
  private static int registration(DemoSpec spec, Persona persona, Draws draws) {
    int window = spec.endDay() - spec.startDay();
    double open = persona == Persona.ONE_TIME_LAPSED ? 0.6 * window : window - newest(window);
    return spec.startDay() + (int) (open * StrictMath.pow(draws.uniform(), EARLY_REGISTRATIONS));
  }

  /** Nobody is so new that there is nothing to see. */
  private static double newest(int window) {
    return Math.min(100, window / 4.0);
  }

  boolean hasChanged() {
    return changed != NEVER;
  }

  /** The persona that is lived on a day. */
  Persona personaOn(long day) {
    return hasChanged() && day >= changed ? persona : first;
  }

  List<Phase> phases() {
    List<Phase> phases = new ArrayList<>(2);
    phases.add(new Phase(first, registered, hasChanged() ? changed : end, false));
    if (hasChanged()) {
      phases.add(new Phase(persona, changed, end, true));
    }
    return phases;
  }

  String customerId() {
    return Text.numbered("C", index, 7);
  }
}
