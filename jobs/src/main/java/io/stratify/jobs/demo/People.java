package io.stratify.jobs.demo;

import static org.apache.spark.sql.types.DataTypes.DateType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import io.stratify.jobs.demo.CustomerTable.Sink;
import io.stratify.jobs.demo.Draws.Stream;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Rows of the customers, and of the answers that the pipeline must not see. */
final class People {
  static final StructType CUSTOMERS =
      new StructType()
          .add("cust_id", StringType)
          .add("registered", DateType)
          .add("birth_year", IntegerType)
          .add("sex", StringType)
          .add("country", StringType)
          .add("region", StringType)
          .add("channel", StringType)
          .add("acquisition_cost", DataTypes.createDecimalType(18, 4))
          .add("device", StringType)
          .add("occupation", StringType)
          .add("account", StringType);

  static final StructType ANSWERS =
      new StructType()
          .add("customer", StringType)
          .add("persona", StringType)
          .add("first_persona", StringType)
          .add("changed_on", DateType);

  private static final String[] COUNTRIES = {"DE", "FR", "ES", "NL", "IT"};
  private static final double[] SIZES = {0.35, 0.22, 0.17, 0.10, 0.16};
  private static final String[] REGIONS = {"north", "east", "south", "west"};
  private static final String[] CHANNELS = {"search", "social", "referral", "direct", "affiliate"};
  private static final double[] COSTS = {14, 9, 5, 0, 11};
  private static final String[] OCCUPATIONS = {
    "employee", "student", "self-employed", "manager", "retired", "homemaker"
  };

  private People() {}

  static void customers(DemoSpec spec, long customer, Sink sink) {
    Profile who = Profile.of(spec, customer);
    Person person = Person.of(spec, who);
    sink.clean(row(spec, who, who.customerId(), who.registered()));
    person.others().forEach(id -> sink.clean(row(spec, who, id, person.othersFrom())));
    if (DirtyRow.of(spec, customer).contains(DirtyRow.BLANK_CUSTOMER_ID)) {
      sink.dirty(DirtyRow.BLANK_CUSTOMER_ID, row(spec, who, "  ", who.registered()));
    }
  }

  static void answers(DemoSpec spec, long customer, Sink sink) {
    Profile who = Profile.of(spec, customer);
    for (String id : Person.of(spec, who).ids()) {
      sink.clean(
          id,
          who.persona().id(),
          who.first().id(),
          who.hasChanged() ? (Integer) who.changed() : null);
    }
  }

  /** Demographics differ little between personas, as they do in life. */
  private static Object[] row(DemoSpec spec, Profile who, String id, int registered) {
    Draws draws = new Draws(spec.seed(), who.index(), Stream.PEOPLE);
    int channel = draws.weighted(channelWeights(who.first()));
    double age = Math.max(18, Math.min(85, 41 + 13 * draws.gaussian()));
    long cost = Math.round(draws.logNormal(100 * COSTS[channel], 0.3));
    return new Object[] {
      id,
      registered,
      spec.end().getYear() - (int) age,
      draws.chance(0.04) ? null : draws.pick("f", "m", "f", "m", "x"),
      COUNTRIES[draws.weighted(SIZES)],
      draws.pick(REGIONS),
      CHANNELS[channel],
      Text.money(cost),
      draws.pick("mobile", "mobile", "desktop", "tablet"),
      draws.pick(OCCUPATIONS),
      Companies.of(spec, who)
    };
  }

  /** Order as in {@link #CHANNELS}. */
  private static double[] channelWeights(Persona persona) {
    return switch (persona) {
      case LOYAL_REGULAR -> new double[] {0.25, 0.10, 0.30, 0.30, 0.05};
      case BIG_TICKET -> new double[] {0.45, 0.08, 0.15, 0.27, 0.05};
      case BARGAIN_HUNTER -> new double[] {0.20, 0.25, 0.10, 0.10, 0.35};
      case BROWSER -> new double[] {0.22, 0.43, 0.10, 0.15, 0.10};
      case ONE_TIME_LAPSED -> new double[] {0.30, 0.30, 0.05, 0.10, 0.25};
      case AVERAGE -> new double[] {0.28, 0.23, 0.14, 0.18, 0.17};
      case STOCKPILER, SNACKER, TRY_AT_HOME, RESEARCHER ->
          new double[] {0.20, 0.20, 0.20, 0.20, 0.20};
    };
  }
}
