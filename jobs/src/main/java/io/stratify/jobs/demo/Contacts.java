package io.stratify.jobs.demo;

import static org.apache.spark.sql.types.DataTypes.StringType;

import io.stratify.jobs.demo.CustomerTable.Sink;
import io.stratify.jobs.demo.Draws.Stream;
import java.util.Locale;
import org.apache.spark.sql.types.StructType;

/**
 * Rows of what customers gave as contacts. The accounts of one person share an e-mail address or a
 * phone number, each written in another way, or a row of the shop's own link table.
 */
final class Contacts {
  static final StructType IDENTITIES =
      new StructType().add("cust_id", StringType).add("kind", StringType).add("value", StringType);

  static final StructType ANSWERS =
      new StructType().add("customer_id", StringType).add("person", StringType);

  private static final String EMAIL = "email";
  private static final String PHONE = "phone";
  private static final String LINK = "customer";
  private static final String KIOSK = "+49 800 7654321";

  private static final double SHARE_WITH_EMAIL = 0.95;
  private static final double SHARE_WITH_PHONE = 0.22;

  private Contacts() {}

  static void identities(DemoSpec spec, long customer, Sink sink) {
    Profile who = Profile.of(spec, customer);
    Person person = Person.of(spec, who);
    // Apart from the draws of the person, which decide how many ids there are.
    Draws draws = new Draws(spec.seed(), -1 - customer, Stream.PERSON);
    String shared = draws.pick(EMAIL, PHONE, LINK);
    boolean several = !person.others().isEmpty();
    String email = email(who, draws);
    String phone = Text.numbered("", customer, 8);
    if (draws.chance(SHARE_WITH_EMAIL) || (several && shared.equals(EMAIL))) {
      sink.clean(who.customerId(), EMAIL, email);
    }
    if (Person.atKiosk(spec, who)) {
      sink.clean(who.customerId(), PHONE, KIOSK);
    } else if (draws.chance(SHARE_WITH_PHONE) || (several && shared.equals(PHONE))) {
      sink.clean(who.customerId(), PHONE, "+49 151 " + phone);
    }
    for (String other : person.others()) {
      switch (shared) {
        case EMAIL -> sink.clean(other, EMAIL, "  " + email.toUpperCase(Locale.ROOT) + " ");
        case PHONE ->
            sink.clean(
                other, PHONE, "0049 (151) " + phone.substring(0, 4) + "-" + phone.substring(4));
        default -> sink.clean(other, LINK, who.customerId());
      }
    }
  }

  /** A row of somebody with an address that nobody else has. */
  static Object[] row(DemoSpec spec, Profile who, String id) {
    return new Object[] {who.customerId(), EMAIL, id.toLowerCase(Locale.ROOT) + "@example.net"};
  }

  static void answers(DemoSpec spec, long customer, Sink sink) {
    Profile who = Profile.of(spec, customer);
    Person.of(spec, who).ids().forEach(id -> sink.clean(id, who.customerId()));
  }

  private static String email(Profile who, Draws draws) {
    String first = draws.pick("anna", "ben", "carla", "david", "elena", "felix", "greta", "hugo");
    return first + "." + Text.numbered("", who.index(), 7) + "@example.com";
  }
}
