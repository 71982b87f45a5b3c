package io.stratify.common.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.time.Period;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FeaturesConfigTest {
  private static FeaturesConfig with(String key, String value) {
    return ConfigLoader.load(List.of(), Map.of("features." + key, value)).config().features();
  }

  private static void refused(String key, String value, String... words) {
    assertThatThrownBy(() -> with(key, value))
        .isInstanceOf(ConfigException.class)
        .satisfies(e -> assertThat(e.getMessage()).contains(words));
  }

  @Test
  void pastDatesAreCountedFromTheAsOfDateItself() {
    PastConfig quarters = new PastConfig(3, Period.ofMonths(3), PastConfig.Columns.LENSES);
    assertThat(quarters.before(LocalDate.of(2026, 5, 31)))
        .containsExactly(
            LocalDate.of(2025, 8, 31), LocalDate.of(2025, 11, 30), LocalDate.of(2026, 2, 28));
    assertThat(
            new PastConfig(1, Period.ofYears(1), PastConfig.Columns.LENSES)
                .before(LocalDate.of(2024, 2, 29)))
        .containsExactly(LocalDate.of(2023, 2, 28));
    assertThat(
            new PastConfig(1, Period.ofMonths(1), PastConfig.Columns.LENSES)
                .before(LocalDate.of(2024, 3, 31)))
        .containsExactly(LocalDate.of(2024, 2, 29));
    assertThat(
            new PastConfig(0, Period.ofDays(1), PastConfig.Columns.LENSES)
                .before(LocalDate.of(2026, 1, 1)))
        .isEmpty();
  }

  @Test
  void aPeriodIsANumberOfDaysWeeksMonthsOrYears() {
    assertThat(with("past.every", "30 days").past().every()).isEqualTo(Period.ofDays(30));
    assertThat(with("past.every", "2 weeks").past().every()).isEqualTo(Period.ofDays(14));
    assertThat(with("past.every", "1 Year").past().every()).isEqualTo(Period.ofYears(1));
    for (String nonsense : List.of("quarterly", "0 days", "3 moons", "-1 days")) {
      refused("past.every", nonsense, "features.past.every is", "it must be a period such as");
    }
    refused("past.back", "101", "features.past.back is 101", "from 0 to 100");
  }

  @Test
  void nobodyLapsesBeforeHeSlowsDown() {
    refused(
        "lifecycle.lapsed-days", "90", "lapsed-days is 90; it must be above slowing-days, which");
    refused("lifecycle.lapsed-gaps", "0", "or both must be 0");
    refused("lifecycle.slowing-gaps", "0", "or both must be 0");
    assertThat(with("lifecycle", "{ slowing-gaps = 0, lapsed-gaps = 0 }").lifecycle().lapsed())
        .isEqualTo(new LifecycleConfig.Absence(180, 0));
    refused("lifecycle.activity", "visits", "it must be orders or events or any");
  }

  @Test
  void aFunnelHasDifferentSteps() {
    assertThat(with("funnel", "[visit, pay]").funnel()).containsExactly("visit", "pay");
    refused("funnel", "[visit, visit]", "a list of different event types");
  }

  @Test
  void aCustomFeatureHasANameADocumentationAndAnAggregate() {
    List<CustomFeature> custom =
        with("custom", "[ { name = a_b, doc = \"units per order\", sql = \"sum(units)\" } ]")
            .custom();
    assertThat(custom).hasSize(1);
    assertThat(custom.get(0).type()).isEqualTo(CustomFeature.Type.NUMBER);
    assertThat(custom.get(0).table()).isEqualTo("customer_day");
    assertThat(custom.get(0).group()).isEqualTo("custom");
    refused("custom", "[ { name = a, sql = \"sum(units)\" } ]", "custom[0].doc is missing");
    refused("custom", "[ { name = A, doc = x, sql = \"sum(units)\" } ]", "custom[0].name is");
    refused("custom", "[ { name = a, doc = x, sql = y, unit = z } ]", "unknown key");
  }

  @Test
  void namesThatClashAreRefused() {
    refused(
        "custom",
        "[ { name = recency_days, doc = x, sql = y } ]",
        "recency_days",
        "is a column of customer_features already; choose another name");
    refused(
        "custom",
        "[ { name = a, doc = x, sql = y }, { name = a, doc = x, sql = y } ]",
        "features.custom has \"a\" more than once");
  }

  @Test
  void onlyTablesOfCustomersWithATimeAreOffered() {
    refused(
        "custom",
        "[ { name = a, doc = x, sql = y, table = products } ]",
        "custom[0].table",
        "it must be one of customer_day, consents, orders, order_lines, events");
    refused(
        "custom",
        "[ { name = a, doc = x, sql = y, group = other } ]",
        "custom[0].group",
        "it must be one of rfm, cadence");
  }
}
