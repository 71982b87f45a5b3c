package io.stratify.jobs.history;

import static io.stratify.common.spark.Facts.day;
import static io.stratify.common.spark.Facts.event;
import static io.stratify.common.spark.Facts.line;
import static io.stratify.common.spark.Facts.order;
import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.map_keys;
import static org.assertj.core.api.Assertions.assertThat;

import io.stratify.common.spark.Facts.DayRow;
import io.stratify.common.spark.Facts.EventRow;
import io.stratify.common.spark.Facts.LineRow;
import io.stratify.common.spark.Facts.OrderRow;
import io.stratify.common.spark.SparkSuite;
import io.stratify.common.tables.CustomerDay;
import io.stratify.common.tables.Events;
import io.stratify.common.tables.OrderLines;
import io.stratify.common.tables.Orders;
import java.time.LocalDate;
import java.util.ArrayList;
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
            .units("3.5")
            .categories("books", "toys")
            .events(4)
            .sessions(2)
            .seconds("18.25"));
  }

  @Test
  void linesThatDoNotStandAreNeitherUnitsNorCategories() {
    lines.add(line("c1").on(DAY).of("books").units(1));
    lines.add(line("c1").on(DAY).of("toys").units(5).status(Orders.RETURNED));
    lines.add(line("c1").on(DAY).of("games").units(5).status(Orders.CANCELLED));
    lines.add(line("c1").on(DAY).of("gifts").units(-1));
    assertDays(day("c1", DAY).units(1).categories("books"));
  }

  @Test
  void aLineWithoutStatusQuantityOrCategoryStands() {
    lines.add(line("c1").on(DAY).of("books").status(null));
    lines.add(line("c1").on(DAY).units(2));
    assertDays(day("c1", DAY).units(2).categories("books"));
  }

  @Test
  void daysEndAtMidnightUtc() {
    // Both are on the evening of 29 April in New York, where the JVM of the tests is.
    events.add(event("c1").at("2026-04-29T23:59:59.999Z").session("s1"));
    events.add(event("c1").at("2026-04-30T00:00:00Z").session("s1"));
    orders.add(order("c1").at("2026-04-30T01:00:00Z").worth(7));
    assertDays(
        day("c1", "2026-04-29").events(1).sessions(1),
        day("c1", "2026-04-30").events(1).sessions(1).orders(1).gross(7));
  }

  @Test
  void customersAreKeptApartEvenInASessionOfOneId() {
    events.add(event("c1").on(DAY).session("s1"));
    events.add(event("c2").on(DAY).session("s1"));
    lines.add(line("c3").on(DAY).of("books").units(1));
    orders.add(order("c4").on(DAY).credit(5));
    assertDays(
        day("c1", DAY).events(1).sessions(1),
        day("c2", DAY).events(1).sessions(1),
        day("c3", DAY).units(1).categories("books"),
        day("c4", DAY).returned(5));
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
    return CustomerDays.from(
        Map.of(
            Orders.TABLE, table(Orders.TABLE, orders).repartition(partitions),
            OrderLines.TABLE, table(OrderLines.TABLE, lines).repartition(partitions),
            Events.TABLE, table(Events.TABLE, events).repartition(partitions)));
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
