package io.stratify.jobs.demo;

import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import io.stratify.jobs.demo.CustomerTable.Sink;
import io.stratify.jobs.demo.Draws.Stream;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Rows of the subscriptions: memberships of the shop, many of which start with a trial. */
final class Memberships {
  static final StructType SUBSCRIPTIONS =
      new StructType()
          .add("sub_no", StringType)
          .add("customer", StringType)
          .add("account", StringType)
          .add("plan", StringType)
          .add("trial_from", StringType)
          .add("trial_to", StringType)
          .add("started", StringType)
          .add("ended", StringType)
          .add("monthly", DataTypes.createDecimalType(12, 2))
          .add("seats", IntegerType);

  private static final int TRIAL_DAYS = 30;
  private static final double SHARE_WITH_TRIAL = 0.6;
  private static final double SHARE_KEPT_AFTER_TRIAL = 0.75;
  private static final double SHARE_BACK = 0.3;

  private Memberships() {}

  static void subscriptions(DemoSpec spec, long customer, Sink sink) {
    Profile who = Profile.of(spec, customer);
    Draws draws = new Draws(spec.seed(), customer, Stream.MEMBERSHIP);
    Temper temper = Temper.of(who.persona());
    int from = who.registered() + (int) draws.exponential(60);
    boolean joins = draws.chance(temper.membership());
    for (int number = 1; joins && number <= 2 && from < who.end(); number++) {
      int ended = add(spec, who, number, from, draws, sink);
      joins = draws.chance(SHARE_BACK);
      from = ended + draws.whole(20, 90);
    }
  }

  /** Adds one subscription; gives the day it ended. */
  private static int add(DemoSpec spec, Profile who, int number, int from, Draws draws, Sink sink) {
    boolean trial = draws.chance(SHARE_WITH_TRIAL);
    int started = trial ? from + TRIAL_DAYS : from;
    boolean paid = started < who.end() && (!trial || draws.chance(SHARE_KEPT_AFTER_TRIAL));
    boolean stays = draws.chance(Temper.of(who.persona()).stays());
    int ended = started + (int) draws.exponential(150);
    String account = Companies.of(spec, who);
    sink.clean(
        Text.owned("M", who.index(), number),
        Person.of(spec, who).idOn(from, number),
        account,
        plan(account),
        trial ? Text.day(from) : null,
        trial ? Text.day(started - 1) : null,
        paid ? Text.day(started) : null,
        paid && !stays && ended < who.end() ? Text.day(ended) : null,
        Text.money(paid ? price(account) : 0),
        account == null ? 1 : draws.whole(2, 20));
    return paid && stays ? who.end() : ended;
  }

  static Object[] row(DemoSpec spec, Profile who, String id) {
    String started = Text.day(who.registered());
    return new Object[] {
      id, who.customerId(), null, "plus", null, null, started, null, Text.money(499), 1
    };
  }

  private static String plan(String account) {
    return account == null ? "plus" : "business";
  }

  private static long price(String account) {
    return account == null ? 499 : 2900;
  }
}
