package io.stratify.jobs.features;

import static io.stratify.common.spark.Facts.customer;
import static io.stratify.common.spark.Facts.day;
import static io.stratify.common.spark.Facts.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.stratify.common.spark.Facts.AnyRow;
import io.stratify.common.spark.Facts.CustomerRow;
import io.stratify.common.spark.Facts.DayRow;
import io.stratify.common.spark.SparkSuite;
import io.stratify.common.tables.Accounts;
import io.stratify.common.tables.CustomerDay;
import io.stratify.common.tables.Customers;
import io.stratify.common.tables.FeatureNeeds;
import io.stratify.common.tables.Inputs;
import io.stratify.common.tables.TableSpec;
import io.stratify.jobs.Defaults;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** As of 1 May 2026 with windows of 30 days: the last is all of April. */
class FeatureGroupsTest extends SparkSuite {
  private static final LocalDate AS_OF = LocalDate.of(2026, 5, 1);
  private static final List<String> FUNNEL = List.of("visit", "cart", "pay");
  private static final Set<String> EVERYTHING =
      Set.copyOf(Inputs.ALL.stream().map(TableSpec::name).toList());

  private final List<CustomerRow> customers = new ArrayList<>();
  private final List<AnyRow> accounts = new ArrayList<>();
  private final List<DayRow> days = new ArrayList<>();

  @Override
  protected boolean interpreted() {
    return true;
  }

  private DayRow on(String date) {
    DayRow row = day("c1", date);
    days.add(row);
    return row;
  }

  private Row c1() {
    return c1(EVERYTHING);
  }

  private static SnapshotPlan plan(List<String> funnel, Set<String> inputs, Set<String> unmapped) {
    return new SnapshotPlan(
        List.of(AS_OF),
        30,
        funnel,
        Defaults.config(Map.of()).features().lifecycle(),
        90,
        inputs,
        unmapped);
  }

  private Row c1(Set<String> inputs) {
    return c1(inputs, Set.of());
  }

  private Row c1(Set<String> inputs, Set<String> unmapped) {
    if (customers.isEmpty()) {
      customers.add(customer("c1").signedUp("2026-01-01"));
    }
    SnapshotPlan plan = plan(FUNNEL, inputs, unmapped);
    return new SnapshotFeatures(plan)
        .from(
            table(Customers.TABLE, customers),
            table(Accounts.TABLE, accounts),
            table(CustomerDay.TABLE, days))
        .first();
  }

  @Test
  void cadenceIsTheSpreadOfTheGapsAndHowLateACustomerIs() {
    on("2026-01-11").orders(1);
    on("2026-01-15").returned(3);
    on("2026-01-21").orders(2);
    on("2026-02-10").orders(1);
    Row c1 = c1();
    // Gaps of 10 and 20 days: mean 15, deviation 5. 80 days since.
    assertThat(c1.<Double>getAs("gap_variation")).isCloseTo(1 / 3.0, within(1e-12));
    assertThat(c1.<Double>getAs("overdue_ratio")).isCloseTo(80 / 15.0, within(1e-12));
    assertThat(c1.<Long>getAs("order_days")).isEqualTo(3);
    // 11 January is a Sunday; 21 January and 10 February are not at a weekend.
    assertThat(c1.<Double>getAs("weekend_share")).isEqualTo(0.25);
  }

  @Test
  void equalGapsVaryByExactlyNothingAndTwoOrdersSayNothing() {
    on("2026-01-01").orders(1);
    on("2026-01-08").orders(1);
    assertThat(c1().<Double>getAs("gap_variation")).isNull();
    on("2026-01-15").orders(1);
    on("2026-01-22").orders(1);
    assertThat(c1().<Double>getAs("gap_variation")).isEqualTo(0.0);
  }

  @Test
  void aSingleOrderHasNoCadence() {
    on("2026-01-11").orders(1).gross(10);
    Row c1 = c1();
    for (String name : List.of("mean_gap_days", "gap_variation", "overdue_ratio")) {
      assertThat(c1.<Double>getAs(name)).as(name).isNull();
    }
    assertThat(c1.<Integer>getAs("recency_days")).isEqualTo(110);
  }

  @Test
  void aLeapDayAndTheDaysOfClockChangesAreDaysLikeOthers() {
    customers.add(customer("c1").signedUp("2024-02-28"));
    on("2024-02-29").orders(1);
    on("2024-03-10").orders(1); // clocks change in New York, where the tests run
    on("2024-03-20").orders(1);
    on("2025-11-02").orders(1); // and again
    Row c1 = c1();
    // From 29 February 2024 to 2 November 2025: 366 - 60 + 306 + 0 days.
    assertThat(c1.<Double>getAs("mean_gap_days")).isEqualTo(612 / 3.0);
    assertThat(c1.<Integer>getAs("recency_days")).isEqualTo(180);
    assertThat(c1.<Integer>getAs("tenure_days")).isEqualTo(793);
  }

  @Test
  void trendsCompareTheLastWindowWithThePreviousOne() {
    on("2026-03-31").orders(1).gross(30).events(2);
    on("2026-04-01").orders(2).gross(60).events(1);
    on("2026-04-30").orders(1).gross(30).events(4);
    Row c1 = c1();
    assertThat(c1.<Long>getAs("orders_last")).isEqualTo(3);
    assertThat(c1.<Long>getAs("orders_previous")).isEqualTo(1);
    assertThat(c1.<BigDecimal>getAs("gross_last")).isEqualByComparingTo("90");
    assertThat(c1.<BigDecimal>getAs("gross_previous")).isEqualByComparingTo("30");
    assertThat(c1.<Double>getAs("order_trend")).isEqualTo(0.5);
    assertThat(c1.<Double>getAs("event_trend")).isEqualTo((2 - 1) / 3.0);
  }

  @Test
  void breadthIsHowManyAndEntropyHowEvenly() {
    on("2026-01-11").orders(1).with(CustomerDay.CATEGORY_UNITS, Map.of("toys", 1, "books", 1));
    on("2026-01-12").orders(1).with(CustomerDay.CATEGORY_UNITS, Map.of("toys", 1, "games", 1));
    on("2026-01-13").events(4).with(CustomerDay.EVENT_FEATURES, Map.of("search", 4));
    Row c1 = c1();
    assertThat(c1.<Integer>getAs("category_breadth")).isEqualTo(3);
    // Shares 1/2, 1/4, 1/4.
    assertThat(c1.<Double>getAs("category_entropy")).isCloseTo(1.5, within(1e-12));
    assertThat(c1.<String>getAs("top_category")).isEqualTo("toys");
    assertThat(c1.<Double>getAs("top_category_share")).isEqualTo(0.5);
    assertThat(c1.<Integer>getAs("feature_breadth")).isEqualTo(1);
    assertThat(c1.<Double>getAs("feature_entropy")).isEqualTo(0.0);
  }

  @Test
  void valueIsWhatOrdersBringAndTakeBack() {
    on("2026-01-11")
        .orders(3)
        .gross(200)
        .units(9)
        .with(CustomerDay.DISCOUNTED_ORDERS, 1)
        .with(CustomerDay.RETURNED_ORDERS, 1)
        .with(CustomerDay.MARGIN_AMOUNT, 30)
        .with(CustomerDay.COSTED_AMOUNT, 120);
    Row c1 = c1();
    assertThat(c1.<Double>getAs("discounted_order_share")).isEqualTo(1 / 3.0);
    assertThat(c1.<Double>getAs("returned_order_share")).isEqualTo(0.25);
    assertThat(c1.<Double>getAs("units_per_order")).isEqualTo(3.0);
    assertThat(c1.<BigDecimal>getAs("margin")).isEqualByComparingTo("30");
    assertThat(c1.<Double>getAs("margin_share")).isEqualTo(0.25);
  }

  @Test
  void channelsAndDevicesAreThoseUsedMost() {
    on("2026-01-11").orders(2).with(CustomerDay.ORDER_CHANNELS, Map.of("web", 1, "app", 1));
    on("2026-01-12").events(3).with(CustomerDay.EVENT_DEVICES, Map.of("phone", 2, "desktop", 1));
    Row c1 = c1();
    assertThat(c1.<String>getAs("main_channel")).as("the first of equals").isEqualTo("app");
    assertThat(c1.<Double>getAs("main_channel_share")).isEqualTo(0.5);
    assertThat(c1.<String>getAs("main_device")).isEqualTo("phone");
    assertThat(c1.<Double>getAs("main_device_share")).isEqualTo(2 / 3.0);
  }

  @Test
  void engagementCountsDaysOfTheLastWeekMonthAndQuarter() {
    on("2026-01-31").events(1); // 90 days before
    on("2026-01-30").events(1);
    on("2026-04-03") // 28 days before
        .events(6)
        .sessions(2)
        .seconds(960)
        .with(CustomerDay.SESSION_EVENTS, 5)
        .with(CustomerDay.SESSION_SECONDS, 360);
    on("2026-04-02").events(1);
    on("2026-04-24") // 7 days before
        .events(2)
        .sessions(2)
        .seconds(120)
        .with(CustomerDay.SESSION_EVENTS, 2)
        .with(CustomerDay.SESSION_SECONDS, 120);
    on("2026-04-23").orders(1);
    Row c1 = c1();
    assertThat(c1.<Integer>getAs("active_days_7")).isEqualTo(1);
    assertThat(c1.<Integer>getAs("active_days_28")).isEqualTo(2);
    assertThat(c1.<Integer>getAs("active_days_90")).isEqualTo(4);
    assertThat(c1.<Double>getAs("stickiness")).isEqualTo(2 / 28.0);
    assertThat(c1.<Integer>getAs("days_since_event")).isEqualTo(7);
    assertThat(c1.<Long>getAs("sessions_last")).isEqualTo(4);
    assertThat(c1.<Double>getAs("session_depth"))
        .as("two of nine events have no session")
        .isEqualTo(7 / 4.0);
    assertThat(c1.<Double>getAs("session_minutes")).isEqualTo(2.0);
  }

  /** Of a window nothing is given up before its last day has been seen. */
  @Test
  void aQuarterHasItsFirstDayAndItsLast() {
    on("2026-01-30").events(1); // 91 days before
    on("2026-01-31").events(1);
    on("2026-04-30").events(1);
    assertThat(c1().<Integer>getAs("active_days_90")).isEqualTo(2);
  }

  @Test
  void adoptionAndFunnelAreCountedFromRegistration() {
    on("2026-01-03").events(1).with(CustomerDay.EVENT_TYPES, Map.of("visit", 1));
    on("2026-01-05")
        .events(2)
        .with(CustomerDay.EVENT_TYPES, Map.of("pay", 1, "other", 1))
        .with(CustomerDay.EVENT_FEATURES, Map.of("search", 1));
    on("2026-04-11").events(2).with(CustomerDay.EVENT_FEATURES, Map.of("search", 1, "export", 1));
    Row c1 = c1();
    assertThat(c1.<String, Integer>getJavaMap(c1.fieldIndex("days_to_feature")))
        .isEqualTo(Map.of("search", 4, "export", 100));
    assertThat(c1.<Integer>getAs("days_to_first_feature")).isEqualTo(4);
    assertThat(c1.<Integer>getAs("features_last")).isEqualTo(1);
    assertThat(c1.<String, Integer>getJavaMap(c1.fieldIndex("days_to_step")))
        .isEqualTo(Map.of("visit", 2, "pay", 4));
    assertThat(c1.<Integer>getAs("funnel_steps")).as("there was no cart").isEqualTo(1);
    assertThat(c1.<String>getAs("funnel_step")).isEqualTo("visit");
  }

  @Test
  void aFeatureIsNewInTheWindowThatHasItsFirstUse() {
    on("2026-03-31").events(1).with(CustomerDay.EVENT_FEATURES, Map.of("search", 1));
    on("2026-04-01").events(2).with(CustomerDay.EVENT_FEATURES, Map.of("search", 1, "export", 1));
    assertThat(c1().<Integer>getAs("features_last")).isEqualTo(1);
  }

  @Test
  void supportAndCampaignsAreRates() {
    on("2026-01-10").with(CustomerDay.TICKETS_OPENED, 2).with(CustomerDay.TOUCHES_SENT, 4);
    on("2026-01-12")
        .with(CustomerDay.TICKETS_CLOSED, 1)
        .with(CustomerDay.TICKET_HOURS, "36.5")
        .with(CustomerDay.SATISFACTION_SUM, 4)
        .with(CustomerDay.SATISFACTION_ANSWERS, 1)
        .with(CustomerDay.TOUCHES_OPENED, 2)
        .with(CustomerDay.TOUCHES_CLICKED, 1)
        .with(CustomerDay.TOUCH_COST, "0.5");
    on("2026-04-30").with(CustomerDay.TICKETS_OPENED, 1).with(CustomerDay.EXPOSURES, 1);
    Row c1 = c1();
    assertThat(c1.<Long>getAs("tickets")).isEqualTo(3);
    assertThat(c1.<Long>getAs("tickets_last")).isEqualTo(1);
    assertThat(c1.<Long>getAs("tickets_open")).isEqualTo(2);
    assertThat(c1.<Double>getAs("hours_to_resolution")).isEqualTo(36.5);
    assertThat(c1.<Double>getAs("satisfaction")).isEqualTo(4.0);
    assertThat(c1.<Double>getAs("open_rate")).isEqualTo(0.5);
    assertThat(c1.<Double>getAs("click_rate")).isEqualTo(0.25);
    assertThat(c1.<Double>getAs("conversion_rate")).isEqualTo(0.0);
    assertThat(c1.<Integer>getAs("days_since_touch")).isEqualTo(111);
    assertThat(c1.<Long>getAs("experiments")).isEqualTo(1);
  }

  @Test
  void ofDriversThatMatterAsMuchTheFirstIsTheTopOne() {
    on("2026-03-01")
        .with(CustomerDay.IMPORTANCE_SUM, Map.of("speed", 4, "price", 4))
        .with(CustomerDay.IMPORTANCE_ANSWERS, Map.of("speed", 1, "price", 1));
    assertThat(c1().<String>getAs("top_driver")).isEqualTo("price");
  }

  @Test
  void whatWasSaidLastCounts() {
    on("2026-02-01")
        .with(CustomerDay.NPS_SUM, 3)
        .with(CustomerDay.NPS_ANSWERS, 1)
        .with(CustomerDay.IMPORTANCE_SUM, Map.of("price", 5, "speed", 1))
        .with(CustomerDay.IMPORTANCE_ANSWERS, Map.of("price", 1, "speed", 1));
    on("2026-03-01")
        .with(CustomerDay.NPS_SUM, 17)
        .with(CustomerDay.NPS_ANSWERS, 2)
        .with(CustomerDay.IMPORTANCE_SUM, Map.of("speed", 9))
        .with(CustomerDay.IMPORTANCE_ANSWERS, Map.of("speed", 1))
        .with(CustomerDay.FEEDBACK, 2)
        .with(CustomerDay.SENTIMENT_SUM, -1)
        .with(CustomerDay.FEEDBACK_THEMES, Map.of("price", 2));
    Row c1 = c1();
    assertThat(c1.<Double>getAs("nps_score")).isEqualTo(8.5);
    assertThat(c1.<String>getAs("nps_group")).as("8.5 is rounded up").isEqualTo("promoter");
    assertThat(c1.<Integer>getAs("days_since_nps")).isEqualTo(61);
    assertThat(c1.<String, Double>getJavaMap(c1.fieldIndex("importance")))
        .isEqualTo(Map.of("price", 5.0, "speed", 9.0));
    assertThat(c1.<String>getAs("top_driver")).isEqualTo("speed");
    assertThat(c1.<Double>getAs("sentiment")).isEqualTo(-0.5);
    assertThat(c1.<String, Long>getJavaMap(c1.fieldIndex("themes"))).isEqualTo(Map.of("price", 2L));
    assertThat(c1.<String>getAs("top_theme")).isEqualTo("price");
  }

  @Test
  void theGroupsOfNpsAreThoseOfReichheld() {
    assertThat(VoiceTally.group(10.0)).isEqualTo("promoter");
    assertThat(VoiceTally.group(9.0)).isEqualTo("promoter");
    assertThat(VoiceTally.group(8.0)).isEqualTo("passive");
    assertThat(VoiceTally.group(7.0)).isEqualTo("passive");
    assertThat(VoiceTally.group(6.0)).isEqualTo("detractor");
    assertThat(VoiceTally.group(0.0)).isEqualTo("detractor");
    assertThat(VoiceTally.group(null)).isNull();
  }

  @Test
  void subscriptionsThatRunAreThoseBegunAndNotEnded() {
    on("2026-01-10")
        .with(CustomerDay.SUBSCRIPTIONS_STARTED, 2)
        .with(CustomerDay.RECURRING_STARTED, 50)
        .with(CustomerDay.PLANS, Map.of("basic", 1, "team", 1));
    on("2026-02-10")
        .with(CustomerDay.SUBSCRIPTIONS_ENDED, 1)
        .with(CustomerDay.RECURRING_ENDED, 20)
        .with(CustomerDay.PLANS, Map.of("basic", -1));
    Row c1 = c1();
    assertThat(c1.<Long>getAs("active_subscriptions")).isEqualTo(1);
    assertThat(c1.<BigDecimal>getAs("recurring_revenue")).isEqualByComparingTo("30");
    assertThat(c1.<String>getAs("plan")).isEqualTo("team");
  }

  @Test
  void profilesAndAccountsDescribeTheCustomer() {
    customers.add(
        customer("c1")
            .signedUp("2025-12-24")
            .with(Customers.BIRTH_YEAR, 1990)
            .with(Customers.COUNTRY, "FR")
            .with(Customers.JOB_ROLE, "buyer")
            .with(Customers.ACQUISITION_CHANNEL, "search")
            .with(Customers.ACQUISITION_COST, "12.5")
            .with(Customers.ACCOUNT_ID, "a1"));
    accounts.add(
        row(Accounts.TABLE)
            .with(Accounts.ACCOUNT_ID, "a1")
            .with(Accounts.INDUSTRY, "retail")
            .with(Accounts.COMPANY_SIZE, "50-249")
            .with(Accounts.EMPLOYEES, 80)
            .with(Accounts.PLAN, "team")
            .with(Accounts.SIGNED_UP_ON, "2026-04-21"));
    Row c1 = c1();
    assertThat(c1.<Integer>getAs("age")).isEqualTo(36);
    assertThat(c1.<String>getAs("country")).isEqualTo("FR");
    assertThat(c1.<String>getAs("job_role")).isEqualTo("buyer");
    assertThat(c1.<String>getAs("acquisition_channel")).isEqualTo("search");
    assertThat(c1.<BigDecimal>getAs("acquisition_cost")).isEqualByComparingTo("12.5");
    assertThat(c1.<String>getAs("signup_month")).isEqualTo("12");
    assertThat(c1.<String>getAs("signup_season")).isEqualTo("winter");
    assertThat(c1.<String>getAs("signup_cohort")).isEqualTo("2025-Q4");
    assertThat(c1.<String>getAs("industry")).isEqualTo("retail");
    assertThat(c1.<String>getAs("company_size")).isEqualTo("50-249");
    assertThat(c1.<Integer>getAs("employees")).isEqualTo(80);
    assertThat(c1.<String>getAs("account_plan")).isEqualTo("team");
    assertThat(c1.<Integer>getAs("account_age_days")).isEqualTo(10);
  }

  @Test
  void withoutAFactInTheWindowsNothingIsRecent() {
    on("2026-01-02").orders(1).gross(10).events(3).sessions(1);
    Row c1 = c1();
    assertThat(c1.<Double>getAs("trend")).isZero();
    assertThat(c1.<Double>getAs("event_trend")).isZero();
    assertThat(c1.<Long>getAs("orders_last")).isZero();
    assertThat(c1.<Long>getAs("event_days")).isZero();
    assertThat(c1.<Double>getAs("stickiness")).isZero();
    assertThat(c1.<Double>getAs("session_depth")).isNull();
  }

  @Test
  void whoGaveBackMoreThanHeBoughtHasNegativeRevenueAndNoShareAboveOne() {
    on("2026-01-02").orders(1).gross(10);
    on("2026-01-03").returned(30).with(CustomerDay.RETURNED_ORDERS, 1);
    Row c1 = c1();
    assertThat(c1.<BigDecimal>getAs("monetary_net")).isEqualByComparingTo("-20");
    assertThat(c1.<Double>getAs("return_share")).isEqualTo(1.0);
    assertThat(c1.<Double>getAs("returned_order_share")).isEqualTo(0.5);
  }

  @Test
  void aYearOfBirthThatCannotBeIsNoAge() {
    customers.add(customer("c1").signedUp("2026-01-01").with(Customers.BIRTH_YEAR, 1890));
    assertThat(c1().<Integer>getAs("age")).isNull();
  }

  @Test
  void groupsWithoutTheirInputAreLeftOutAndNamed() {
    on("2026-01-11").orders(1).events(3).with(CustomerDay.TICKETS_OPENED, 1);
    Set<String> inputs = new HashSet<>(Set.of("customers", "orders"));
    Row c1 = c1(inputs);
    assertThat(c1.<Integer>getAs("active_days_90")).isNull();
    assertThat(c1.<Long>getAs("tickets")).isNull();
    assertThat(c1.<Long>getAs("order_days")).isEqualTo(1);
    SnapshotPlan plan = plan(List.of(), inputs, Set.of());
    assertThat(MissingInputs.notice(plan).orElseThrow())
        .startsWith("features are left out for lack of inputs.order_lines: ")
        .contains(
            "; for lack of inputs.events: part of trend, breadth, part of channel, engagement,"
                + " adoption, funnel;",
            "; for lack of inputs.support_tickets: support;",
            "; for lack of inputs.campaign_touches: campaign;");
  }

  @Test
  void whatNoColumnTellsIsNotZero() {
    on("2026-01-11").orders(1).gross(10).with(CustomerDay.TOUCHES_SENT, 2);
    assertThat(c1().<Double>getAs("open_rate")).as("mapped, and never opened").isZero();
    assertThat(c1().<Double>getAs("discount_share")).isZero();
    Map<String, Set<String>> columns =
        Map.of(
            "orders", Set.of("order_id", "amount"),
            "order_lines", Set.of("quantity", "discount"),
            "campaign_touches", Set.of("sent_at", "clicked_at", "cost"));
    Set<String> unmapped = FeatureNeeds.without(columns);
    assertThat(unmapped)
        .contains("campaign_touches.opened_at", "orders.discount", "feedback.sentiment")
        .doesNotContain("campaign_touches.clicked_at", "order_lines.discount");
    Row c1 = c1(EVERYTHING, unmapped);
    assertThat(c1.<Double>getAs("open_rate")).isNull();
    assertThat(c1.<Double>getAs("click_rate")).isZero();
    assertThat(c1.<Double>getAs("discount_share")).as("of the lines").isZero();
    assertThat(c1.isNullAt(c1.fieldIndex("funnel_steps"))).as("no type of an event").isTrue();
    assertThat(c1.isNullAt(c1.fieldIndex("margin"))).as("no cost of a product").isTrue();
    for (String column : List.of("active_subscriptions", "recurring_revenue")) {
      assertThat(c1.isNullAt(c1.fieldIndex(column))).as("no end of a subscription").isTrue();
      assertThat(c1().isNullAt(c1.fieldIndex(column))).isFalse();
    }
    SnapshotPlan plan = plan(FUNNEL, EVERYTHING, unmapped);
    assertThat(MissingInputs.notice(plan).orElseThrow())
        .contains("for lack of the column campaign_touches.opened_at: part of campaign");
  }
}
