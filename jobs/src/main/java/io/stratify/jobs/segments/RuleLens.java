package io.stratify.jobs.segments;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import io.stratify.common.Counted;
import io.stratify.common.config.ConfigText;
import io.stratify.common.config.RulesConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;

/**
 * A lens of conditions over features.
 *
 * @param config the conditions
 * @param checked what is known of them before anybody is divided
 */
record RuleLens(RulesConfig config, RuleCheck.Checked checked) implements Lens {
  @Override
  public String name() {
    return config.name();
  }

  @Override
  public String configuration() {
    return config.name()
        + config.rules().stream().map(r -> r.id() + r.name() + r.when().sql()).toList()
        + config.other();
  }

  @Override
  public String parameters() {
    return ConfigText.of(config);
  }

  @Override
  public Optional<String> absent(Input input) {
    return checked.columns().isEmpty()
        ? Optional.empty()
        : FeaturePresence.reason(input.features(), checked.columns());
  }

  @Override
  public Fit fit(Input input) {
    if (!checked.proven()) {
      report(input);
    }
    List<RuleModel.Condition> conditions = new ArrayList<>();
    List<SegmentInfo> segments = new ArrayList<>();
    for (RulesConfig.Rule rule : config.rules()) {
      String id = name() + "." + rule.id();
      conditions.add(new RuleModel.Condition(id, rule.when().sql()));
      segments.add(new SegmentInfo(id, rule.name(), rule.when().sql()));
    }
    String other = config.other().map(o -> name() + "." + RulesConfig.OTHER).orElse(null);
    config.other().ifPresent(o -> segments.add(new SegmentInfo(other, o, "no other rule holds")));
    return new Fit(
        new Segmentation(
            Segmentation.idOf(name(), input.asOf()),
            name(),
            input.asOf(),
            "rules",
            segments,
            new RuleModel(conditions, other, checked.columns()),
            null,
            null,
            input.configHash()));
  }

  /**
   * Says which rules hold for nobody, and for how many customers two hold, the first of which
   * counts.
   */
  private void report(Input input) {
    List<Column> holds =
        config.rules().stream().map(r -> coalesce(expr(r.when().sql()), lit(false))).toList();
    Column several = lit(0);
    for (Column h : holds) {
      several = several.plus(h.cast("int"));
    }
    Row counts =
        input
            .features()
            .agg(
                count(when(several.gt(1), 1)),
                holds.stream().map(h -> count(when(h, 1))).toArray(Column[]::new))
            .first();
    List<String> never =
        IntStream.range(0, holds.size())
            .filter(i -> counts.getLong(i + 1) == 0)
            .mapToObj(i -> config.rules().get(i).id())
            .toList();
    if (!never.isEmpty()) {
      input
          .notices()
          .accept("lens " + name() + ": for nobody holds rule " + String.join(", ", never));
    }
    if (counts.getLong(0) > 0) {
      input
          .notices()
          .accept(
              String.format(
                  "lens %s: more than one rule holds for %s, the first of which counts",
                  name(), Counted.of(counts.getLong(0), "customer")));
    }
  }
}
