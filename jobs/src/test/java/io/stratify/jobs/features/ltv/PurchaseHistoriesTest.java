package io.stratify.jobs.features.ltv;

import static io.stratify.common.spark.Facts.day;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.stratify.common.spark.Facts.DayRow;
import io.stratify.common.spark.SparkSuite;
import io.stratify.common.tables.CustomerDay;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** As of 1 May 2026: the last day observed is 30 April. */
class PurchaseHistoriesTest extends SparkSuite {
  private static final PurchaseHistories HISTORIES =
      new PurchaseHistories(LocalDate.of(2026, 5, 1));
  private static final BgNbd MODEL = new BgNbd(0.243, 4.414, 0.793, 2.426);
  private static final GammaGamma VALUES = new GammaGamma(6.25, 3.74, 15.44);

  private Dataset<Row> days(DayRow... rows) {
    return table(CustomerDay.TABLE, rows);
  }

  @Test
  void purchasesAreDaysWithCompletedOrdersBeforeTheAsOfDate() {
    Row c1 =
        HISTORIES
            .from(
                days(
                    day("c1", "2026-03-01").events(5),
                    day("c1", "2026-04-01").orders(1).gross(100),
                    day("c1", "2026-04-11").orders(3).gross(50).completed(40),
                    day("c1", "2026-04-15").gross(70).completed(0).returned(70),
                    day("c1", "2026-04-21").orders(1).gross(20),
                    day("c1", "2026-05-01").orders(1).gross(999)))
            .first();
    // 40 and 20 after the first of 3 purchase days; 10 + 10 days to the last, 29 to 30 April.
    assertThat(c1.mkString(" ")).isEqualTo("c1 2 20 29 30.0");
  }

  @Test
  void aFirstPurchaseOnTheLastDayIsObservedForNoTime() {
    Row c1 = HISTORIES.from(days(day("c1", "2026-04-30").orders(1).gross(5))).first();
    assertThat(c1.mkString(" ")).isEqualTo("c1 0 0 0 null");
  }

  @Test
  void whoNeverBoughtHasNoHistory() {
    Dataset<Row> days = days(day("c1", "2026-04-30").events(1));
    assertThat(HISTORIES.from(days).isEmpty()).isTrue();
    List<Column> sums = PurchaseHistories.aggregates();
    Row c1 =
        days.groupBy(CustomerDay.CUSTOMER_ID.col())
            .agg(sums.get(0), sums.subList(1, sums.size()).toArray(Column[]::new))
            .select(
                PurchaseHistories.repeats(),
                PurchaseHistories.lastAge(),
                HISTORIES.age(),
                PurchaseHistories.meanValue())
            .first();
    assertThat(c1.mkString(" ")).isEqualTo("null null null null");
  }

  @Test
  void equalHistoriesAreOneRowOfTheFit() {
    Dataset<Row> histories =
        HISTORIES.from(
            days(
                day("c1", "2026-04-01").orders(1).gross(9),
                day("c2", "2026-04-01").orders(1).gross(7),
                day("c3", "2026-04-01").orders(1).gross(9),
                day("c3", "2026-04-02").orders(1).gross(3),
                day("c4", "2026-04-01").orders(1).gross(9),
                day("c4", "2026-04-02").orders(1).gross(0)));
    assertThat(
            PurchaseHistory.of(
                PurchaseHistories.purchasesToFit(histories, 4, 100, 1).collectAsList()))
        .containsExactlyInAnyOrder(
            new PurchaseHistory(0, 0, 29, 2), new PurchaseHistory(1, 1, 29, 2));
    assertThat(SpendHistory.of(PurchaseHistories.spendToFit(histories, 4, 100, 1).collectAsList()))
        .containsExactly(new SpendHistory(1, 3, 1));
  }

  @Test
  void aSampleIsTheSameWhateverThePartitionsAndNotLarger() {
    Dataset<Row> histories =
        spark()
            .range(20_000)
            .select(
                col("id").cast("string").as(CustomerDay.CUSTOMER_ID.name()),
                lit(1).as(PurchaseHistories.REPEATS),
                col("id").mod(7).plus(1).cast("int").as(PurchaseHistories.LAST),
                lit(9).as(PurchaseHistories.AGE),
                lit(2.5).as(PurchaseHistories.MEAN_VALUE));
    List<String> drawn = sample(histories, 42);
    assertThat(sample(histories.repartition(7), 42)).isEqualTo(drawn);
    assertThat(sample(histories, 43)).isNotEqualTo(drawn);
    List<SpendHistory> spend =
        SpendHistory.of(PurchaseHistories.spendToFit(histories, 20_000, 2_500, 42).collectAsList());
    // 2,500 less 4 deviations of 50, and that give or take as much again.
    assertThat(spend).hasSize(1);
    assertThat(spend.get(0).customers()).isBetween(2_100L, 2_500L);
  }

  private static List<String> sample(Dataset<Row> histories, long seed) {
    return sorted(PurchaseHistories.purchasesToFit(histories, 20_000, 2_500, seed));
  }

  @Test
  void columnsPredictWhatTheModelsDo() {
    Dataset<Row> rows =
        spark()
            .sql(
                "SELECT * FROM VALUES (2L, 213, 272, 40.5D), (0L, 0, 0, NULL), (30L, 3, 400, -1D),"
                    + " (NULL, NULL, NULL, NULL) AS t(x, tx, age, mean)")
            .select(
                MODEL.probabilityAlive(col("x"), col("tx"), col("age")),
                MODEL.expectedPurchases(col("x"), col("tx"), col("age"), 273),
                VALUES.expectedMeanValue(col("x"), col("mean")));
    assertThat(rows.collectAsList())
        .extracting(r -> r.mkString(" "))
        .containsExactly(
            predictions(2, 213, 272, 40.5),
            predictions(0, 0, 0, 0),
            predictions(30, 3, 400, 0),
            "null null null");
  }

  private static String predictions(double x, double tx, double age, double mean) {
    return MODEL.probabilityAlive(x, tx, age)
        + " "
        + MODEL.expectedPurchases(x, tx, age, 273)
        + " "
        + VALUES.expectedMeanValue(x, mean);
  }

  /** The published parameters of CDNOW all the way from its customer days. */
  @Test
  void customerDaysOfCdnowLeadToThePublishedParameters() {
    List<DayRow> rows = new ArrayList<>();
    Cdnow.days()
        .forEach(
            (customer, days) ->
                days.forEach(
                    (date, spent) ->
                        rows.add(
                            day(customer, date.toString())
                                .orders(1)
                                .gross(
                                    BigDecimal.valueOf(spent).setScale(2, RoundingMode.HALF_UP)))));
    Dataset<Row> histories =
        new PurchaseHistories(Cdnow.AS_OF).from(table(CustomerDay.TABLE, rows)).cache();
    List<Row> purchases =
        PurchaseHistories.purchasesToFit(histories, 2_357, 2_357, 1).collectAsList();
    assertThat(purchases).hasSize(1_016);
    BgNbd fitted = BgNbd.fit(PurchaseHistory.of(purchases));
    assertThat(fitted.toString()).isEqualTo("r 0.2426, alpha 4.414 weeks, a 0.7929, b 2.426");
    GammaGamma values =
        GammaGamma.fit(
            SpendHistory.of(
                PurchaseHistories.spendToFit(histories, 2_357, 2_357, 1).collectAsList()));
    assertThat(values.toString()).isEqualTo("p 6.250, q 3.744, gamma 15.44");
    Row total =
        histories
            .select(
                fitted.expectedPurchases(
                    col(PurchaseHistories.REPEATS),
                    col(PurchaseHistories.LAST),
                    col(PurchaseHistories.AGE),
                    Cdnow.HELD_OUT))
            .toDF("expected")
            .agg(sum(col("expected")))
            .first();
    assertThat(total.getDouble(0)).isCloseTo(1_653.4, within(1.0));
    histories.unpersist();
  }
}
