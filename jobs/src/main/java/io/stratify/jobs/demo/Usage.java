package io.stratify.jobs.demo;

import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import io.stratify.jobs.demo.CustomerTable.Sink;
import io.stratify.jobs.demo.Visit.Event;
import java.util.Set;
import org.apache.spark.sql.types.StructType;

/** Rows of web events. */
final class Usage {
  static final StructType EVENTS =
      new StructType()
          .add("event_id", StringType)
          .add("customer", StringType)
          .add("at", StringType)
          .add("type", StringType)
          .add("feature", StringType)
          .add("session", StringType)
          .add("seconds", IntegerType)
          .add("device", StringType);

  private Usage() {}

  static void events(DemoSpec spec, long customer, Sink sink) {
    Profile who = Profile.of(spec, customer);
    Person person = Person.of(spec, who);
    int number = 0;
    for (Visit visit : Visit.of(spec, who)) {
      for (Event event : visit.events()) {
        number++;
        String id = person.idOn(visit.day(), visit.number());
        sink.clean(row(Text.owned("E", customer, number), id, who, visit, event));
      }
    }
    Set<DirtyRow> dirt = DirtyRow.of(spec, customer);
    if (dirt.contains(DirtyRow.DUPLICATE_EVENT)) {
      sink.repeatFirst(DirtyRow.DUPLICATE_EVENT);
    }
    if (dirt.contains(DirtyRow.EVENT_WITHOUT_CUSTOMER)) {
      sink.dirty(DirtyRow.EVENT_WITHOUT_CUSTOMER, stranger(who));
    }
  }

  private static Object[] row(String id, String customer, Profile who, Visit visit, Event event) {
    return new Object[] {
      id,
      customer,
      Text.time(event.second()),
      event.type(),
      event.feature(),
      Text.owned("S", who.index(), visit.number()),
      event.seconds(),
      visit.device()
    };
  }

  /** A visit without a login, on the day somebody else registered. */
  private static Object[] stranger(Profile who) {
    long second = who.registered() * (long) Text.SECONDS_PER_DAY + 61_200;
    return new Object[] {
      Text.owned("N", who.index(), 1),
      null,
      Text.time(second),
      "page_view",
      "search",
      Text.owned("A", who.index(), 1),
      20,
      "desktop"
    };
  }
}
