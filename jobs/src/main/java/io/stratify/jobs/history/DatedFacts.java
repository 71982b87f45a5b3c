package io.stratify.jobs.history;

import static io.stratify.jobs.history.FactRows.NONE;
import static io.stratify.jobs.history.FactRows.ONE;
import static io.stratify.jobs.history.FactRows.day;
import static io.stratify.jobs.history.FactRows.dayOf;
import static io.stratify.jobs.history.FactRows.one;
import static io.stratify.jobs.history.FactRows.units;
import static io.stratify.jobs.history.FactRows.wholeQuotient;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.unix_micros;
import static org.apache.spark.sql.functions.when;

import io.stratify.common.tables.CampaignTouches;
import io.stratify.common.tables.Subscriptions;
import io.stratify.common.tables.SupportTickets;
import io.stratify.common.tables.TableSpec;
import io.stratify.jobs.history.FactRows.Thing;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The facts of rows to which several things happened, each on a day of its own. */
final class DatedFacts {
  /** Hours are counted in ten-thousandths, as money is: microseconds in one of them. */
  private static final long MICROS_PER_UNIT_OF_HOURS = 360_000;

  private DatedFacts() {}

  /** What is said to follow before it began would be taken away, or count, before it was there. */
  private static Column notBefore(Column began, Column ended) {
    return when(ended.isNotNull(), greatest(began, ended));
  }

  /** How satisfied a customer was is known when the ticket is closed, or else from its opening. */
  static Dataset<Row> tickets(Dataset<Row> tickets) {
    Column opened = SupportTickets.OPENED_AT.col();
    Column closed = notBefore(opened, SupportTickets.CLOSED_AT.col());
    Column stated = SupportTickets.SATISFACTION.col().cast(TableSpec.MONEY);
    Column stillOpen = closed.isNull();
    Column micros = greatest(unix_micros(closed).minus(unix_micros(opened)), NONE);
    Column hours =
        wholeQuotient(micros.plus(MICROS_PER_UNIT_OF_HOURS / 2), MICROS_PER_UNIT_OF_HOURS);
    return FactRows.ofEach(
        tickets,
        FactKind.TICKET,
        SupportTickets.CUSTOMER_ID.col(),
        List.of(
            new Thing(
                day(opened),
                List.of(),
                List.of(
                    ONE,
                    NONE,
                    NONE,
                    when(stillOpen, units(stated)).otherwise(NONE),
                    one(stillOpen.and(stated.isNotNull())))),
            new Thing(
                day(closed),
                List.of(),
                List.of(NONE, ONE, hours, units(stated), one(stated.isNotNull())))));
  }

  /** What is said to follow before the message was sent follows with it: a rate is of the sent. */
  static Dataset<Row> touches(Dataset<Row> touches) {
    Column sent = CampaignTouches.SENT_AT.col();
    Column opened = notBefore(sent, CampaignTouches.OPENED_AT.col());
    Column clicked = notBefore(sent, CampaignTouches.CLICKED_AT.col());
    Column converted = notBefore(sent, CampaignTouches.CONVERTED_AT.col());
    return FactRows.ofEach(
        touches,
        FactKind.TOUCH,
        CampaignTouches.CUSTOMER_ID.col(),
        List.of(
            new Thing(
                day(sent),
                List.of(),
                List.of(ONE, NONE, NONE, NONE, units(CampaignTouches.COST.col()))),
            new Thing(day(opened), List.of(), List.of(NONE, ONE)),
            new Thing(day(clicked), List.of(), List.of(NONE, NONE, ONE)),
            new Thing(day(converted), List.of(), List.of(NONE, NONE, NONE, ONE))));
  }

  /** What ends is a paid subscription: a trial that is not taken up never began as one. */
  static Dataset<Row> subscriptions(Dataset<Row> subscriptions) {
    Column started = Subscriptions.STARTED_ON.col();
    Column ended = when(started.isNotNull(), notBefore(started, Subscriptions.ENDED_ON.col()));
    List<Column> plan = List.of(Subscriptions.PLAN.col());
    Column revenue = units(Subscriptions.MONTHLY_REVENUE.col());
    return FactRows.ofEach(
        subscriptions,
        FactKind.SUBSCRIPTION,
        Subscriptions.CUSTOMER_ID.col(),
        List.of(
            new Thing(dayOf(Subscriptions.TRIAL_STARTED_ON.col()), List.of(), List.of(ONE)),
            new Thing(dayOf(started), plan, List.of(NONE, ONE, NONE, revenue, NONE, ONE)),
            new Thing(dayOf(ended), plan, List.of(NONE, NONE, ONE, NONE, revenue, lit(-1L)))));
  }
}
