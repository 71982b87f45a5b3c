package io.stratify.jobs.demo;

import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import io.stratify.jobs.demo.CustomerTable.Sink;
import io.stratify.jobs.demo.Draws.Stream;
import org.apache.spark.sql.types.StructType;

/** Rows of answers to the survey of the shop, one row per question. */
final class Surveys {
  static final StructType ANSWERS =
      new StructType()
          .add("answer_no", StringType)
          .add("customer", StringType)
          .add("survey", StringType)
          .add("answered", StringType)
          .add("kind", StringType)
          .add("subject", StringType)
          .add("score", DoubleType)
          .add("words", StringType);

  private static final String SURVEY = "what-matters";

  private Surveys() {}

  static void answers(DemoSpec spec, long customer, Sink sink) {
    Profile who = Profile.of(spec, customer);
    Draws draws = new Draws(spec.seed(), customer, Stream.SURVEY);
    Temper temper = Temper.of(who.persona());
    if (!draws.chance(temper.answers())) {
      return;
    }
    // Late in life, so that it is the persona lived last who answers.
    int day = who.end() - 1 - draws.whole(0, Math.min(90, (who.end() - who.registered()) / 2));
    Form form = new Form(customer, Person.of(spec, who).idOn(day, 1), Text.noon(day), sink);
    form.add("nps", null, within(temper.nps() + 1.3 * draws.gaussian(), 0, 10), null);
    for (int i = 0; i < Temper.DRIVERS.size(); i++) {
      double score = within(temper.importance().get(i) + 0.5 * draws.gaussian(), 1, 5);
      form.add("importance", Temper.DRIVERS.get(i), score, null);
    }
    form.add("need", "shopping", null, temper.need());
    form.add("attitude", "shopping", within(4.2 + 0.6 * draws.gaussian(), 1, 5), temper.attitude());
    double cheap = 5.5 - temper.importance().get(0);
    form.add("price", "membership", StrictMath.rint(draws.logNormal(3 * cheap, 0.3)), null);
  }

  static Object[] row(DemoSpec spec, Profile who, String id) {
    String answered = Text.noon(who.registered());
    return new Object[] {id, who.customerId(), SURVEY, answered, "nps", null, 8.0, null};
  }

  private static double within(double value, double least, double most) {
    return Math.max(least, Math.min(most, StrictMath.rint(value)));
  }

  /** The answers that somebody gave at one time. */
  private static final class Form {
    private final long owner;
    private final String customer;
    private final String answered;
    private final Sink sink;
    private int number;

    Form(long owner, String customer, String answered, Sink sink) {
      this.owner = owner;
      this.customer = customer;
      this.answered = answered;
      this.sink = sink;
    }

    void add(String kind, String subject, Double score, String words) {
      number++;
      String id = Text.owned("V", owner, number);
      sink.clean(id, customer, SURVEY, answered, kind, subject, score, words);
    }
  }
}
