package io.stratify.jobs.features;

import static io.stratify.common.spark.Facts.day;
import static io.stratify.common.spark.Facts.order;
import static io.stratify.common.spark.Facts.row;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stratify.common.StratifyException;
import io.stratify.common.config.CustomFeature;
import io.stratify.common.config.SqlExpression;
import io.stratify.common.spark.SparkSuite;
import io.stratify.common.tables.CustomerDay;
import io.stratify.common.tables.Orders;
import io.stratify.common.tables.Subscriptions;
import io.stratify.common.tables.SupportTickets;
import io.stratify.common.tables.TableSpec;
import java.sql.Date;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class CustomFeaturesTest extends SparkSuite {
  private static final LocalDate MAY = LocalDate.of(2026, 5, 1);
  private static final LocalDate MARCH = LocalDate.of(2026, 3, 1);

  @Override
  protected boolean interpreted() {
    return true;
  }

  private static CustomFeature feature(
      String name, CustomFeature.Type type, String table, String sql) {
    return new CustomFeature(
        name, type, "a feature", "custom", table, new SqlExpression(sql, "shop.conf:7"));
  }

  private Map<String, Double> custom(
      LocalDate date, Map<TableSpec, Dataset<Row>> tables, CustomFeature... features) {
    Dataset<Row> snapshots =
        spark()
            .range(1)
            .select(
                lit("c1").as("customer_id"), lit(Date.valueOf(MAY)).as("as_of"), lit(7).as("two"))
            .union(
                spark()
                    .range(1)
                    .select(
                        lit("c1").as("customer_id"),
                        lit(Date.valueOf(MARCH)).as("as_of"),
                        lit(7).as("two")));
    return new CustomFeatures(List.of(features), List.of(MARCH, MAY))
        .add(snapshots, tables::get)
        .where("as_of = '" + date + "'")
        .first()
        .getJavaMap(3);
  }

  @Test
  void anAggregateSeesTheDaysBeforeEachDate() {
    Dataset<Row> days =
        table(
            CustomerDay.TABLE,
            day("c1", "2026-02-28").orders(2).units(6),
            day("c1", "2026-03-01").orders(1).units(9),
            day("c1", "2026-05-01").orders(5).units(500),
            day("c2", "2026-02-01").orders(7));
    CustomFeature perOrder =
        feature(
            "per_order",
            CustomFeature.Type.NUMBER,
            "customer_day",
            "sum(units) / nullif(sum(orders), 0)");
    CustomFeature spring =
        feature(
            "spring",
            CustomFeature.Type.FLAG,
            "customer_day",
            "bool_or(month(day) = 3 AND orders > 0)");
    CustomFeature away =
        feature("away", CustomFeature.Type.INTEGER, "customer_day", "min(datediff(as_of, day))");
    Map<TableSpec, Dataset<Row>> tables = Map.of(CustomerDay.TABLE, days);
    assertThat(custom(MARCH, tables, perOrder, spring, away))
        .isEqualTo(Map.of("per_order", 3.0, "spring", 0.0, "away", 1.0));
    assertThat(custom(MAY, tables, perOrder, spring, away))
        .isEqualTo(Map.of("per_order", 5.0, "spring", 1.0, "away", 61.0));
  }

  @Test
  void whatADayLacksIsNothingAndNotUnknown() {
    Dataset<Row> days =
        table(
            CustomerDay.TABLE,
            day("c1", "2026-02-27").orders(2).with(CustomerDay.EVENT_TYPES, Map.of("a", 4)),
            day("c1", "2026-02-28").events(3));
    String table = "customer_day";
    assertThat(
            custom(
                MAY,
                Map.of(CustomerDay.TABLE, days),
                feature("both", CustomFeature.Type.INTEGER, table, "sum(orders + events)"),
                feature("least", CustomFeature.Type.NUMBER, table, "min(margin_amount)"),
                feature("types", CustomFeature.Type.INTEGER, table, "sum(size(event_types))")))
        .isEqualTo(Map.of("both", 5.0, "least", 0.0, "types", 1.0));
  }

  @Test
  void whatHasNoValueIsAbsent() {
    Map<TableSpec, Dataset<Row>> tables =
        Map.of(CustomerDay.TABLE, table(CustomerDay.TABLE, day("c2", "2026-02-28").orders(2)));
    assertThat(
            custom(
                MAY,
                tables,
                feature("n", CustomFeature.Type.INTEGER, "customer_day", "sum(orders)"),
                feature("no", CustomFeature.Type.NUMBER, "customer_day", "max(double('NaN'))")))
        .isEmpty();
    Dataset<Row> own = table(CustomerDay.TABLE, day("c1", "2026-02-28").orders(2));
    assertThat(
            custom(
                MAY,
                Map.of(CustomerDay.TABLE, own),
                feature("no", CustomFeature.Type.NUMBER, "customer_day", "max(double('NaN'))"),
                feature("inf", CustomFeature.Type.NUMBER, "customer_day", "max(double('Inf'))"),
                feature("two", CustomFeature.Type.NUMBER, "customer_day", "sum(orders)")))
        .isEqualTo(Map.of("two", 2.0));
  }

  @Test
  void rowsOfAConformedTableAreOfferedWithoutTheirFuture() {
    Dataset<Row> orders =
        table(
            Orders.TABLE,
            order("c1").on("2026-02-01").worth(10),
            order("c1").on("2026-04-01").worth(90));
    Dataset<Row> subscriptions =
        table(
            Subscriptions.TABLE,
            row(Subscriptions.TABLE)
                .with(Subscriptions.CUSTOMER_ID, "c1")
                .with(Subscriptions.STARTED_ON, "2026-01-01")
                .with(Subscriptions.ENDED_ON, "2026-04-01"));
    Dataset<Row> tickets =
        table(
            SupportTickets.TABLE,
            row(SupportTickets.TABLE)
                .with(SupportTickets.CUSTOMER_ID, "c1")
                .with(SupportTickets.OPENED_AT, "2026-02-01T00:00:00Z")
                .with(SupportTickets.CLOSED_AT, "2026-03-02T00:00:00Z")
                .with(SupportTickets.SATISFACTION, 2));
    Map<TableSpec, Dataset<Row>> tables =
        Map.of(
            Orders.TABLE,
            orders,
            Subscriptions.TABLE,
            subscriptions,
            SupportTickets.TABLE,
            tickets);
    CustomFeature largest =
        feature("largest", CustomFeature.Type.NUMBER, "orders", "max(gross_amount)");
    CustomFeature ended =
        feature("ended", CustomFeature.Type.INTEGER, "subscriptions", "count(ended_on)");
    CustomFeature rated =
        feature("rated", CustomFeature.Type.NUMBER, "support_tickets", "max(satisfaction)");
    assertThat(custom(MARCH, tables, largest, ended, rated))
        .as("it ended in April and was rated in March")
        .isEqualTo(Map.of("largest", 10.0, "ended", 0.0));
    assertThat(custom(MAY, tables, largest, ended, rated))
        .isEqualTo(Map.of("largest", 90.0, "ended", 1.0, "rated", 2.0));
  }

  @Test
  void whatEndsOnTheAsOfDateHasNotEndedYet() {
    Map<TableSpec, Dataset<Row>> tables =
        Map.of(
            Subscriptions.TABLE,
            table(
                Subscriptions.TABLE,
                row(Subscriptions.TABLE)
                    .with(Subscriptions.CUSTOMER_ID, "c1")
                    .with(Subscriptions.STARTED_ON, "2026-01-01")
                    .with(Subscriptions.ENDED_ON, "2026-03-01"),
                row(Subscriptions.TABLE)
                    .with(Subscriptions.CUSTOMER_ID, "c1")
                    .with(Subscriptions.STARTED_ON, "2026-01-01")
                    .with(Subscriptions.ENDED_ON, "2026-02-28")));
    CustomFeature ended =
        feature("ended", CustomFeature.Type.INTEGER, "subscriptions", "count(ended_on)");
    assertThat(custom(MARCH, tables, ended)).isEqualTo(Map.of("ended", 1.0));
    assertThat(custom(MAY, tables, ended)).isEqualTo(Map.of("ended", 2.0));
  }

  @Test
  void aSubscriptionIsOfferedFromItsTrialOnAndARatingOfAnOpenTicketAtOnce() {
    Map<TableSpec, Dataset<Row>> tables =
        Map.of(
            Subscriptions.TABLE,
            table(
                Subscriptions.TABLE,
                row(Subscriptions.TABLE)
                    .with(Subscriptions.CUSTOMER_ID, "c1")
                    .with(Subscriptions.TRIAL_STARTED_ON, "2026-01-10"),
                row(Subscriptions.TABLE)
                    .with(Subscriptions.CUSTOMER_ID, "c1")
                    .with(Subscriptions.TRIAL_STARTED_ON, "2026-02-10")
                    .with(Subscriptions.STARTED_ON, "2026-03-10")
                    .with(Subscriptions.MONTHLY_REVENUE, 30),
                row(Subscriptions.TABLE)
                    .with(Subscriptions.CUSTOMER_ID, "c1")
                    .with(Subscriptions.TRIAL_STARTED_ON, "2026-03-20")),
            SupportTickets.TABLE,
            table(
                SupportTickets.TABLE,
                row(SupportTickets.TABLE)
                    .with(SupportTickets.CUSTOMER_ID, "c1")
                    .with(SupportTickets.OPENED_AT, "2026-02-01T00:00:00Z")
                    .with(SupportTickets.SATISFACTION, 4)));
    CustomFeature trials =
        feature("trials", CustomFeature.Type.INTEGER, "subscriptions", "count(trial_started_on)");
    CustomFeature paid =
        feature("paid", CustomFeature.Type.INTEGER, "subscriptions", "count(started_on)");
    CustomFeature fee =
        feature("fee", CustomFeature.Type.NUMBER, "subscriptions", "sum(monthly_revenue)");
    CustomFeature rated =
        feature("rated", CustomFeature.Type.NUMBER, "support_tickets", "max(satisfaction)");
    assertThat(custom(MARCH, tables, trials, paid, fee, rated))
        .isEqualTo(Map.of("trials", 2.0, "paid", 0.0, "rated", 4.0));
    assertThat(custom(MAY, tables, trials, paid, fee, rated))
        .isEqualTo(Map.of("trials", 3.0, "paid", 1.0, "fee", 30.0, "rated", 4.0));
  }

  private CustomSql judge() {
    CustomFeatures any = new CustomFeatures(List.of(), List.of(MAY));
    return new CustomSql(name -> any.offered(CustomerDay.TABLE, table(CustomerDay.TABLE)));
  }

  @Test
  void whatIsTheSameInAnyOrderOfASetIsAccepted() {
    for (String sql :
        List.of("size(collect_set(orders))", "array_max(collect_set(orders)) + count(1)")) {
      judge().require(List.of(feature("f", CustomFeature.Type.NUMBER, "customer_day", sql)));
    }
  }

  private void refused(CustomFeature feature, String... words) {
    assertThatThrownBy(() -> judge().require(List.of(feature)))
        .isInstanceOf(StratifyException.class)
        .hasMessageContaining(
            "Cannot compute features of the configuration; nothing was written."
                + System.lineSeparator()
                + "shop.conf:7: features.custom f = ")
        .satisfies(e -> assertThat(e.getMessage()).contains(words));
  }

  private void refused(CustomFeature.Type type, String sql, String... words) {
    refused(feature("f", type, "customer_day", sql), words);
  }

  @Test
  void sqlThatCannotBeComputedIsRefusedWithItsPlaceAndARemedy() {
    refused(
        CustomFeature.Type.NUMBER,
        "sum(unit)",
        "unit",
        "The columns of customer_day are: customer_id, day");
    refused(CustomFeature.Type.NUMBER, "sum(units", "sum(units");
    refused(
        CustomFeature.Type.NUMBER, "units", "units", "Use them in an aggregate such as sum(...)");
    refused(
        CustomFeature.Type.INTEGER,
        "avg(orders)",
        "expected a value of type integer, found DOUBLE");
    refused(CustomFeature.Type.FLAG, "sum(orders)", "expected a value of type flag, found BIGINT");
    refused(
        CustomFeature.Type.NUMBER,
        "max(customer_id)",
        "expected a value of type number, found STRING");
  }

  @Test
  void sqlThatCouldSeeTheFutureOrVaryIsRefused() {
    refused(
        CustomFeature.Type.NUMBER,
        "sum(orders) + (SELECT 1)",
        "has a subquery, which would see the future");
    refused(CustomFeature.Type.NUMBER, "sum(sum(orders)) OVER ()", "has a window");
    String varies = "its value depends on the clock, on chance or on the order of rows";
    refused(CustomFeature.Type.NUMBER, "sum(orders * rand())", "Non-deterministic");
    refused(CustomFeature.Type.NUMBER, "sum(orders) * rand()", varies);
    refused(CustomFeature.Type.INTEGER, "datediff(current_date(), max(day))", varies);
    refused(CustomFeature.Type.INTEGER, "first(orders)", varies);
    refused(CustomFeature.Type.NUMBER, "max(unix_timestamp())", varies);
    refused(CustomFeature.Type.INTEGER, "datediff(date'today', max(day))", varies);
    refused(CustomFeature.Type.INTEGER, "max(datediff(to_date('now'), day))", varies);
    refused(
        CustomFeature.Type.INTEGER, "count_if(day < CAST('yesterday' AS TIMESTAMP_NTZ))", varies);
    refused(CustomFeature.Type.INTEGER, "count_if(day < CAST(lower('TODAY') AS DATE))", varies);
    refused(CustomFeature.Type.INTEGER, "mode(orders)", varies);
    refused(CustomFeature.Type.INTEGER, "collect_set(orders)[0]", varies);
    refused(CustomFeature.Type.INTEGER, "histogram_numeric(orders, 3)[0].x", varies);
    refused(CustomFeature.Type.INTEGER, "explode(collect_set(orders))", "enerator");
  }
}
