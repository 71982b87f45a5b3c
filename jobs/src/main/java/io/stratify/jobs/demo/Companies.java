package io.stratify.jobs.demo;

import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import io.stratify.jobs.demo.CustomerTable.Sink;
import io.stratify.jobs.demo.Draws.Stream;
import org.apache.spark.sql.types.StructType;

/** Rows of the companies that some customers buy for. */
final class Companies {
  static final StructType ACCOUNTS =
      new StructType()
          .add("account_no", StringType)
          .add("company", StringType)
          .add("industry", StringType)
          .add("employees", IntegerType)
          .add("size_band", StringType)
          .add("country", StringType)
          .add("plan", StringType)
          .add("opened", StringType)
          .add("channel", StringType);

  /** One company for so many customers, of whom only some belong to it. */
  private static final int CUSTOMERS_PER_COMPANY = 13;

  private static final String[] NAMES = {"Nord", "Delta", "Atlas", "Krone", "Vela", "Orion"};
  private static final String[] INDUSTRIES = {
    "retail", "hospitality", "construction", "health", "education", "software"
  };
  private static final String[] FORMS = {" GmbH", " SARL", " BV", " SL", " Srl"};
  private static final String[] COUNTRIES = {"DE", "FR", "NL", "ES", "IT"};

  private Companies() {}

  /** The account of a customer, or null: large purchases are made for companies more often. */
  static String of(DemoSpec spec, Profile who) {
    Draws draws = new Draws(spec.seed(), who.index(), Stream.COMPANY);
    double share = who.first() == Persona.BIG_TICKET ? 0.55 : 0.16;
    return draws.chance(share) ? number(who.index() / CUSTOMERS_PER_COMPANY) : null;
  }

  static void accounts(DemoSpec spec, long customer, Sink sink) {
    if (customer % CUSTOMERS_PER_COMPANY == 0) {
      Profile who = Profile.of(spec, customer);
      sink.clean(row(spec, who, number(customer / CUSTOMERS_PER_COMPANY)));
    }
  }

  static Object[] row(DemoSpec spec, Profile who, String id) {
    Draws draws = new Draws(spec.seed(), -1 - who.index(), Stream.COMPANY);
    int country = draws.whole(0, COUNTRIES.length - 1);
    int employees = (int) Math.min(20_000, Math.max(1, draws.logNormal(40, 1.3)));
    return new Object[] {
      id,
      draws.pick(NAMES) + " " + who.index() + FORMS[country],
      draws.pick(INDUSTRIES),
      employees,
      band(employees),
      COUNTRIES[country],
      employees < 50 ? draws.pick("free", "business") : draws.pick("business", "enterprise"),
      Text.day(spec.startDay() - draws.whole(0, 700)),
      draws.pick("sales", "partner", "search", "referral")
    };
  }

  private static String band(int employees) {
    if (employees < 50) {
      return employees < 10 ? "1-9" : "10-49";
    }
    return employees < 250 ? "50-249" : "250+";
  }

  private static String number(long company) {
    return Text.numbered("B", company, 6);
  }
}
