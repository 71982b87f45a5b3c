package io.stratify.jobs.features;

import static io.stratify.common.spark.Facts.customer;
import static io.stratify.common.spark.Facts.day;
import static io.stratify.common.spark.Facts.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.stratify.common.spark.Facts.AnyRow;
import io.stratify.common.spark.Facts.CustomerRow;
import io.stratify.common.spark.Facts.DayRow;
import io.stratify.common.spark.SparkSuite;
import io.stratify.common.tables.Accounts;
import io.stratify.common.tables.ColumnSpec;
import io.stratify.common.tables.CustomerDay;
import io.stratify.common.tables.Customers;
import io.stratify.common.tables.Inputs;
import io.stratify.common.tables.TableSpec;
import io.stratify.jobs.Defaults;
import java.math.BigDecimal;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.MapType;
import org.junit.jupiter.api.Test;

/** As of 1 May 2026 and, in the same pass, of 1 February and 1 November before it. */
class PastSnapshotsTest extends SparkSuite {
  private Set<String> unmapped = Set.of();
  private static final LocalDate AS_OF = LocalDate.of(2026, 5, 1);
  private static final LocalDate FEBRUARY = LocalDate.of(2026, 2, 1);
  private static final LocalDate NOVEMBER = LocalDate.of(2025, 11, 1);
  private static final Set<String> ALL =
      Set.copyOf(Inputs.ALL.stream().map(TableSpec::name).toList());

  private final List<CustomerRow> customers = new ArrayList<>();
  private final List<AnyRow> accounts = new ArrayList<>();
  private final List<DayRow> days = new ArrayList<>();

  @Override
  protected boolean interpreted() {
    return true;
  }

  private Dataset<Row> snapshots(LocalDate... dates) {
    SnapshotPlan plan =
        new SnapshotPlan(
            List.of(dates),
            30,
            List.of("step 1", "step 2"),
            Defaults.config(Map.of()).features().lifecycle(),
            89,
            ALL,
            unmapped);
    return new SnapshotFeatures(plan)
        .from(
            table(Customers.TABLE, customers),
            table(Accounts.TABLE, accounts),
            table(CustomerDay.TABLE, days));
  }

  /** The features of one date, without what tells the present from the past and the outcomes. */
  private static List<String> features(Dataset<Row> snapshots, LocalDate date) {
    String[] outcomes =
        FeatureValues.outcomes().stream()
            .map(n -> FeatureValues.OUTCOME + n)
            .toArray(String[]::new);
    return sorted(
        snapshots
            .where(functions.col("as_of").equalTo(functions.lit(Date.valueOf(date))))
            .drop(outcomes)
            .drop("employees", "company_size", "account_plan"));
  }

  /** A warehouse with something in every column. */
  private void drawWarehouse(Random random) {
    for (int c = 0; c < 10; c++) {
      customers.add(
          customer("c" + c)
              .signedUp(LocalDate.of(2025, 8, 1).plusDays(random.nextInt(250)).toString())
              .with(Customers.ACCOUNT_ID, "a" + c % 3));
      for (int d = 0; d < 12; d++) {
        days.add(draw("c" + c, AS_OF.minusDays(1 + random.nextInt(300)), random));
      }
    }
    for (int a = 0; a < 3; a++) {
      accounts.add(
          row(Accounts.TABLE)
              .with(Accounts.ACCOUNT_ID, "a" + a)
              .with(Accounts.INDUSTRY, "industry " + a)
              .with(Accounts.EMPLOYEES, 10 * a)
              .with(Accounts.SIGNED_UP_ON, NOVEMBER.plusDays(random.nextInt(200)).toString()));
    }
    deduplicate();
  }

  private void deduplicate() {
    List<String> seen = new ArrayList<>();
    days.removeIf(
        d -> {
          String key = d.row().get(0) + " " + d.row().get(1);
          boolean again = seen.contains(key);
          seen.add(key);
          return again;
        });
  }

  private static DayRow draw(String customer, LocalDate date, Random random) {
    DayRow row = day(customer, date.toString());
    for (ColumnSpec c : CustomerDay.TABLE.body()) {
      if (!CustomerDay.TABLE.key().contains(c.name())) {
        row.with(
            c,
            c.type() instanceof MapType
                ? Map.of("step " + random.nextInt(3), 1 + random.nextInt(3))
                : random.nextInt(4));
      }
    }
    return row;
  }

  @Test
  void aPastSnapshotIsWhatARunOnThatDayWouldHaveMade() {
    drawWarehouse(new Random(5));
    Dataset<Row> all = snapshots(NOVEMBER, FEBRUARY, AS_OF).cache();
    for (LocalDate date : List.of(NOVEMBER, FEBRUARY, AS_OF)) {
      assertThat(features(all, date)).as("%s", date).isEqualTo(features(snapshots(date), date));
    }
    all.unpersist(false);
  }

  @Test
  void noFutureChangesAnythingOfAPastSnapshot() {
    Random random = new Random(7);
    drawWarehouse(random);
    List<String> november = features(snapshots(NOVEMBER, AS_OF), NOVEMBER);
    List<DayRow> past = new ArrayList<>(days);
    past.removeIf(d -> !((Date) d.row().get(1)).toLocalDate().isBefore(NOVEMBER));
    for (int future = 0; future < 4; future++) {
      days.clear();
      days.addAll(past);
      for (int d = 0; d < 80; d++) {
        // The as-of date itself is among them, and days after that of the run.
        LocalDate day = NOVEMBER.plusDays(d == 0 ? 0 : random.nextInt(400));
        days.add(draw("c" + random.nextInt(10), day, random));
      }
      deduplicate();
      customers.add(customer("later " + future).signedUp("2025-11-01"));
      days.add(draw("later " + future, NOVEMBER.plusDays(future), random));
      // Accounts grow, change plans, and new ones open.
      accounts.forEach(
          a -> a.with(Accounts.EMPLOYEES, random.nextInt(900)).with(Accounts.PLAN, "other"));
      assertThat(features(snapshots(NOVEMBER, AS_OF), NOVEMBER))
          .as("future " + future)
          .isEqualTo(november);
    }
  }

  @Test
  void whatOnlyTodayKnowsOfAnAccountIsNoneOfThePast() {
    customers.add(customer("c1").signedUp("2025-01-01").with(Customers.ACCOUNT_ID, "a1"));
    accounts.add(
        row(Accounts.TABLE)
            .with(Accounts.ACCOUNT_ID, "a1")
            .with(Accounts.INDUSTRY, "retail")
            .with(Accounts.EMPLOYEES, 80)
            .with(Accounts.COMPANY_SIZE, "50-249")
            .with(Accounts.PLAN, "team")
            .with(Accounts.SIGNED_UP_ON, "2025-12-01"));
    assertThat(
            sorted(
                snapshots(NOVEMBER, FEBRUARY, AS_OF)
                    .select("as_of", "industry", "employees", "company_size", "account_plan")))
        .containsExactly(
            "[2025-11-01,null,null,null,null]",
            "[2026-02-01,retail,null,null,null]",
            "[2026-05-01,retail,80,50-249,team]");
  }

  @Test
  void anAccountThatIsOpenedOnTheDateIsNotKnownYet() {
    customers.add(customer("c1").signedUp("2025-01-01").with(Customers.ACCOUNT_ID, "a1"));
    accounts.add(
        row(Accounts.TABLE)
            .with(Accounts.ACCOUNT_ID, "a1")
            .with(Accounts.INDUSTRY, "retail")
            .with(Accounts.SIGNED_UP_ON, FEBRUARY.toString()));
    assertThat(sorted(snapshots(FEBRUARY, AS_OF).select("as_of", "industry")))
        .containsExactly("[2026-02-01,null]", "[2026-05-01,retail]");
  }

  private Row outcome() {
    return outcome(FEBRUARY);
  }

  private Row outcome(LocalDate from) {
    List<Row> rows = SnapshotFeatures.outcomes(snapshots(from, AS_OF)).collectAsList();
    assertThat(rows).hasSize(1);
    return rows.get(0);
  }

  @Test
  void outcomesAreWhatHappenedInTheWindow() {
    customers.add(customer("c1").signedUp("2025-01-01"));
    days.add(day("c1", "2026-01-31").orders(1).gross(10));
    days.add(day("c1", "2026-02-01").orders(1).gross(20).returned(5).events(1));
    days.add(day("c1", "2026-04-30").orders(2).gross(40));
    days.add(day("c1", "2026-05-01").orders(4).gross(80));
    Row c1 = outcome();
    assertThat(c1.getDate(0)).isEqualTo(Date.valueOf(FEBRUARY));
    assertThat(c1.<Date>getAs("until")).isEqualTo(Date.valueOf(AS_OF));
    assertThat(c1.<Boolean>getAs("bought")).isTrue();
    assertThat(c1.<Long>getAs("orders")).isEqualTo(3);
    assertThat(c1.<BigDecimal>getAs("revenue")).isEqualByComparingTo("55");
    assertThat(c1.<Long>getAs("event_days")).isEqualTo(1);
    assertThat(c1.<Boolean>getAs("churned")).isFalse();
    assertThat(c1.<Boolean>getAs("activated")).as("one day before, two in the window").isTrue();
    for (String name : List.of("renewed", "expanded", "converted", "nps_change")) {
      assertThat(c1.isNullAt(c1.fieldIndex(name))).as(name).isTrue();
    }
  }

  @Test
  void whoDoesNothingMoreHasChurnedAndWhoWasGoneBeforeCannot() {
    customers.add(customer("c1").signedUp("2025-01-01"));
    days.add(day("c1", "2026-01-31").orders(1).gross(10));
    assertThat(outcome().<Boolean>getAs("churned")).isTrue();
    assertThat(outcome().<Boolean>getAs("bought")).isFalse();
    days.set(0, day("c1", "2025-11-04").orders(1).gross(10));
    assertThat(outcome().<Boolean>getAs("churned")).as("active 89 days before").isTrue();
    days.set(0, day("c1", "2025-11-03").orders(1).gross(10));
    assertThat(outcome().<Boolean>getAs("churned")).as("90 days before").isNull();
  }

  /** 89 days from 1 November: the last is 28 January. */
  @Test
  void aWindowIsOverOnTheDayUntilWhichItLasts() {
    customers.add(customer("c1").signedUp("2025-01-01"));
    days.add(day("c1", "2026-01-28").orders(1).gross(10));
    days.add(day("c1", "2026-01-29").orders(1).gross(20));
    days.add(day("c1", "2026-02-01").orders(1).gross(40));
    Row c1 = outcome(NOVEMBER);
    assertThat(c1.<Date>getAs("until")).isEqualTo(Date.valueOf("2026-01-29"));
    assertThat(c1.<Long>getAs("orders")).isEqualTo(1);
    assertThat(c1.<BigDecimal>getAs("revenue")).isEqualByComparingTo("10");
  }

  @Test
  void subscriptionsAreRenewedExpandedAndConverted() {
    customers.add(customer("c1").signedUp("2025-01-01"));
    days.add(
        day("c1", "2025-12-01")
            .with(CustomerDay.SUBSCRIPTIONS_STARTED, 1)
            .with(CustomerDay.RECURRING_STARTED, 10));
    assertThat(outcome().<Boolean>getAs("renewed")).isTrue();
    assertThat(outcome().<Boolean>getAs("expanded")).isFalse();
    days.add(
        day("c1", "2026-03-01")
            .with(CustomerDay.SUBSCRIPTIONS_STARTED, 1)
            .with(CustomerDay.SUBSCRIPTIONS_ENDED, 1)
            .with(CustomerDay.RECURRING_ENDED, 10)
            .with(CustomerDay.RECURRING_STARTED, 30));
    assertThat(outcome().<Boolean>getAs("renewed")).isTrue();
    assertThat(outcome().<Boolean>getAs("expanded")).isTrue();
    assertThat(outcome().<Boolean>getAs("converted")).as("had no trial").isNull();
    unmapped = Set.of("subscriptions.monthly_revenue");
    assertThat(outcome().<Boolean>getAs("renewed")).isTrue();
    assertThat(outcome().<Boolean>getAs("expanded")).as("no column tells of money").isNull();
    unmapped = Set.of("subscriptions.ended_on");
    assertThat(outcome().<Boolean>getAs("renewed")).as("no column tells of an end").isNull();
    unmapped = Set.of();
    days.set(0, day("c1", "2025-12-01").with(CustomerDay.TRIALS_STARTED, 1));
    days.set(1, day("c1", "2026-03-01").with(CustomerDay.SUBSCRIPTIONS_STARTED, 1));
    assertThat(outcome().<Boolean>getAs("converted")).isTrue();
    days.add(day("c1", "2026-01-15").with(CustomerDay.SUBSCRIPTIONS_STARTED, 1));
    assertThat(outcome().<Boolean>getAs("converted")).as("paid already").isNull();
    days.remove(2);
    unmapped = Set.of("subscriptions.started_on");
    assertThat(outcome().<Boolean>getAs("converted")).as("no column tells of a start").isNull();
    unmapped = Set.of();
    assertThat(outcome().<Boolean>getAs("renewed")).isNull();
  }

  @Test
  void npsChangesBetweenAnAnswerBeforeAndOneAfter() {
    customers.add(customer("c1").signedUp("2025-01-01"));
    days.add(day("c1", "2025-12-01").with(CustomerDay.NPS_SUM, 4).with(CustomerDay.NPS_ANSWERS, 1));
    days.add(day("c1", "2026-03-01").with(CustomerDay.NPS_SUM, 9).with(CustomerDay.NPS_ANSWERS, 1));
    assertThat(outcome().<Double>getAs("nps_change")).isEqualTo(5.0);
  }

  @Test
  void aWindowThatHasNotPassedHasNoOutcomes() {
    customers.add(customer("c1").signedUp("2025-01-01"));
    Dataset<Row> rows = snapshots(FEBRUARY, FEBRUARY.plusDays(1), AS_OF);
    assertThat(rows.count()).isEqualTo(3);
    assertThat(SnapshotFeatures.outcomes(rows).count()).as("89 days from 1 February").isOne();
  }
}
