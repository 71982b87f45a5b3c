package io.stratify.jobs.demo;

import static org.apache.spark.sql.types.DataTypes.StringType;

import io.stratify.jobs.demo.CustomerTable.Sink;
import io.stratify.jobs.demo.Draws.Stream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.sql.types.StructType;

/** Rows of what customers allowed, and of what holds thereby. */
final class Permissions {
  static final StructType CONSENTS =
      new StructType()
          .add("decision_no", StringType)
          .add("customer", StringType)
          .add("purpose", StringType)
          .add("decided", StringType)
          .add("answer", StringType);

  static final StructType ANSWERS =
      new StructType()
          .add("person", StringType)
          .add("analytics", StringType)
          .add("analytics_later", StringType)
          .add("marketing", StringType);

  private static final String ANALYTICS = "analytics";
  private static final String MARKETING = "marketing";
  private static final String GRANTED = "granted";
  private static final String WITHDRAWN = "withdrawn";

  private Permissions() {}

  /** One decision; {@code second} counts since 1970. */
  private record Decision(String purpose, long second, boolean granted) {}

  static void consents(DemoSpec spec, long customer, Sink sink) {
    Profile who = Profile.of(spec, customer);
    Person person = Person.of(spec, who);
    int number = 0;
    for (Decision decision : decisions(spec, who)) {
      int day = (int) (decision.second() / Text.SECONDS_PER_DAY);
      sink.clean(
          Text.owned("P", customer, number),
          person.idOn(day, number),
          decision.purpose(),
          Text.time(decision.second()),
          decision.granted() ? "yes" : "no");
      number++;
    }
  }

  static Object[] row(DemoSpec spec, Profile who, String id) {
    return new Object[] {id, who.customerId(), MARKETING, Text.noon(who.registered()), "yes"};
  }

  /** What holds on the last day, and what is decided only after it; null where nothing is. */
  static void answers(DemoSpec spec, long customer, Sink sink) {
    Profile who = Profile.of(spec, customer);
    List<Decision> decisions = decisions(spec, who);
    long end = who.end() * (long) Text.SECONDS_PER_DAY;
    sink.clean(
        who.customerId(),
        last(decisions, ANALYTICS, Long.MIN_VALUE, end),
        last(decisions, ANALYTICS, end, Long.MAX_VALUE),
        last(decisions, MARKETING, Long.MIN_VALUE, end));
  }

  private static String last(List<Decision> decisions, String purpose, long from, long to) {
    return decisions.stream()
        .filter(d -> d.purpose().equals(purpose) && d.second() >= from && d.second() < to)
        .max(Comparator.comparingLong(Decision::second))
        .map(d -> d.granted() ? GRANTED : WITHDRAWN)
        .orElse(null);
  }

  private static List<Decision> decisions(DemoSpec spec, Profile who) {
    Draws draws = new Draws(spec.seed(), who.index(), Stream.CONSENT);
    List<Decision> decisions = new ArrayList<>();
    // One in a hundred never decided, 3 % withdrew, 1 % came back to it, 0.5 % decide after the
    // end.
    switch (draws.weighted(0.945, 0.01, 0.03, 0.01, 0.003, 0.002)) {
      case 0 -> decide(decisions, who, ANALYTICS, draws, 1);
      case 1 -> {}
      case 2 -> decide(decisions, who, ANALYTICS, draws, 2);
      case 3 -> decide(decisions, who, ANALYTICS, draws, 3);
      case 4 -> {
        decide(decisions, who, ANALYTICS, draws, 1);
        decisions.add(new Decision(ANALYTICS, later(who, draws), false));
      }
      default -> {
        decide(decisions, who, ANALYTICS, draws, 2);
        decisions.add(new Decision(ANALYTICS, later(who, draws), true));
      }
    }
    decide(decisions, who, MARKETING, draws, draws.weighted(0.70, 0.24, 0.05, 0.01));
    return decisions;
  }

  /** Granted at registration, then withdrawn and granted in turn, until the end of the world. */
  private static void decide(
      List<Decision> decisions, Profile who, String purpose, Draws draws, int count) {
    double days = (who.end() - who.registered()) / (double) Math.max(1, count);
    for (int i = 0; i < count; i++) {
      double day = i == 0 ? 0 : days * (i + draws.uniform());
      long second = (who.registered() + (long) day) * Text.SECONDS_PER_DAY;
      decisions.add(new Decision(purpose, second + draws.whole(8, 20) * 3600L, i % 2 == 0));
    }
  }

  private static long later(Profile who, Draws draws) {
    return (who.end() + draws.whole(1, 30)) * (long) Text.SECONDS_PER_DAY;
  }
}
