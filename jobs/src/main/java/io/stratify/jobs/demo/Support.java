package io.stratify.jobs.demo;

import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import io.stratify.jobs.demo.CustomerTable.Sink;
import io.stratify.jobs.demo.Draws.Stream;
import org.apache.spark.sql.types.StructType;

/** Rows of the support tickets, and of what customers told people of the shop. */
final class Support {
  static final StructType TICKETS =
      new StructType()
          .add("ticket_no", StringType)
          .add("customer", StringType)
          .add("opened", StringType)
          .add("closed", StringType)
          .add("topic", StringType)
          .add("priority", StringType)
          .add("satisfaction", DoubleType);

  static final StructType FEEDBACK =
      new StructType()
          .add("note_no", StringType)
          .add("customer", StringType)
          .add("given", StringType)
          .add("told_to", StringType)
          .add("theme", StringType)
          .add("sentiment", StringType)
          .add("note", StringType);

  private static final double SHARE_WITH_NOTE = 0.1;
  private static final double SHARE_RATED = 0.6;
  private static final String[] TOPICS = {"delivery", "returns", "payment", "product", "account"};
  private static final String[] PRIORITIES = {"low", "normal", "high", "urgent"};

  private Support() {}

  static void tickets(DemoSpec spec, long customer, Sink sink) {
    Profile who = Profile.of(spec, customer);
    Person person = Person.of(spec, who);
    Draws draws = new Draws(spec.seed(), customer, Stream.SUPPORT);
    int count = draws.poisson(Temper.of(who.persona()).tickets());
    for (int number = 1; number <= count; number++) {
      int day = draws.whole(who.registered(), who.end() - 1);
      long opened = day * (long) Text.SECONDS_PER_DAY + draws.whole(7 * 3600, 22 * 3600);
      long closed = opened + (long) (3600 * draws.logNormal(20, 1.0));
      boolean done = closed < who.end() * (long) Text.SECONDS_PER_DAY;
      boolean rated = done && draws.chance(SHARE_RATED);
      sink.clean(
          Text.owned("T", customer, number),
          person.idOn(day, number),
          Text.time(opened),
          done ? Text.time(closed) : null,
          TOPICS[draws.weighted(topics(who.persona()))],
          PRIORITIES[draws.weighted(0.3, 0.5, 0.15, 0.05)],
          rated ? (Double) stars(who, draws) : null);
    }
  }

  static Object[] ticket(DemoSpec spec, Profile who, String id) {
    String opened = Text.noon(who.registered());
    return new Object[] {id, who.customerId(), opened, null, TOPICS[0], PRIORITIES[0], null};
  }

  static void feedback(DemoSpec spec, long customer, Sink sink) {
    Profile who = Profile.of(spec, customer);
    Draws draws = new Draws(spec.seed(), customer, Stream.FEEDBACK);
    if (draws.chance(SHARE_WITH_NOTE)) {
      int day = draws.whole(who.registered(), who.end() - 1);
      String theme = Temper.of(who.persona()).theme();
      double stars = stars(who, draws);
      sink.clean(
          Text.owned("F", customer, 1),
          Person.of(spec, who).idOn(day, 1),
          Text.noon(day),
          draws.pick("interview", "sales", "support", "success"),
          draws.chance(0.7) ? theme : draws.pick("price", "range", "delivery", "service"),
          stars < 3 ? "negative" : stars > 3 ? "positive" : "neutral",
          "Said: \"" + Temper.of(who.persona()).attitude() + ";\nI want " + theme + ".\"");
    }
  }

  static Object[] note(DemoSpec spec, Profile who, String id) {
    String given = Text.noon(who.registered());
    return new Object[] {id, who.customerId(), given, "support", "delivery", "neutral", "Late."};
  }

  /** One to five; who recommends the shop is content with its answers. */
  private static double stars(Profile who, Draws draws) {
    double mean = Temper.of(who.persona()).nps() / 2;
    return Math.max(1, Math.min(5, StrictMath.rint(mean + 0.9 * draws.gaussian())));
  }

  /** Order as in {@link #TOPICS}. */
  private static double[] topics(Persona persona) {
    return switch (persona) {
      case BARGAIN_HUNTER -> new double[] {0.15, 0.50, 0.15, 0.15, 0.05};
      case BIG_TICKET -> new double[] {0.30, 0.10, 0.15, 0.40, 0.05};
      default -> new double[] {0.40, 0.15, 0.15, 0.20, 0.10};
    };
  }
}
