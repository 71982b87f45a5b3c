package io.stratify.jobs.segments;

import static org.assertj.core.api.Assertions.assertThat;

import io.stratify.common.config.RulesConfig;
import io.stratify.common.config.StratifyConfig;
import io.stratify.jobs.Defaults;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LensHashTest {
  private static final String FEATURES = "[\"frequency\", \"largest_order\"]";

  @Test
  void anotherMeaningOfTheSameWordsIsAnotherLens() {
    String before = hash(FEATURES, "max(gross_amount)", Map.of());
    assertThat(hash(FEATURES, "max(gross_amount)", Map.of())).isEqualTo(before);
    assertThat(hash(FEATURES, "max(gross_amount) / 100", Map.of())).isNotEqualTo(before);
    assertThat(hash(FEATURES, "max(gross_amount)", Map.of("conform.currency.base", "JPY")))
        .isNotEqualTo(before);
  }

  @Test
  void anotherSettingOfItsFeaturesIsAnotherLens() {
    String trend = "[\"frequency\", \"trend\"]";
    Map<String, String> window = Map.of("features.trend-window-days", "30");
    assertThat(hash(trend, "max(gross_amount)", window))
        .isNotEqualTo(hash(trend, "max(gross_amount)", Map.of()));
    assertThat(hash(FEATURES, "max(gross_amount)", window))
        .as("of a lens without a trend")
        .isEqualTo(hash(FEATURES, "max(gross_amount)", Map.of()));
  }

  @Test
  void anotherRuleOfTheStagesIsAnotherLensOfThem() {
    assertThat(stages(Map.of("features.lifecycle.lapsed-days", "120")))
        .isNotEqualTo(stages(Map.of()));
    assertThat(stages(Map.of("features.trend-window-days", "30"))).isEqualTo(stages(Map.of()));
  }

  /** The hash of the lens lifecycle of the reference. */
  private static String stages(Map<String, String> sets) {
    StratifyConfig config = Defaults.config(sets);
    return config.segments().lenses().stream()
        .filter(l -> l.name().equals("lifecycle"))
        .map(l -> LensHash.of(config, new RuleLens((RulesConfig) l, null)))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void numbersThatAreMappedOtherwiseMakeAnotherLens() {
    String frequency = "[\"frequency\", \"monetary_net\"]";
    String before = mapped(frequency, Map.of());
    assertThat(mapped(frequency, Map.of("inputs.orders.columns.amount", "\"total * 100\"")))
        .as("euros became cents")
        .isNotEqualTo(before);
    assertThat(mapped(frequency, Map.of("inputs.orders.where", "\"total > 0\"")))
        .as("which rows, not what a number means")
        .isEqualTo(before);
    assertThat(mapped(frequency, Map.of("inputs.orders.columns.status", "state")))
        .as("which amounts count")
        .isNotEqualTo(before);
    assertThat(mapped(frequency, Map.of("conform.time-zone", "Europe/Paris"))).isNotEqualTo(before);
    assertThat(mapped(frequency, Map.of("inputs.orders.columns.channel", "shop")))
        .as("another word")
        .isEqualTo(before);
    Map<String, String> tickets =
        Map.of(
            "inputs.support_tickets.source", "facts",
            "inputs.support_tickets.columns.ticket_id", "id",
            "inputs.support_tickets.columns.customer_id", "id",
            "inputs.support_tickets.columns.opened_at", "at");
    assertThat(mapped(frequency, tickets)).as("nothing that it reads").isEqualTo(before);
    assertThat(mapped("[\"frequency\", \"largest_order\"]", tickets))
        .as("a feature of one's own, of whatever is in customer_day")
        .isNotEqualTo(mapped("[\"frequency\", \"largest_order\"]", Map.of()));
  }

  @Test
  void inputsBehindTheInputsOfFeaturesCount() {
    Map<String, String> costs = new HashMap<>();
    for (String column : List.of("line_id", "order_id", "product_id")) {
      costs.put("inputs.order_lines.columns." + column, "id");
    }
    costs.put("inputs.order_lines.columns.quantity", "1");
    costs.put("inputs.order_lines.columns.amount", "total");
    costs.put("inputs.order_lines.source", "facts");
    costs.put("inputs.products.source", "facts");
    costs.put("inputs.products.columns.product_id", "id");
    costs.put("inputs.products.columns.cost", "cost");
    Map<String, String> cents = new HashMap<>(costs);
    cents.put("inputs.products.columns.cost", "\"cost * 100\"");
    String margin = "[\"frequency\", \"margin_share\"]";
    assertThat(mapped(margin, cents)).isNotEqualTo(mapped(margin, costs));
  }

  @Test
  void tiersOfMoneyInCentsAreOtherTiers() {
    assertThat(tiers(Map.of("inputs.orders.columns.amount", "\"total * 100\"")))
        .isNotEqualTo(tiers(Map.of()));
    assertThat(tiers(Map.of("inputs.orders.columns.channel", "shop"))).isEqualTo(tiers(Map.of()));
  }

  private static String tiers(Map<String, String> more) {
    StratifyConfig config = Defaults.config(inputs(more));
    return LensHash.of(config, new ValueLens(config.segments().value()));
  }

  private static String mapped(String features, Map<String, String> more) {
    return hash(features, "max(gross_amount)", inputs(more));
  }

  private static Map<String, String> inputs(Map<String, String> more) {
    Map<String, String> sets = new HashMap<>();
    sets.put("sources.facts.format", "parquet");
    sets.put("sources.facts.path", "facts");
    for (String input : List.of("customers", "orders")) {
      sets.put("inputs." + input + ".source", "facts");
      sets.put("inputs." + input + ".columns.customer_id", "id");
    }
    sets.put("inputs.orders.columns.order_id", "id");
    sets.put("inputs.orders.columns.ordered_at", "at");
    sets.put("inputs.orders.columns.amount", "total");
    sets.putAll(more);
    return sets;
  }

  @Test
  void whatTheLensDoesNotReadIsNoPartOfIt() {
    String features = "[\"frequency\", \"recency_days\"]";
    assertThat(hash(features, "max(gross_amount) / 100", Map.of()))
        .isEqualTo(hash(features, "max(gross_amount)", Map.of()));
  }

  private static String hash(String features, String sql, Map<String, String> more) {
    Map<String, String> sets = new HashMap<>(more);
    sets.put("segments.behaviour.features", features);
    sets.put(
        "features.custom",
        "[{ name = largest_order, doc = \"largest order\", group = value, sql = \""
            + sql
            + "\" }]");
    StratifyConfig config = Defaults.config(sets);
    return LensHash.of(config, new ClusterLens(null, config.segments().behaviour(), 1000, 42));
  }
}
