package io.stratify.jobs.features;

import static io.stratify.common.spark.Facts.customer;
import static io.stratify.common.spark.Facts.day;
import static org.assertj.core.api.Assertions.assertThat;

import io.stratify.common.spark.Facts.CustomerRow;
import io.stratify.common.spark.Facts.DayRow;
import io.stratify.common.spark.SparkSuite;
import io.stratify.common.tables.Accounts;
import io.stratify.common.tables.CustomerDay;
import io.stratify.common.tables.CustomerFeatures;
import io.stratify.common.tables.Customers;
import io.stratify.common.tables.Feature;
import io.stratify.jobs.Defaults;
import io.stratify.jobs.features.ltv.PurchaseHistories;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** As of 1 May 2026 with windows of 30 days: the last is all of April, the previous 2-31 March. */
class SnapshotFeaturesTest extends SparkSuite {
  @Override
  protected boolean interpreted() {
    return true;
  }

  private static final LocalDate AS_OF = LocalDate.of(2026, 5, 1);
  private static final Set<String> FOR_PREDICTIONS =
      Set.of(
          PurchaseHistories.REPEATS,
          PurchaseHistories.LAST,
          PurchaseHistories.AGE,
          PurchaseHistories.MEAN_VALUE);
  private static final Set<String> ALL = Set.of("customers", "orders", "order_lines", "events");

  private final List<CustomerRow> customers = new ArrayList<>();
  private final List<DayRow> days = new ArrayList<>();

  /** A customer with every feature; the numbers are derived beside the tests. */
  private void fullCustomer() {
    customers.add(customer("c1").signedUp("2026-01-01"));
    days.add(day("c1", "2026-02-01").orders(1).gross(100).categories("books"));
    days.add(day("c1", "2026-03-02").orders(2).gross(50).discount(10).categories("books", "toys"));
    days.add(day("c1", "2026-03-15").returned(30));
    days.add(day("c1", "2026-03-31").events(100));
    days.add(
        day("c1", "2026-04-01").orders(1).gross(150).discount(15).categories("games").events(4));
    days.add(day("c1", "2026-04-30").events(6));
  }

  @Test
  void tenureCountsDaysFromRegistration() {
    fullCustomer();
    // January 31, February 28, March 31, April 30.
    assertThat(of("c1").get("tenure_days")).isEqualTo(120);
  }

  @Test
  void tenureBeginsWithTheFirstFactWhereThatIsEarlier() {
    customers.add(customer("c1").signedUp("2026-04-20"));
    customers.add(customer("c2"));
    days.add(day("c1", "2026-04-10").returned(1));
    days.add(day("c2", "2026-04-29").events(1));
    assertThat(of("c1").get("tenure_days")).isEqualTo(21);
    assertThat(of("c2").get("tenure_days")).isEqualTo(2);
  }

  @Test
  void recencyCountsWholeDaysBeforeTheAsOfDate() {
    fullCustomer();
    assertThat(of("c1").get("recency_days")).isEqualTo(30);
    days.add(day("c1", "2026-04-30").orders(1).gross(1));
    assertThat(of("c1").get("recency_days")).isEqualTo(1);
  }

  @Test
  void returnsAndEventsDoNotMakeACustomerRecent() {
    customers.add(customer("c1"));
    days.add(day("c1", "2026-04-01").orders(1).gross(10));
    days.add(day("c1", "2026-04-28").returned(10).events(3));
    assertThat(of("c1").get("recency_days")).isEqualTo(30);
  }

  @Test
  void frequencyCountsCompletedOrders() {
    fullCustomer();
    assertThat(of("c1").get("frequency")).isEqualTo(4L);
  }

  @Test
  void netMoneyIsWhatWasBoughtLessWhatCameBack() {
    fullCustomer();
    assertThat(of("c1").get("monetary_gross")).isEqualTo(new BigDecimal("300.0000"));
    assertThat(of("c1").get("monetary_net")).isEqualTo(new BigDecimal("270.0000"));
  }

  @Test
  void anAverageOrderIsTheValueBoughtPerOrder() {
    fullCustomer();
    assertThat(of("c1").get("avg_order")).isEqualTo(75.0);
  }

  @Test
  void gapsLieBetweenDaysWithAnOrder() {
    fullCustomer();
    // From 1 February over 2 March to 1 April: 29 and 30 days.
    assertThat(of("c1").get("mean_gap_days")).isEqualTo(29.5);
  }

  @Test
  void severalOrdersOnOneDayHaveNoGap() {
    customers.add(customer("c1"));
    days.add(day("c1", "2026-04-01").orders(3).gross(10));
    assertThat(of("c1").get("mean_gap_days")).isNull();
  }

  @Test
  void breadthCountsEachCategoryOnce() {
    fullCustomer();
    assertThat(of("c1").get("category_breadth")).isEqualTo(3);
  }

  @Test
  void sharesAreOfTheValueBought() {
    fullCustomer();
    assertThat(of("c1").get("return_share")).isEqualTo(30 / 300.0);
    // 25 off what would have been 325.
    assertThat(of("c1").get("discount_share")).isEqualTo(25 / 325.0);
  }

  @Test
  void noMoreThanEverythingCanComeBack() {
    customers.add(customer("c1"));
    days.add(day("c1", "2026-04-01").orders(1).gross(10).returned(25));
    assertThat(of("c1").get("return_share")).isEqualTo(1.0);
    assertThat(of("c1").get("monetary_net")).isEqualTo(new BigDecimal("-15.0000"));
  }

  @Test
  void trendComparesTheLastWindowWithThePreviousOne() {
    fullCustomer();
    // 150 in April against 50 from 2 March: (150 - 50) / (150 + 50). February is before both.
    assertThat(of("c1").get("trend")).isEqualTo(0.5);
  }

  @Test
  void trendRunsFromMinusOneToOneAndIsZeroWithoutEither() {
    for (String id : List.of("falls", "rises", "rests")) {
      customers.add(customer(id));
    }
    days.add(day("falls", "2026-03-31").orders(1).gross(5));
    days.add(day("rises", "2026-04-01").orders(1).gross(5));
    days.add(day("rests", "2026-03-01").orders(1).gross(5));
    assertThat(of("falls").get("trend")).isEqualTo(-1.0);
    assertThat(of("rises").get("trend")).isEqualTo(1.0);
    assertThat(of("rests").get("trend")).isEqualTo(0.0);
  }

  @Test
  void usageIsThatOfTheLastWindow() {
    fullCustomer();
    // 4 events on 1 April and 6 on 30 April; the 100 of 31 March are outside.
    assertThat(of("c1").get("event_days")).isEqualTo(2L);
    assertThat(of("c1").get("events_per_day")).isEqualTo(5.0);
  }

  @Test
  void aCustomerWithOnlyEventsHasBoughtNothing() {
    customers.add(customer("c1"));
    days.add(day("c1", "2026-04-01").events(4));
    assertThat(of("c1"))
        .containsEntry("tenure_days", 30)
        .containsEntry("recency_days", null)
        .containsEntry("frequency", 0L)
        .containsEntry("monetary_net", new BigDecimal("0.0000"))
        .containsEntry("monetary_gross", new BigDecimal("0.0000"))
        .containsEntry("avg_order", null)
        .containsEntry("mean_gap_days", null)
        .containsEntry("category_breadth", 0)
        .containsEntry("return_share", null)
        .containsEntry("discount_share", null)
        .containsEntry("trend", 0.0)
        .containsEntry("event_days", 1L)
        .containsEntry("events_per_day", 4.0);
  }

  @Test
  void whoPaidNothingButADiscountHasTheWholeOfIt() {
    customers.add(customer("c1"));
    days.add(day("c1", "2026-04-01").orders(1).discount(50));
    assertThat(of("c1")).containsEntry("discount_share", 1.0).containsEntry("avg_order", 0.0);
  }

  @Test
  void aCustomerWithOnlyReturnsHasNegativeMoney() {
    customers.add(customer("c1"));
    days.add(day("c1", "2026-04-01").returned(20));
    assertThat(of("c1"))
        .containsEntry("recency_days", null)
        .containsEntry("frequency", 0L)
        .containsEntry("monetary_net", new BigDecimal("-20.0000"))
        .containsEntry("return_share", null)
        .containsEntry("events_per_day", null);
  }

  @Test
  void aRegisteredCustomerWithoutAFactIsThere() {
    customers.add(customer("c1").signedUp("2026-04-30"));
    assertThat(of("c1"))
        .containsEntry("tenure_days", 1)
        .containsEntry("frequency", 0L)
        .containsEntry("category_breadth", 0)
        .containsEntry("event_days", 0L)
        .containsEntry("recency_days", null);
  }

  @Test
  void customersNotKnownBeforeTheAsOfDateAreLeftOut() {
    customers.add(customer("on the day").signedUp("2026-05-01"));
    customers.add(customer("later").signedUp("2026-06-01"));
    customers.add(customer("never"));
    customers.add(customer("fact on the day"));
    days.add(day("fact on the day", "2026-05-01").orders(1).gross(5));
    customers.add(customer("fact first").signedUp("2026-06-01"));
    days.add(day("fact first", "2026-04-30").orders(1).gross(5));
    assertThat(sorted(snapshot(ALL).select("customer_id"))).containsExactly("[fact first]");
  }

  @Test
  void featuresOfAbsentInputsAreNullAndOthersStay() {
    fullCustomer();
    Map<String, Object> withEvents = of("c1", "customers", "events");
    Map<String, Object> withOrders = of("c1", "customers", "orders");
    Map<String, Object> withLines = of("c1", "order_lines");
    for (Feature feature : CustomerFeatures.PROFILED) {
      String name = feature.name();
      boolean onlyEvents = List.of("customers", "events").contains(feature.input());
      boolean onlyOrders = List.of("customers", "orders").contains(feature.input());
      boolean onlyLines = !feature.input().equals("events");
      assertThat(withEvents.get(name) != null).as(name).isEqualTo(onlyEvents);
      assertThat(withOrders.get(name) != null).as(name).isEqualTo(onlyOrders);
      assertThat(withLines.get(name) != null).as(name).isEqualTo(onlyLines);
    }
  }

  @Test
  void columnsHaveTheTypesOfTheTable() {
    fullCustomer();
    for (var field : snapshot(ALL).schema().fields()) {
      if (field.name().startsWith("_") || FOR_PREDICTIONS.contains(field.name())) {
        continue; // helpers and outcomes
      }
      assertThat(field.dataType())
          .as(field.name())
          .isEqualTo(CustomerFeatures.TABLE.column(field.name()).orElseThrow().type());
    }
  }

  @Test
  void nothingOnOrAfterTheAsOfDateCounts() {
    Random random = new Random(11);
    for (int c = 0; c < 12; c++) {
      customers.add(customer("c" + c).signedUp("2025-12-01"));
      for (int d = 0; d < 8; d++) {
        days.add(draw("c" + c, AS_OF.minusDays(1 + random.nextInt(120)), random));
      }
    }
    List<String> before = sorted(snapshot(ALL));
    for (int future = 0; future < 3; future++) {
      int from = days.size();
      for (int d = 0; d < 60; d++) {
        // The as-of date itself is among them.
        LocalDate day = AS_OF.plusDays(d == 0 ? 0 : random.nextInt(90));
        days.add(draw("c" + random.nextInt(12), day, random));
      }
      assertThat(sorted(snapshot(ALL))).as("future " + future).isEqualTo(before);
      days.subList(from, days.size()).clear();
    }
  }

  private static DayRow draw(String customer, LocalDate day, Random random) {
    return day(customer, day.toString())
        .orders(random.nextInt(3))
        .gross(random.nextInt(400) / 4.0)
        .returned(random.nextInt(40) / 4.0)
        .discount(random.nextInt(9))
        .categories("category " + random.nextInt(5))
        .events(random.nextInt(9));
  }

  private Dataset<Row> snapshot(Set<String> inputs) {
    SnapshotPlan plan =
        new SnapshotPlan(
            List.of(AS_OF),
            30,
            List.of(),
            Defaults.config(Map.of()).features().lifecycle(),
            90,
            inputs,
            Set.of());
    return new SnapshotFeatures(plan)
        .from(
            table(Customers.TABLE, customers),
            table(Accounts.TABLE),
            table(CustomerDay.TABLE, days));
  }

  private Map<String, Object> of(String customer) {
    return of(customer, ALL.toArray(String[]::new));
  }

  private Map<String, Object> of(String customer, String... inputs) {
    Row row =
        snapshot(Set.copyOf(Arrays.asList(inputs)))
            .where("customer_id = '" + customer + "'")
            .first();
    Map<String, Object> values = new LinkedHashMap<>();
    for (int i = 0; i < row.size(); i++) {
      values.put(row.schema().fieldNames()[i], row.get(i));
    }
    return values;
  }
}
