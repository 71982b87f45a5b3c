package io.stratify.jobs.features;

import static io.stratify.common.spark.Facts.features;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.stratify.common.config.CustomFeature;
import io.stratify.common.config.SqlExpression;
import io.stratify.common.spark.Facts.FeatureRow;
import io.stratify.common.spark.SparkSuite;
import io.stratify.common.tables.CustomerFeatures;
import io.stratify.common.tables.FeatureStats;
import io.stratify.common.tables.ProfileFeatures;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class FeatureReportTest extends SparkSuite {
  private static final LocalDate BEFORE = LocalDate.of(2026, 2, 1);
  private static final List<CustomFeature> CUSTOM =
      List.of(
          new CustomFeature(
              "largest",
              CustomFeature.Type.NUMBER,
              "value of the largest order",
              "value",
              "orders",
              new SqlExpression("max(gross_amount)", "x.conf:1")));

  @Override
  protected boolean interpreted() {
    return true;
  }

  /** Ten customers with recency 0 to 9 and so on, from a start. */
  private static List<FeatureRow> ten(int from) {
    List<FeatureRow> rows = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      FeatureRow row =
          features("c" + i)
              .with(CustomerFeatures.RECENCY_DAYS, from + i)
              .with(CustomerFeatures.FREQUENCY, 7)
              .with(CustomerFeatures.CUSTOM, Map.of("largest", i))
              .with(ProfileFeatures.COUNTRY, i < 6 ? "FR" : "DE");
      if (i < 4) {
        row.with(CustomerFeatures.AVG_ORDER, 10 * i);
      }
      rows.add(row);
    }
    return rows;
  }

  private Drift drift(List<FeatureRow> rows, Optional<LocalDate> date, List<Row> before) {
    return Drift.of(
        FeatureReport.of(
            table(CustomerFeatures.TABLE, rows).repartition(3), CUSTOM, rows.size(), 42),
        rows.size(),
        CUSTOM,
        date,
        before);
  }

  private Map<String, Row> byFeature(List<Row> rows) {
    Map<String, Row> byFeature = new HashMap<>();
    spark().createDataFrame(rows, FeatureStats.TABLE.bodySchema()).collectAsList().stream()
        .forEach(r -> byFeature.put(r.getString(0), r));
    return byFeature;
  }

  @Test
  void numbersHaveMeanDeviationSkewAndQuantiles() {
    Drift drift = drift(ten(0), Optional.empty(), List.of());
    assertThat(drift.rows())
        .hasSize(FeatureReport.numbers(CUSTOM).size() + FeatureReport.categories().size());
    Map<String, Row> rows = byFeature(drift.rows());
    Row recency = rows.get("recency_days");
    assertThat(recency.<Double>getAs("mean")).isEqualTo(4.5);
    // Sum of squares of 0.5, 1.5 ... 4.5, twice, is 82.5.
    assertThat(recency.<Double>getAs("deviation")).isCloseTo(Math.sqrt(8.25), within(1e-8));
    assertThat(recency.<Double>getAs("skew")).isCloseTo(0, within(1e-9));
    assertThat(recency.<Double>getAs("min")).isZero();
    assertThat(recency.<Double>getAs("median")).isEqualTo(4.5);
    assertThat(recency.<Double>getAs("max")).isEqualTo(9.0);
    assertThat(recency.<String>getAs("feature_group")).isEqualTo("rfm");
    assertThat(recency.isNullAt(recency.fieldIndex("psi"))).isTrue();
    Row order = rows.get("avg_order");
    assertThat(order.<Double>getAs("null_share")).isEqualTo(0.6);
    assertThat(order.<Double>getAs("mean")).isEqualTo(15.0);
    Row constant = rows.get("frequency");
    assertThat(constant.<Double>getAs("deviation")).isZero();
    assertThat(constant.<Double>getAs("skew")).isNull();
    Row empty = rows.get("trend");
    assertThat(empty.<Double>getAs("null_share")).isEqualTo(1.0);
    assertThat(empty.<Double>getAs("mean")).isNull();
  }

  @Test
  void categoriesHaveSharesAndCustomFeaturesTheirDefinition() {
    Map<String, Row> rows = byFeature(drift(ten(0), Optional.empty(), List.of()).rows());
    Row country = rows.get("country");
    assertThat(country.<String>getAs("kind")).isEqualTo("category");
    assertThat(country.<Long>getAs("distinct_values")).isEqualTo(2);
    assertThat(country.<String, Double>getJavaMap(country.fieldIndex("shares")))
        .isEqualTo(Map.of("FR", 0.6, "DE", 0.4));
    Row largest = rows.get("largest");
    assertThat(largest.<Double>getAs("mean")).isEqualTo(4.5);
    assertThat(largest.<String>getAs("feature_group")).isEqualTo("value");
    assertThat(largest.<String>getAs("definition"))
        .isEqualTo("value of the largest order (max(gross_amount) of orders)");
  }

  @Test
  void driftIsAgainstTheSnapshotBefore() {
    List<Row> before =
        new ArrayList<>(byFeature(drift(ten(0), Optional.empty(), List.of()).rows()).values());
    Drift same = drift(ten(0), Optional.of(BEFORE), before);
    assertThat(same.major()).isEmpty();
    assertThat(same.notice(Optional.of(BEFORE))).isEmpty();
    assertThat(byFeature(same.rows()).get("country").<Double>getAs("psi")).isZero();
    assertThat(byFeature(same.rows()).get("recency_days").<String>getAs("drift"))
        .isEqualTo("stable");
    Drift moved = drift(ten(100), Optional.of(BEFORE), before);
    assertThat(moved.major()).containsOnlyKeys("recency_days");
    assertThat(moved.notice(Optional.of(BEFORE)).orElseThrow())
        .startsWith(
            "1 feature is distributed otherwise than as of 2026-02-01 (PSI >= 0.25):"
                + " recency_days ");
    assertThat(byFeature(moved.rows()).get("recency_days").getDate(17))
        .isEqualTo(java.sql.Date.valueOf(BEFORE));
  }

  @Test
  void oneCustomerIsADistribution() {
    Map<String, Row> rows =
        byFeature(drift(ten(3).subList(0, 1), Optional.empty(), List.of()).rows());
    assertThat(rows.get("recency_days").<Double>getAs("median")).isEqualTo(3.0);
    assertThat(rows.get("recency_days").<Double>getAs("deviation")).isZero();
  }
}
