package io.stratify.jobs.features;

import static io.stratify.common.spark.Facts.customer;
import static io.stratify.common.spark.Facts.day;
import static org.assertj.core.api.Assertions.assertThat;

import io.stratify.common.config.FeaturesConfig;
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
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class FeatureSettingsTest extends SparkSuite {
  private static final LocalDate AS_OF = LocalDate.of(2026, 5, 1);

  private final List<CustomerRow> customers = new ArrayList<>();
  private final List<DayRow> days = new ArrayList<>();

  @Override
  protected boolean interpreted() {
    return true;
  }

  @Test
  void whatIsUsualIsWhatTheReferenceSays() {
    FeaturesConfig reference = Defaults.config(Map.of()).features();
    for (FeatureSettings setting : FeatureSettings.ALL) {
      assertThat(setting.value().apply(reference)).as(setting.key()).isEqualTo(setting.usual());
    }
    assertThat(FeatureSettings.unusual(reference, name -> true)).isEmpty();
  }

  @Test
  void whatIsUnusualIsToldOfTheFeaturesThatItConcerns() {
    FeaturesConfig config =
        Defaults.config(
                Map.of("features.trend-window-days", "30", "features.prediction.days", "365"))
            .features();
    assertThat(FeatureSettings.unusual(config, "trend"::equals))
        .isEqualTo("trend-window-days = 30");
    assertThat(FeatureSettings.unusual(config, name -> true))
        .isEqualTo("trend-window-days = 30\nprediction.days = 365");
    assertThat(FeatureSettings.unusual(config, "frequency"::equals)).isEmpty();
    // What is expected in the days ahead; whether a customer still buys does not depend on them.
    assertThat(of("prediction.days")).containsExactly("predicted_purchases", "predicted_value");
  }

  /** Of forty customers whose days are drawn, what another value of a setting changes. */
  @Test
  void theFeaturesOfASettingAreThoseThatItChanges() {
    Random random = new Random(7);
    for (int c = 0; c < 40; c++) {
      customers.add(customer("c" + c).signedUp("2024-01-01"));
      for (LocalDate d = AS_OF.minusDays(700); d.isBefore(AS_OF); d = d.plusDays(1)) {
        if (random.nextInt(40) == 0) {
          days.add(drawn(day("c" + c, d.toString()), random));
        }
      }
    }
    List<Row> usual = features(Map.of());
    assertThat(changed(usual, features(Map.of("features.trend-window-days", "40"))))
        .isEqualTo(of("trend-window-days"));
    assertThat(changed(usual, features(Map.of("features.funnel", "[\"look\", \"buy\"]"))))
        .isEqualTo(of("funnel"));
    Map<String, String> life =
        Map.of(
            "features.lifecycle.activity", "any",
            "features.lifecycle.lapsed-days", "120",
            "features.lifecycle.lapsed-gaps", "3");
    assertThat(changed(usual, features(life))).isEqualTo(of("lifecycle"));
  }

  private static DayRow drawn(DayRow row, Random random) {
    if (random.nextBoolean()) {
      row.orders(1 + random.nextInt(3)).gross(1 + random.nextInt(100));
    }
    return random.nextBoolean()
        ? row
        : row.events(1 + random.nextInt(9))
            .with(CustomerDay.EVENT_TYPES, Map.of(random.nextBoolean() ? "look" : "buy", 1L))
            .with(CustomerDay.EVENT_FEATURES, Map.of("feature " + random.nextInt(5), 1L))
            .with(CustomerDay.SESSIONS, 1L + random.nextInt(3))
            .with(CustomerDay.SESSION_EVENTS, 1L + random.nextInt(9))
            .with(CustomerDay.SESSION_SECONDS, 1.0 + random.nextInt(900))
            .with(CustomerDay.TICKETS_OPENED, 1L);
  }

  private List<Row> features(Map<String, String> settings) {
    SnapshotPlan plan = SnapshotPlan.of(AS_OF, Defaults.config(settings).features(), Map.of());
    SnapshotPlan all =
        new SnapshotPlan(
            plan.dates(),
            plan.windowDays(),
            plan.funnel(),
            plan.lifecycle(),
            plan.outcomeDays(),
            Inputs.ALL.stream().map(TableSpec::name).collect(Collectors.toSet()),
            Set.of());
    return new SnapshotFeatures(all)
        .from(
            table(Customers.TABLE, customers),
            table(Accounts.TABLE, List.of()),
            table(CustomerDay.TABLE, days))
        .orderBy("customer_id")
        .collectAsList();
  }

  private static Set<String> changed(List<Row> before, List<Row> after) {
    Set<String> changed = new TreeSet<>();
    for (int i = 0; i < before.size(); i++) {
      for (String column : before.get(i).schema().fieldNames()) {
        if (!Objects.equals(before.get(i).getAs(column), after.get(i).getAs(column))) {
          changed.add(column);
        }
      }
    }
    return changed;
  }

  private static Set<String> of(String key) {
    return FeatureSettings.ALL.stream()
        .filter(s -> s.key().equals(key))
        .flatMap(s -> s.features().stream())
        .map(ColumnSpec::name)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
