package io.stratify.jobs.history;

import static io.stratify.common.spark.Facts.day;
import static io.stratify.common.spark.Facts.event;
import static io.stratify.common.spark.Facts.line;
import static io.stratify.common.spark.Facts.order;
import static io.stratify.common.spark.Facts.row;
import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.map_keys;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stratify.common.spark.Facts.AnyRow;
import io.stratify.common.spark.Facts.DayRow;
import io.stratify.common.spark.Facts.EventRow;
import io.stratify.common.spark.Facts.LineRow;
import io.stratify.common.spark.Facts.OrderRow;
import io.stratify.common.spark.SparkSuite;
import io.stratify.common.tables.CampaignTouches;
import io.stratify.common.tables.CustomerDay;
import io.stratify.common.tables.Events;
import io.stratify.common.tables.ExperimentExposures;
import io.stratify.common.tables.Feedback;
import io.stratify.common.tables.OrderLines;
import io.stratify.common.tables.Orders;
import io.stratify.common.tables.Products;
import io.stratify.common.tables.Subscriptions;
import io.stratify.common.tables.SupportTickets;
import io.stratify.common.tables.SurveyResponses;
import io.stratify.common.tables.TableSpec;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class CustomerDaysTest extends SparkSuite {
  private static final String DAY = "2026-04-30";

  private final List<OrderRow> orders = new ArrayList<>();
  private final List<LineRow> lines = new ArrayList<>();
  private final List<EventRow> events = new ArrayList<>();
  private final List<AnyRow> others = new ArrayList<>();

  @Override
  protected boolean interpreted() {
    return true;
  }

  /** A row of another table of facts, which is then an input. */
  private AnyRow other(TableSpec table) {
    AnyRow row = row(table);
    others.add(row);
    return row;
  }

  @Test
  void allFactsOfADayAreOneRow() {
    orders.add(order("c1").on(DAY).worth(30).discount(2));
    orders.add(order("c1").on(DAY).worth(10).discount(1).undone(Orders.CANCELLED));
    orders.add(order("c1").on(DAY).credit("4.5"));
    lines.add(line("c1").on(DAY).of("toys").units(2));
    lines.add(line("c1").on(DAY).of("books").units("0.5"));
    lines.add(line("c1").on(DAY).of("toys").units(1));
    events.add(event("c1").on(DAY).session("s1").lasting(10));
    events.add(event("c1").on(DAY).session("s1").lasting(5));
    events.add(event("c1").on(DAY).session("s2"));
    events.add(event("c1").on(DAY).lasting("3.25"));
    // One order stands. Bought 30 + 10, undone 10 + 4.5. The discount of what was cancelled was
    // not given. An event without a session counts as an event only.
    assertDays(
        day("c1", DAY)
            .orders(1)
            .gross(40)
            .completed(30)
            .returned("14.5")
            .discount(2)
            .with(CustomerDay.RETURNED_ORDERS, 2)
            .with(CustomerDay.DISCOUNTED_ORDERS, 1)
            .units("3.5")
            .with(CustomerDay.CATEGORY_UNITS, Map.of("books", 0.5, "toys", 3))
            .events(4)
            .sessions(2)
            .seconds("18.25")
            .with(CustomerDay.SESSION_EVENTS, 3)
            .with(CustomerDay.SESSION_SECONDS, 15));
  }

  @Test
  void linesThatDoNotStandAreNeitherUnitsNorCategories() {
    lines.add(line("c1").on(DAY).of("books").units(1));
    lines.add(line("c1").on(DAY).of("toys").units(5).status(Orders.RETURNED));
    lines.add(line("c1").on(DAY).of("games").units(5).status(Orders.CANCELLED));
    lines.add(line("c1").on(DAY).of("gifts").units(-1));
    lines.add(line("c1").on(DAY).of("shoes").units(2).worth(-40));
    assertDays(day("c1", DAY).units(1).categories("books"));
  }

  @Test
  void aLineWithoutStatusQuantityOrCategoryStands() {
    lines.add(line("c1").on(DAY).of("books").status(null));
    lines.add(line("c1").on(DAY).units(2));
    // How many books they were is not known.
    assertDays(day("c1", DAY).units(2).with(CustomerDay.CATEGORY_UNITS, Map.of("books", 0)));
  }

  @Test
  void daysEndAtMidnightUtc() {
    // Both are on the evening of 29 April in New York, where the JVM of the tests is.
    events.add(event("c1").at("2026-04-29T23:59:59.999Z").session("s1"));
    events.add(event("c1").at("2026-04-30T00:00:00Z").session("s1"));
    orders.add(order("c1").at("2026-04-30T01:00:00Z").worth(7));
    assertDays(
        day("c1", "2026-04-29").events(1).sessions(1).with(CustomerDay.SESSION_EVENTS, 1),
        day("c1", "2026-04-30")
            .events(1)
            .sessions(1)
            .with(CustomerDay.SESSION_EVENTS, 1)
            .orders(1)
            .gross(7));
  }

  @Test
  void customersAreKeptApartEvenInASessionOfOneId() {
    events.add(event("c1").on(DAY).session("s1"));
    events.add(event("c2").on(DAY).session("s1"));
    lines.add(line("c3").on(DAY).of("books").units(1));
    orders.add(order("c4").on(DAY).credit(5));
    assertDays(
        day("c1", DAY).events(1).sessions(1).with(CustomerDay.SESSION_EVENTS, 1),
        day("c2", DAY).events(1).sessions(1).with(CustomerDay.SESSION_EVENTS, 1),
        day("c3", DAY).units(1).categories("books"),
        day("c4", DAY).returned(5).with(CustomerDay.RETURNED_ORDERS, 1));
  }

  @Test
  void ordersThatStandAreCountedPerChannel() {
    orders.add(order("c1").on(DAY).worth(1).with(Orders.CHANNEL, "web"));
    orders.add(order("c1").on(DAY).worth(1).with(Orders.CHANNEL, "web").discount(0));
    orders.add(order("c1").on(DAY).worth(1).with(Orders.CHANNEL, "store"));
    orders.add(order("c1").on(DAY).worth(1));
    orders.add(order("c1").on(DAY).worth(1).with(Orders.CHANNEL, "app").undone(Orders.RETURNED));
    assertDays(
        day("c1", DAY)
            .orders(4)
            .gross(5)
            .completed(4)
            .returned(1)
            .with(CustomerDay.RETURNED_ORDERS, 1)
            .with(CustomerDay.ORDER_CHANNELS, Map.of("web", 2, "store", 1)));
  }

  @Test
  void theMarginIsOfLinesWhoseCostIsKnown() {
    other(Products.TABLE).with(Products.PRODUCT_ID, "p1").with(Products.COST, "2.5");
    other(Products.TABLE).with(Products.PRODUCT_ID, "p2");
    lines.add(line("c1").on(DAY).product("p1").units(3).worth(10));
    lines.add(line("c1").on(DAY).product("p1").units(1).worth(2));
    lines.add(line("c1").on(DAY).product("p2").units(1).worth(50));
    lines.add(line("c1").on(DAY).product("unheard of").units(1).worth(60));
    lines.add(line("c1").on(DAY).product("p1").worth(70));
    lines.add(line("c1").on(DAY).product("p1").units(1).worth(80).status(Orders.RETURNED));
    lines.add(line("c1").on(DAY).product("p1").units(-1).worth(-4));
    // 10 - 3 * 2.5 and 2 - 2.5: the second was sold below its cost.
    assertDays(
        day("c1", DAY)
            .units(6)
            .with(CustomerDay.MARGIN_AMOUNT, 2)
            .with(CustomerDay.COSTED_AMOUNT, 12));
  }

  @Test
  void eventsAreCountedPerTypeFeatureAndDevice() {
    events.add(used("view", "search", "phone"));
    events.add(used("view", "cart", "phone"));
    events.add(used("pay", null, "phone"));
    events.add(used(null, "cart", null));
    assertDays(
        day("c1", DAY)
            .events(4)
            .with(CustomerDay.EVENT_TYPES, Map.of("view", 2, "pay", 1))
            .with(CustomerDay.EVENT_FEATURES, Map.of("search", 1, "cart", 2))
            .with(CustomerDay.EVENT_DEVICES, Map.of("phone", 3)));
  }

  private static EventRow used(String type, String feature, String device) {
    return event("c1")
        .on(DAY)
        .with(Events.EVENT_TYPE, type)
        .with(Events.FEATURE, feature)
        .with(Events.DEVICE, device);
  }

  @Test
  void aTicketCountsOnTheDaysOnWhichItWasOpenedAndClosed() {
    ticket("2026-04-01T23:00:00Z", "2026-04-03T00:30:00Z", 4.0);
    ticket("2026-04-03T08:00:00Z", "2026-04-03T08:00:01Z", null);
    ticket("2026-04-01T08:00:00Z", null, 2.25);
    // 25.5 hours, and a second, which is 0.00028 hours.
    assertDays(
        day("c1", "2026-04-01")
            .with(CustomerDay.TICKETS_OPENED, 2)
            .with(CustomerDay.SATISFACTION_SUM, "2.25")
            .with(CustomerDay.SATISFACTION_ANSWERS, 1),
        day("c1", "2026-04-03")
            .with(CustomerDay.TICKETS_OPENED, 1)
            .with(CustomerDay.TICKETS_CLOSED, 2)
            .with(CustomerDay.TICKET_HOURS, "25.5003")
            .with(CustomerDay.SATISFACTION_SUM, 4)
            .with(CustomerDay.SATISFACTION_ANSWERS, 1));
  }

  private void ticket(String opened, String closed, Double satisfaction) {
    other(SupportTickets.TABLE)
        .with(SupportTickets.TICKET_ID, "t" + others.size())
        .with(SupportTickets.CUSTOMER_ID, "c1")
        .with(SupportTickets.OPENED_AT, opened)
        .with(SupportTickets.CLOSED_AT, closed)
        .with(SupportTickets.SATISFACTION, satisfaction);
  }

  @Test
  void whatHappenedToAMessageCountsOnTheDayOnWhichItDid() {
    other(CampaignTouches.TABLE)
        .with(CampaignTouches.CUSTOMER_ID, "c1")
        .with(CampaignTouches.CAMPAIGN_ID, "spring")
        .with(CampaignTouches.SENT_AT, "2026-04-01T12:00:00Z")
        .with(CampaignTouches.OPENED_AT, "2026-04-02T01:00:00Z")
        .with(CampaignTouches.CLICKED_AT, "2026-04-02T01:00:05Z")
        .with(CampaignTouches.CONVERTED_AT, "2026-05-01T00:00:00Z")
        .with(CampaignTouches.COST, "0.0125");
    assertDays(
        day("c1", "2026-04-01")
            .with(CustomerDay.TOUCHES_SENT, 1)
            .with(CustomerDay.TOUCH_COST, "0.0125"),
        day("c1", "2026-04-02")
            .with(CustomerDay.TOUCHES_OPENED, 1)
            .with(CustomerDay.TOUCHES_CLICKED, 1),
        day("c1", "2026-05-01").with(CustomerDay.TOUCHES_CONVERTED, 1));
  }

  /** Two clocks: the message that was sent on the 2nd was opened on the 1st. */
  @Test
  void whatIsSaidToHappenBeforeAMessageWasSentHappenedWhenItWas() {
    other(CampaignTouches.TABLE)
        .with(CampaignTouches.CUSTOMER_ID, "c1")
        .with(CampaignTouches.CAMPAIGN_ID, "spring")
        .with(CampaignTouches.CHANNEL, "email")
        .with(CampaignTouches.SENT_AT, "2026-04-02T08:00:00Z")
        .with(CampaignTouches.OPENED_AT, "2026-04-01T08:00:00Z")
        .with(CampaignTouches.CLICKED_AT, "2026-03-31T08:00:00Z")
        .with(CampaignTouches.CONVERTED_AT, "2026-04-01T09:00:00Z");
    assertDays(
        day("c1", "2026-04-02")
            .with(CustomerDay.TOUCHES_SENT, 1)
            .with(CustomerDay.TOUCHES_OPENED, 1)
            .with(CustomerDay.TOUCHES_CLICKED, 1)
            .with(CustomerDay.TOUCHES_CONVERTED, 1));
  }

  @Test
  void answersAreSummedPerSubject() {
    answer("nps", null, 9.0);
    answer("nps", null, 2.0);
    answer("nps", null, null);
    answer("nps", null, 99.0);
    answer("nps", null, -1.0);
    answer("importance", "speed", 4.5);
    answer("importance", "speed", 1.0);
    answer("importance", null, 5.0);
    answer("need", "delivery", 3.0);
    answer("attitude", "delivery", 1.0);
    answer("attitude", "price", -1.0);
    answer("price", "basic", 99.0);
    assertDays(
        day("c1", DAY)
            .with(CustomerDay.NPS_SUM, 11)
            .with(CustomerDay.NPS_ANSWERS, 2)
            .with(CustomerDay.IMPORTANCE_SUM, Map.of("speed", 5.5))
            .with(CustomerDay.IMPORTANCE_ANSWERS, Map.of("speed", 2))
            .with(CustomerDay.ATTITUDE_SUM, Map.of("delivery", 4, "price", -1))
            .with(CustomerDay.ATTITUDE_ANSWERS, Map.of("delivery", 2, "price", 1)));
  }

  private void answer(String kind, String subject, Double score) {
    other(SurveyResponses.TABLE)
        .with(SurveyResponses.CUSTOMER_ID, "c1")
        .with(SurveyResponses.RESPONDED_AT, DAY + "T10:00:00Z")
        .with(SurveyResponses.KIND, kind)
        .with(SurveyResponses.SUBJECT, subject)
        .with(SurveyResponses.SCORE, score);
  }

  @Test
  void anAnswerThatCannotBeSummedIsADayAllTheSame() {
    answer("nps", null, Double.NaN);
    assertDays(day("c1", DAY));
  }

  @Test
  void feedbackIsCountedPerThemeAndBySentiment() {
    note("delivery", "negative");
    note("delivery", "negative");
    note("price", "positive");
    note(null, "neutral");
    note("price", null);
    assertDays(
        day("c1", DAY)
            .with(CustomerDay.FEEDBACK, 5)
            .with(CustomerDay.SENTIMENT_SUM, -1)
            .with(CustomerDay.FEEDBACK_THEMES, Map.of("delivery", 2, "price", 2)));
  }

  private void note(String theme, String sentiment) {
    other(Feedback.TABLE)
        .with(Feedback.CUSTOMER_ID, "c1")
        .with(Feedback.GIVEN_AT, DAY + "T10:00:00Z")
        .with(Feedback.THEME, theme)
        .with(Feedback.SENTIMENT, sentiment);
  }

  @Test
  void aSubscriptionCountsOnTheDaysOfItsTrialItsStartAndItsEnd() {
    subscription("2026-01-01", "2026-01-15", "2026-02-28", "gold", 30);
    subscription(null, "2026-01-15", null, "basic", null);
    subscription("2026-01-15", null, "2026-02-28", "gold", 30);
    assertDays(
        day("c1", "2026-01-01").with(CustomerDay.TRIALS_STARTED, 1),
        day("c1", "2026-01-15")
            .with(CustomerDay.TRIALS_STARTED, 1)
            .with(CustomerDay.SUBSCRIPTIONS_STARTED, 2)
            .with(CustomerDay.RECURRING_STARTED, 30)
            .with(CustomerDay.PLANS, Map.of("gold", 1, "basic", 1)),
        // The trial that ended on that day too was never paid for.
        day("c1", "2026-02-28")
            .with(CustomerDay.SUBSCRIPTIONS_ENDED, 1)
            .with(CustomerDay.RECURRING_ENDED, 30)
            .with(CustomerDay.PLANS, Map.of("gold", -1)));
  }

  @Test
  void aSubscriptionThatIsSaidToEndBeforeItStartsEndsWhenItStarts() {
    subscription(null, "2026-06-01", "2026-05-10", "silver", 50);
    assertDays(
        day("c1", "2026-06-01")
            .with(CustomerDay.SUBSCRIPTIONS_STARTED, 1)
            .with(CustomerDay.SUBSCRIPTIONS_ENDED, 1)
            .with(CustomerDay.RECURRING_STARTED, 50)
            .with(CustomerDay.RECURRING_ENDED, 50)
            .with(CustomerDay.PLANS, Map.of("silver", 0)));
  }

  private void subscription(String trial, String started, String ended, String plan, Object fee) {
    other(Subscriptions.TABLE)
        .with(Subscriptions.SUBSCRIPTION_ID, "s" + others.size())
        .with(Subscriptions.CUSTOMER_ID, "c1")
        .with(Subscriptions.PLAN, plan)
        .with(Subscriptions.TRIAL_STARTED_ON, trial)
        .with(Subscriptions.STARTED_ON, started)
        .with(Subscriptions.ENDED_ON, ended)
        .with(Subscriptions.MONTHLY_REVENUE, fee);
  }

  @Test
  void exposuresAreCounted() {
    for (String experiment : List.of("e1", "e2")) {
      other(ExperimentExposures.TABLE)
          .with(ExperimentExposures.EXPERIMENT_ID, experiment)
          .with(ExperimentExposures.CUSTOMER_ID, "c1")
          .with(ExperimentExposures.VARIANT, "a")
          .with(ExperimentExposures.EXPOSED_AT, DAY + "T00:00:00Z");
    }
    assertDays(day("c1", DAY).with(CustomerDay.EXPOSURES, 2));
  }

  @Test
  void daysOfClockChangesAndLeapDaysAreDaysOfUtc() {
    // 8 March 2026 has 23 hours in New York, 29 March in Paris; neither matters.
    for (String day : List.of("2024-02-29", "2026-03-08", "2026-03-29", "1969-12-31")) {
      events.add(event("c1").at(day + "T00:00:00Z"));
      events.add(event("c1").at(day + "T23:59:59.999999Z"));
    }
    events.add(event("c1").at("2024-03-01T00:00:00Z"));
    assertDays(
        day("c1", "1969-12-31").events(2),
        day("c1", "2024-02-29").events(2),
        day("c1", "2024-03-01").events(1),
        day("c1", "2026-03-08").events(2),
        day("c1", "2026-03-29").events(2));
  }

  @Test
  void aCustomerOfManyFactsOnOneDayIsOneRow() {
    Dataset<Row> many =
        spark()
            .range(0, 1_000_000)
            .selectExpr(
                "cast(null as string) event_id",
                "'c1' customer_id",
                "timestamp'2026-04-30 12:00:00' occurred_at",
                "concat('type ', id % 3) event_type",
                "'search' feature",
                "concat('s', id % 250000) session_id",
                "cast(0.5 as decimal(18,4)) duration_seconds",
                "'phone' device");
    Row day = CustomerDays.from(Map.of(Events.TABLE, many)).first();
    assertThat(day.<Long>getAs("events")).isEqualTo(1_000_000);
    assertThat(day.<Long>getAs("sessions")).isEqualTo(250_000);
    assertThat(day.<BigDecimal>getAs("event_seconds")).isEqualByComparingTo("500000");
    assertThat(day.getJavaMap(day.fieldIndex("event_types")).toString())
        .isEqualTo("{type 0=333334, type 1=333333, type 2=333333}");
  }

  @Test
  void aSumThatMoneyCannotHoldIsRefusedWithItsDay() {
    orders.add(order("c1").on(DAY).worth("99999999999999"));
    orders.add(order("c1").on(DAY).worth("99999999999999"));
    assertThatThrownBy(() -> days(1).collectAsList())
        .hasStackTraceContaining(
            "Cannot sum the facts of one customer on 2026-04-30: a sum has more than 14 digits");
  }

  @Test
  void withoutFactsThereAreNoDays() {
    assertThat(days(1).isEmpty()).isTrue();
  }

  @Test
  void sumsOverDaysAreSumsOverFacts() {
    drawFacts();
    Row fromDays =
        days(4)
            .selectExpr(
                "sum(orders)",
                "sum(gross_amount)",
                "sum(returned_amount)",
                "sum(discount_amount)",
                "sum(units)",
                "sum(events)",
                "sum(sessions)",
                "sum(event_seconds)")
            .first();
    Row ofOrders =
        table(Orders.TABLE, orders)
            .selectExpr(
                "count_if(status = 'completed')",
                "sum(gross_amount)",
                "sum(returned_amount)",
                "sum(discount) FILTER (WHERE status = 'completed')")
            .first();
    Row ofLines =
        table(OrderLines.TABLE, lines)
            .selectExpr("sum(quantity) FILTER (WHERE quantity > 0 AND status = 'completed')")
            .first();
    Row ofEvents =
        table(Events.TABLE, events)
            .selectExpr(
                "count(*)",
                "count(DISTINCT customer_id, to_date(occurred_at), session_id)",
                "sum(duration_seconds)")
            .first();
    assertThat(text(fromDays)).isEqualTo(text(ofOrders) + text(ofLines) + text(ofEvents));
  }

  @Test
  void everyCustomerAndDayIsOneRow() {
    drawFacts();
    Dataset<Row> days = days(4);
    assertThat(days.select("customer_id", "day").distinct().count()).isEqualTo(days.count());
    Column keys = map_keys(CustomerDay.CATEGORY_UNITS.col());
    assertThat(days.where(array_sort(keys).notEqual(keys)).count()).isZero();
  }

  @Test
  void theDaysDoNotDependOnThePartitions() {
    drawFacts();
    assertThat(sorted(days(1))).isEqualTo(sorted(days(8)));
  }

  private Dataset<Row> days(int partitions) {
    Map<TableSpec, Dataset<Row>> tables = new HashMap<>();
    tables.put(Orders.TABLE, table(Orders.TABLE, orders));
    tables.put(OrderLines.TABLE, table(OrderLines.TABLE, lines));
    tables.put(Events.TABLE, table(Events.TABLE, events));
    others.stream()
        .map(AnyRow::table)
        .distinct()
        .forEach(
            t ->
                tables.put(t, table(t, others.stream().filter(r -> r.table().equals(t)).toList())));
    tables.replaceAll((t, rows) -> rows.repartition(partitions));
    return CustomerDays.from(tables);
  }

  private void assertDays(DayRow... expected) {
    Dataset<Row> days = days(2);
    assertThat(days.columns()).isEqualTo(CustomerDay.TABLE.bodySchema().fieldNames());
    // The tool compares the nullability too, which is not the matter here.
    assertDataFrameDataEquals(comparable(table(CustomerDay.TABLE, expected)), comparable(days));
  }

  private static Dataset<Row> comparable(Dataset<Row> days) {
    return days.select(
            CustomerDay.TABLE.body().stream()
                .map(c -> coalesce(c.col().cast("string"), lit("null")).as(c.name()))
                .toArray(Column[]::new))
        .orderBy(col("customer_id"), col("day"));
  }

  private static String text(Row row) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < row.size(); i++) {
      String value = row.get(i).toString();
      text.append(value.contains(".") ? value.replaceAll("0+$", "") : value).append(' ');
    }
    return text.toString();
  }

  /** Facts of five customers on four days, among them undone ones. */
  private void drawFacts() {
    Random random = new Random(7);
    String[] statuses = {Orders.COMPLETED, Orders.COMPLETED, Orders.CANCELLED, Orders.RETURNED};
    for (int i = 0; i < 120; i++) {
      String customer = "c" + random.nextInt(5);
      String day = LocalDate.of(2026, 4, 1).plusDays(random.nextInt(4)).toString();
      String status = statuses[random.nextInt(4)];
      OrderRow order =
          order(customer).on(day).worth(random.nextInt(1000) / 8.0).discount(random.nextInt(9));
      orders.add(status.equals(Orders.COMPLETED) ? order : order.undone(status));
      lines.add(
          line(customer)
              .on(day)
              .of("category " + random.nextInt(6))
              .units(random.nextInt(7) - 2)
              .status(statuses[random.nextInt(4)]));
      events.add(
          event(customer)
              .on(day)
              .session(random.nextInt(3) == 0 ? null : "s" + random.nextInt(4))
              .lasting(random.nextInt(500) / 4.0));
    }
  }
}
