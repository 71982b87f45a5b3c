package io.stratify.jobs.segments;

import static io.stratify.common.spark.Facts.features;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stratify.common.StratifyException;
import io.stratify.common.config.RulesConfig;
import io.stratify.common.config.SqlExpression;
import io.stratify.common.spark.SparkSuite;
import io.stratify.common.tables.CustomerFeatures;
import io.stratify.common.tables.LifecycleFeatures;
import io.stratify.common.tables.ProfileFeatures;
import io.stratify.jobs.Defaults;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class RuleLensTest extends SparkSuite {
  private final List<String> notices = new ArrayList<>();

  @Test
  void theRulesOfTheDefaultLensesAreProven() {
    List<RulesConfig> lenses =
        Defaults.config(Map.of()).segments().lenses().stream()
            .filter(RulesConfig.class::isInstance)
            .map(RulesConfig.class::cast)
            .toList();
    assertThat(new RuleCheck(spark()).require(lenses))
        .containsOnlyKeys("demographic", "firmographic", "lifecycle")
        .containsEntry("demographic", new RuleCheck.Checked(List.of("age"), true))
        .containsEntry("firmographic", new RuleCheck.Checked(List.of("employees"), true))
        .containsEntry("lifecycle", new RuleCheck.Checked(List.of("lifecycle_stage"), true));
  }

  @Test
  void aCustomerIsWhereTheRuleHolds() {
    Lens.Fit fit =
        fit(
            rules(Optional.of("Others"), "young", "age < 30", "mine", "gender = 'f' AND age >= 30"),
            features("a").with(ProfileFeatures.AGE, 20),
            features("b").with(ProfileFeatures.AGE, 40).with(ProfileFeatures.GENDER, "f"),
            features("c").with(ProfileFeatures.AGE, 40),
            features("d"));
    assertThat(fit.segmentation().segments())
        .containsExactly(
            new SegmentInfo("mine.young", "YOUNG", "age < 30"),
            new SegmentInfo("mine.mine", "MINE", "gender = 'f' AND age >= 30"),
            new SegmentInfo("mine.other", "Others", "no other rule holds"));
    assertThat(notices).isEmpty();
  }

  @Test
  void rulesThatOverlapAreRefusedWithAnExample() {
    assertRefused(
        rules(Optional.of("Others"), "young", "age <= 30", "older", "age BETWEEN 30 AND 50"),
        "conf:1: segments.lenses.mine (young, older): rules young and older overlap: both hold"
            + " where age = 30. Make one of them narrower");
  }

  @Test
  void aRuleThatNeverHoldsIsRefused() {
    assertRefused(
        rules(Optional.of("Others"), "young", "age < 30", "none", "age < 20 AND age > 40"),
        "conf:1: segments.lenses.mine (young, none): rule none never holds: age < 20 AND age > 40."
            + " Correct or remove it");
  }

  @Test
  void withoutAnotherSegmentEverybodyMustHaveARule() {
    assertRefused(
        rules(Optional.empty(), "young", "age < 30", "older", "age > 30"),
        "conf:1: segments.lenses.mine (young, older): no rule holds where age = 30 (2 of 4 kinds of"
            + " customers). Add rules, or give the segment of the rest a name: other = \"Others\"");
    assertRefused(
        rules(Optional.empty(), "long", "length(country) > 2"),
        "conf:1: segments.lenses.mine (long): it cannot be proven that a rule holds for everybody,"
            + " since they do more than compare columns with constants. Give the segment of the"
            + " rest a name: other = \"Others\"");
  }

  @Test
  void ofTextsInAnOrderNothingIsProven() {
    // Later texts than any that the rules name are still to come.
    assertRefused(
        rules(
            Optional.empty(),
            "old",
            "country <= 'FR'",
            "new",
            "country = 'UK'",
            "none",
            "country IS NULL"),
        "conf:1: segments.lenses.mine (old, new, none): it cannot be proven that a rule holds for"
            + " everybody, since they do more than compare columns with constants. Give the segment"
            + " of the rest a name: other = \"Others\"");
    check(rules(Optional.of("Others"), "late", "country > 'FR'", "early", "country <= 'FR'"));
  }

  @Test
  void ofNumbersThatAreCutOffNothingIsProven() {
    // 50.4 is above 50, but not as a whole number.
    assertRefused(
        rules(
            Optional.empty(),
            "big",
            "CAST(avg_order AS INT) > 50",
            "small",
            "avg_order <= 50",
            "none",
            "avg_order IS NULL"),
        "conf:1: segments.lenses.mine (big, small, none): it cannot be proven that a rule holds for"
            + " everybody, since they do more than compare columns with constants. Give the segment"
            + " of the rest a name: other = \"Others\"");
    check(
        rules(
            Optional.empty(),
            "a",
            "frequency > 1.5",
            "b",
            "frequency <= 1.5 OR frequency IS NULL"));
  }

  @Test
  void aKeyOfAMapIsAFeatureByItself() {
    assertThat(
            check(
                rules(
                    Optional.of("Others"),
                    "price",
                    "importance['price'] > 3",
                    "large",
                    "custom['largest_order'] > 500")))
        .isEqualTo(new RuleCheck.Checked(List.of("importance.price", "largest_order"), false));
    Lens.Fit fit =
        fit(rules(Optional.of("Others"), "price", "importance['price'] > 3"), features("a"));
    assertThat(fit.segmentation().model().features()).containsExactly("importance.price");
  }

  @Test
  void sqlThatIsNoConditionIsRefused() {
    assertThatThrownBy(() -> check(rules(Optional.of("Others"), "young", "agee < 30")))
        .isInstanceOf(StratifyException.class)
        .hasMessageStartingWith("Cannot divide customers by rules; nothing was written.")
        .hasMessageContaining("conf:1: segments.lenses.mine rule young, agee < 30: ")
        .hasMessageContaining("agee");
    assertRefused(
        rules(Optional.of("Others"), "now", "year(current_date()) > 2020"),
        "conf:1: segments.lenses.mine rule now, year(current_date()) > 2020: it depends on the"
            + " clock or on chance. Use columns of customer_features only");
  }

  @Test
  void whatIsNotProvenIsCountedAndSaid() {
    fit(
        rules(
            Optional.of("Others"),
            "long",
            "length(country) > 2",
            "france",
            "upper(country) = 'FRANCE'",
            "mars",
            "upper(country) = 'MARS'"),
        features("a").with(ProfileFeatures.COUNTRY, "France"),
        features("b").with(ProfileFeatures.COUNTRY, "DE"));
    assertThat(notices)
        .containsExactly(
            "lens mine: for nobody holds rule mars",
            "lens mine: more than one rule holds for 1 customer, the first of which counts");
  }

  @Test
  void aLensWhoseInputsAreAbsentSaysWhich() {
    RulesConfig rules = rules(Optional.of("Others"), "big", "employees > 100 AND age > 3");
    Lens lens = new RuleLens(rules, check(rules));
    Dataset<Row> rows = table(CustomerFeatures.TABLE, features("a").with(ProfileFeatures.AGE, 20));
    assertThat(lens.absent(input(rows, 1)))
        .contains("nobody has a value of employees (it comes from inputs.accounts)");
    assertThat(
            lens.absent(
                input(
                    table(
                        CustomerFeatures.TABLE,
                        features("a")
                            .with(ProfileFeatures.AGE, 20)
                            .with(ProfileFeatures.EMPLOYEES, 20)),
                    1)))
        .isEmpty();
  }

  @Test
  void theStagesOfTheDefaultLensAreItsSegments() {
    RulesConfig lifecycle =
        Defaults.config(Map.of()).segments().lenses().stream()
            .filter(l -> l.name().equals("lifecycle"))
            .map(RulesConfig.class::cast)
            .findFirst()
            .orElseThrow();
    Lens.Fit fit =
        new RuleLens(lifecycle, check(lifecycle))
            .fit(input(table(CustomerFeatures.TABLE, features("x")), 1));
    List<String> ids = new ArrayList<>();
    for (String stage : LifecycleFeatures.STAGES) {
      ids.add(
          table(
                  CustomerFeatures.TABLE,
                  features("a").with(LifecycleFeatures.LIFECYCLE_STAGE, stage))
              .select(fit.segmentation().model().assignment().getField("segment_id"))
              .first()
              .getString(0));
    }
    assertThat(ids)
        .containsExactly(
            "lifecycle.new",
            "lifecycle.activating",
            "lifecycle.active",
            "lifecycle.slowing",
            "lifecycle.lapsed",
            "lifecycle.won-back");
  }

  private Lens.Fit fit(RulesConfig rules, io.stratify.common.spark.Facts.FeatureRow... rows) {
    return new RuleLens(rules, check(rules))
        .fit(input(table(CustomerFeatures.TABLE, rows), rows.length));
  }

  private Lens.Input input(Dataset<Row> rows, long customers) {
    return new Lens.Input(rows, customers, Defaults.AS_OF, "hash", notices::add);
  }

  private RuleCheck.Checked check(RulesConfig rules) {
    return new RuleCheck(spark()).require(List.of(rules)).get(rules.name());
  }

  private void assertRefused(RulesConfig rules, String problem) {
    assertThatThrownBy(() -> check(rules))
        .isInstanceOf(StratifyException.class)
        .hasMessage(
            "Cannot divide customers by rules; nothing was written."
                + System.lineSeparator()
                + problem);
  }

  private static RulesConfig rules(Optional<String> other, String... idsAndSql) {
    List<RulesConfig.Rule> rules = new ArrayList<>();
    for (int i = 0; i < idsAndSql.length; i += 2) {
      rules.add(
          new RulesConfig.Rule(
              idsAndSql[i],
              idsAndSql[i].toUpperCase(java.util.Locale.ROOT),
              new SqlExpression(idsAndSql[i + 1], "conf:1")));
    }
    return new RulesConfig("mine", true, rules, other, "conf:1");
  }
}
