package io.stratify.jobs.demo;

import static org.apache.spark.sql.types.DataTypes.StringType;

import io.stratify.jobs.demo.CustomerTable.Sink;
import io.stratify.jobs.demo.Draws.Stream;
import java.time.LocalDate;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Rows of the messages of campaigns, one campaign a month, and of exposures to experiments. */
final class Campaigns {
  static final StructType TOUCHES =
      new StructType()
          .add("touch_no", StringType)
          .add("customer", StringType)
          .add("campaign", StringType)
          .add("channel", StringType)
          .add("sent", StringType)
          .add("opened", StringType)
          .add("clicked", StringType)
          .add("converted", StringType)
          .add("cost", DataTypes.createDecimalType(12, 2));

  static final StructType EXPOSURES =
      new StructType()
          .add("exposure_no", StringType)
          .add("experiment", StringType)
          .add("customer", StringType)
          .add("variant", StringType)
          .add("shown", StringType);

  private static final int SENDING_DAY = 10;
  private static final double SHARE_ADDRESSED = 0.25;
  private static final String[] THEMES = {"newsletter", "sale", "new-arrivals"};
  private static final String[] EXPERIMENTS = {"short-checkout", "free-delivery"};
  private static final double SHARE_EXPOSED = 0.18;
  private static final int EXPERIMENT_DAYS = 60;

  private Campaigns() {}

  static void touches(DemoSpec spec, long customer, Sink sink) {
    Profile who = Profile.of(spec, customer);
    Person person = Person.of(spec, who);
    Draws draws = new Draws(spec.seed(), customer, Stream.CAMPAIGN);
    LocalDate sent = LocalDate.ofEpochDay(who.registered()).plusMonths(1);
    sent = sent.withDayOfMonth(SENDING_DAY);
    for (int number = 1; sent.toEpochDay() < who.end(); sent = sent.plusMonths(1)) {
      if (draws.chance(SHARE_ADDRESSED)) {
        int day = Math.toIntExact(sent.toEpochDay());
        sink.clean(
            touch(
                Text.owned("K", customer, number),
                person.idOn(day, number),
                THEMES[sent.getMonthValue() % THEMES.length],
                sent,
                draws,
                who));
        number++;
      }
    }
  }

  private static Object[] touch(
      String id, String customer, String theme, LocalDate day, Draws draws, Profile who) {
    long sent = day.toEpochDay() * Text.SECONDS_PER_DAY + 9 * 3600;
    // Whoever hunts for offers looks at sales above all.
    double liking = theme.equals("sale") ? 1.5 : 0.8;
    double clicks = Math.min(0.9, liking * Temper.of(who.personaOn(day.toEpochDay())).clicks());
    boolean opens = draws.chance(Math.min(0.95, 0.15 + 1.5 * clicks));
    boolean clicked = draws.chance(clicks) && opens;
    boolean converts = draws.chance(0.3) && clicked;
    long opened = sent + draws.whole(600, 30_000);
    long after = opened + draws.whole(10, 600);
    String channel = draws.pick("email", "email", "push");
    return new Object[] {
      id,
      customer,
      day.toString().substring(0, 8).concat(theme),
      channel,
      Text.time(sent),
      opens ? Text.time(opened) : null,
      clicked ? Text.time(after) : null,
      converts ? Text.time(after + draws.whole(60, 3000)) : null,
      Text.money(channel.equals("email") ? 2 : 1)
    };
  }

  static Object[] touchRow(DemoSpec spec, Profile who, String id) {
    String sent = Text.noon(who.registered());
    return new Object[] {
      id, who.customerId(), "welcome", "email", sent, null, null, null, Text.money(2)
    };
  }

  /** Whom an experiment was shown to in the last months; each person once. */
  static void exposures(DemoSpec spec, long customer, Sink sink) {
    Profile who = Profile.of(spec, customer);
    Draws draws = new Draws(spec.seed(), customer, Stream.EXPERIMENT);
    for (int i = 0; i < EXPERIMENTS.length; i++) {
      int day = who.end() - EXPERIMENT_DAYS * (i + 1) + draws.whole(0, EXPERIMENT_DAYS - 1);
      if (draws.chance(SHARE_EXPOSED) && day >= who.registered()) {
        sink.clean(
            Text.owned("Q", customer, i + 1L),
            EXPERIMENTS[i],
            Person.of(spec, who).idOn(day, i),
            draws.pick("control", "treatment"),
            Text.noon(day));
      }
    }
  }

  static Object[] exposureRow(DemoSpec spec, Profile who, String id) {
    String shown = Text.noon(who.registered());
    return new Object[] {id, "welcome-page", who.customerId(), "control", shown};
  }
}
