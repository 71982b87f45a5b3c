package io.stratify.jobs.features;

import static io.stratify.common.spark.Facts.customer;
import static io.stratify.common.spark.Facts.day;
import static org.assertj.core.api.Assertions.assertThat;

import io.stratify.common.config.PredictionConfig;
import io.stratify.common.spark.Facts.CustomerRow;
import io.stratify.common.spark.Facts.DayRow;
import io.stratify.common.spark.SparkSuite;
import io.stratify.common.tables.Accounts;
import io.stratify.common.tables.CustomerDay;
import io.stratify.common.tables.Customers;
import io.stratify.jobs.Defaults;
import io.stratify.jobs.features.ltv.PurchaseHistories;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class PredictionsTest extends SparkSuite {
  private static final LocalDate MAY = LocalDate.of(2026, 5, 1);
  private static final LocalDate MARCH = LocalDate.of(2026, 3, 1);
  private static final SnapshotPlan PLAN =
      new SnapshotPlan(
          List.of(MARCH, MAY),
          30,
          List.of(),
          Defaults.config(Map.of()).features().lifecycle(),
          30,
          Set.of("customers", "orders"),
          Set.of());

  private final List<CustomerRow> customers = new ArrayList<>();
  private final List<DayRow> days = new ArrayList<>();
  private final List<String> notices = new ArrayList<>();

  @Override
  protected boolean interpreted() {
    return true;
  }

  /** Customers who buy at rates of their own from some day on and stop at some time. */
  private void draw(int n) {
    Random random = new Random(3);
    for (int c = 0; c < n; c++) {
      String id = "c" + c;
      customers.add(customer(id));
      LocalDate day = LocalDate.of(2025, 9, 1).plusDays(random.nextInt(90));
      Set<LocalDate> bought = new TreeSet<>();
      int every = 5 + random.nextInt(60);
      while (day.isBefore(MAY) && random.nextInt(12) > 0) {
        bought.add(day);
        day = day.plusDays(1 + random.nextInt(2 * every));
      }
      bought.forEach(
          d -> days.add(day(id, d.toString()).orders(1 + random.nextInt(2)).gross(5 + every)));
      days.add(day(id, "2026-04-30").returned(1));
    }
  }

  private Dataset<Row> snapshots() {
    return new SnapshotFeatures(PLAN)
        .from(
            table(Customers.TABLE, customers),
            table(Accounts.TABLE),
            table(CustomerDay.TABLE, days));
  }

  private Predictions fit(Dataset<Row> snapshots, long n) {
    return Predictions.fit(snapshots, PLAN, new PredictionConfig(true, 90), n, 42, notices::add);
  }

  @Test
  void theHistoryIsThatOfAQueryOfItsOwn() {
    draw(40);
    Dataset<Row> snapshots = snapshots().cache();
    for (LocalDate date : PLAN.dates()) {
      assertThat(
              sorted(
                  snapshots
                      .where("as_of = '" + date + "' AND repeat_purchases IS NOT NULL")
                      .select(
                          "customer_id",
                          PurchaseHistories.REPEATS,
                          PurchaseHistories.LAST,
                          PurchaseHistories.AGE,
                          PurchaseHistories.MEAN_VALUE)))
          .isEqualTo(sorted(new PurchaseHistories(date).from(table(CustomerDay.TABLE, days))));
    }
    snapshots.unpersist(false);
  }

  @Test
  void everyDateHasModelsOfItsOwnAndBuyersHavePredictions() {
    draw(400);
    customers.add(customer("never").signedUp("2026-01-01"));
    Dataset<Row> snapshots = snapshots().cache();
    Predictions predictions = fit(snapshots, 401);
    assertThat(notices).isEmpty();
    assertThat(predictions.models()).containsOnlyKeys(MARCH, MAY);
    assertThat(predictions.models().get(MARCH)).isNotEqualTo(predictions.models().get(MAY));
    Dataset<Row> added = predictions.add(snapshots);
    assertThat(
            added
                .where("frequency > 0")
                .where(
                    "alive_probability BETWEEN 0 AND 1 AND predicted_purchases BETWEEN 0 AND 90 AND"
                        + " predicted_value >= 0")
                .count())
        .isEqualTo(added.where("frequency > 0").count());
    assertThat(added.where("frequency = 0 AND alive_probability IS NOT NULL").isEmpty()).isTrue();
    snapshots.unpersist(false);
  }

  @Test
  void whereEveryPurchaseIsWorthTheSameTheNextWillBeToo() {
    draw(400);
    List<DayRow> alike = days.stream().map(d -> d.gross(10)).toList();
    days.clear();
    days.addAll(alike);
    Dataset<Row> snapshots = snapshots().cache();
    Dataset<Row> added = fit(snapshots, 400).add(snapshots).where("predicted_purchases > 0");
    assertThat(notices).isEmpty();
    assertThat(added.isEmpty()).isFalse();
    assertThat(added.where("abs(predicted_value / predicted_purchases - 10) > 1e-9").isEmpty())
        .isTrue();
    snapshots.unpersist(false);
  }

  @Test
  void whoPaidNothingDoesNotKeepOthersFromAPrediction() {
    draw(400);
    customers.add(customer("free"));
    days.add(day("free", "2026-01-10").orders(1));
    days.add(day("free", "2026-02-10").orders(1));
    Dataset<Row> snapshots = snapshots().cache();
    Dataset<Row> added = fit(snapshots, 401).add(snapshots);
    assertThat(notices).isEmpty();
    assertThat(added.where("customer_id <> 'free' AND predicted_value > 0").isEmpty()).isFalse();
    snapshots.unpersist(false);
  }

  @Test
  void withTooFewCustomersNothingIsPredictedAndTheRunSaysSo() {
    draw(5);
    Dataset<Row> snapshots = snapshots();
    Predictions predictions = fit(snapshots, 5);
    assertThat(predictions.models()).isEmpty();
    assertThat(notices).hasSize(2);
    String why = "purchases and value are not predicted: Cannot fit";
    assertThat(notices.get(0)).startsWith("as of 2026-03-01 " + why);
    assertThat(notices.get(1)).startsWith(why);
    assertThat(predictions.add(snapshots).where("predicted_value IS NOT NULL").isEmpty()).isTrue();
  }
}
