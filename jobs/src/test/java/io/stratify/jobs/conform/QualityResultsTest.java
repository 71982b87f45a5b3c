package io.stratify.jobs.conform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stratify.common.StratifyException;
import io.stratify.common.config.QualityRule;
import io.stratify.common.config.RuleAction;
import io.stratify.common.config.RuleKind;
import io.stratify.common.tables.Orders;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class QualityResultsTest {
  private static final LocalDate AS_OF = LocalDate.parse("2026-01-10");
  private static final List<String> BUILT_IN = List.of("order_id is missing", "x is not a DATE");

  @Test
  void builtInRulesAreToldWhetherTheyAreBrokenOrNot() {
    List<QualityResults.Result> results = results(List.of(), Optional.empty());
    assertThat(results.stream().map(r -> r.rule() + " " + r.failed() + " " + r.verdict()))
        .containsExactly("order_id is missing 5 quarantined", "x is not a DATE 0 passed");
    assertThat(results.get(0).rows()).as("5 are withheld").isEqualTo(95);
  }

  @Test
  void whatIsWarnedOfAndSetAsideAnywayIsSetAside() {
    List<QualityResults.Result> results =
        results(List.of(notNull("order_id"), notNull("channel")), List.of(5L, 9L));
    assertThat(results.stream().map(r -> r.rule() + " " + r.failed() + " " + r.verdict()))
        .containsExactly(
            "order_id is missing 5 quarantined",
            "channel is missing 9 warned",
            "x is not a DATE 0 passed");
  }

  @Test
  void theNewestRowMayBeAsOldAsTheRuleSays() {
    // The newest row is of 8 January, two days before the as-of date.
    assertThat(verdict(whole(RuleKind.FRESHNESS, null, null, 2), Optional.empty()))
        .isEqualTo("passed 2.0");
    assertThat(verdict(whole(RuleKind.FRESHNESS, null, null, 1), Optional.empty()))
        .isEqualTo("failed 2.0");
  }

  @Test
  void theVolumeIsHeldAgainstTheRunBefore() {
    // 90 rows are handed on.
    QualityRule rule = whole(RuleKind.VOLUME, 0.5, 2.0, null);
    assertThat(verdict(rule, Optional.of(180L))).isEqualTo("passed 0.5");
    assertThat(verdict(rule, Optional.of(181L))).startsWith("failed 0.49");
    assertThat(verdict(rule, Optional.of(45L))).isEqualTo("passed 2.0");
    assertThat(verdict(rule, Optional.of(44L))).startsWith("failed 2.04");
    assertThat(verdict(rule, Optional.empty())).as("nothing to compare with").isEqualTo("none");
    assertThat(verdict(rule, Optional.of(0L))).isEqualTo("none");
  }

  @Test
  void theShareOfMissingValuesIsOfTheRowsHandedOn() {
    // 9 of 90.
    assertThat(verdict(whole(RuleKind.NULL_SHARE, null, 0.1, null), Optional.empty()))
        .isEqualTo("passed 0.1");
    assertThat(verdict(whole(RuleKind.NULL_SHARE, null, 0.09, null), Optional.empty()))
        .isEqualTo("failed 0.1");
  }

  @Test
  void aFailingRuleStopsTheRunAndNamesItsFigures() {
    List<QualityResults.Result> results =
        results(List.of(whole(RuleKind.FRESHNESS, null, null, 1)), Optional.empty());
    assertThatThrownBy(() -> QualityResults.requireNoFailure(results))
        .isInstanceOf(StratifyException.class)
        .hasMessageContainingAll(
            "Cannot conform: quality rules with action fail are broken. Nothing was written.",
            "orders: newest row is older than 1 days (measured 2.000)");
  }

  private static String verdict(QualityRule rule, Optional<Long> before) {
    return results(List.of(rule), before).stream()
        .filter(r -> !r.kind().equals("built-in"))
        .map(r -> r.verdict() + " " + r.value().orElseThrow())
        .findFirst()
        .orElse("none");
  }

  private static List<QualityResults.Result> results(
      List<QualityRule> rules, Optional<Long> before) {
    return results(rules, before, List.of());
  }

  private static List<QualityResults.Result> results(List<QualityRule> rules, List<Long> failed) {
    return results(rules, Optional.empty(), failed);
  }

  private static List<QualityResults.Result> results(
      List<QualityRule> rules, Optional<Long> before, List<Long> failed) {
    Books books =
        new Books(
            "orders", "shop", 100, Map.of("", 90L, "order_id is missing", 5L, Fate.WITHHELD, 5L));
    Counts counts =
        new Counts(
            books,
            failed,
            Map.of("channel", 9L),
            Optional.of(LocalDate.parse("2025-01-01")),
            Optional.of(LocalDate.parse("2026-01-08")));
    return QualityResults.of(new Quality(Orders.TABLE, rules), counts, BUILT_IN, AS_OF, before);
  }

  private static QualityRule notNull(String column) {
    return new QualityRule(
        RuleKind.NOT_NULL,
        RuleAction.WARN,
        List.of(column),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        "x.conf:1");
  }

  private static QualityRule whole(RuleKind kind, Double min, Double max, Integer days) {
    return new QualityRule(
        kind,
        RuleAction.FAIL,
        kind == RuleKind.NULL_SHARE ? List.of("channel") : List.of(),
        List.of(),
        Optional.ofNullable(min),
        Optional.ofNullable(max),
        Optional.empty(),
        Optional.ofNullable(days),
        "x.conf:1");
  }
}
