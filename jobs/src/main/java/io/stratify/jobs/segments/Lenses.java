package io.stratify.jobs.segments;

import io.stratify.common.StratifyException;
import io.stratify.common.config.ClusterConfig;
import io.stratify.common.config.CombinedConfig;
import io.stratify.common.config.LensConfig;
import io.stratify.common.config.RulesConfig;
import io.stratify.common.config.SegmentsConfig;
import io.stratify.jobs.JobContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;

/** The lenses of the configuration, those that cross others last. */
final class Lenses {
  private Lenses() {}

  /**
   * The lenses that are enabled and have their inputs.
   *
   * @throws StratifyException if there is none, or if rules are of no use
   */
  static List<Lens> of(JobContext context) {
    SegmentsConfig config = context.config().segments();
    List<Lens> lenses = new ArrayList<>();
    boolean orders =
        context.config().inputs().containsKey("orders")
            || context.config().inputs().containsKey("order_lines");
    if (!orders && (config.rfm().enabled() || config.value().enabled())) {
      context.notices().accept("lenses rfm and value are left out: there are no orders");
    }
    if (orders && config.rfm().enabled()) {
      lenses.add(new RfmLens(config.rfm()));
    }
    if (orders && config.value().enabled()) {
      lenses.add(new ValueLens(config.value()));
    }
    if (config.behaviour().enabled()) {
      lenses.add(clusters(context.spark(), config, config.behaviour()));
    }
    addFurther(context.spark(), config, lenses);
    if (lenses.isEmpty()) {
      throw new StratifyException(
          "Cannot fit segments: no lens is enabled and has its inputs. Set one of"
              + " segments.behaviour.enabled, segments.lenses.lifecycle.enabled, or with orders"
              + " segments.rfm.enabled, segments.value.enabled");
    }
    return lenses;
  }

  /**
   * Checks the rules of the lenses that are enabled.
   *
   * @return what is known of them, by lens
   * @throws StratifyException with all that is wrong with them
   */
  static Map<String, RuleCheck.Checked> requireRules(SparkSession spark, SegmentsConfig config) {
    return new RuleCheck(spark)
        .require(
            config.lenses().stream()
                .filter(LensConfig::enabled)
                .filter(RulesConfig.class::isInstance)
                .map(RulesConfig.class::cast)
                .toList());
  }

  private static void addFurther(SparkSession spark, SegmentsConfig config, List<Lens> lenses) {
    List<LensConfig> enabled = config.lenses().stream().filter(LensConfig::enabled).toList();
    Map<String, RuleCheck.Checked> checked = requireRules(spark, config);
    List<CombinedConfig> crosses = new ArrayList<>();
    for (LensConfig lens : enabled) {
      if (lens instanceof RulesConfig rules) {
        lenses.add(new RuleLens(rules, checked.get(rules.name())));
      } else if (lens instanceof ClusterConfig clusters) {
        lenses.add(clusters(spark, config, clusters));
      } else if (lens instanceof CombinedConfig crossed) {
        crosses.add(crossed);
      }
    }
    List<Lens> whole = List.copyOf(lenses);
    crosses.forEach(c -> lenses.add(new CombinedLens(c, parts(whole, c))));
  }

  private static Lens clusters(SparkSession spark, SegmentsConfig config, ClusterConfig lens) {
    return new ClusterLens(spark, lens, config.sample(), config.seed());
  }

  /** What crossed lenses depend on, so that a change of one is a change of both. */
  private static String parts(List<Lens> whole, CombinedConfig crossed) {
    return crossed.of().stream()
        .flatMap(of -> whole.stream().filter(lens -> lens.name().equals(of)))
        .map(Lens::configuration)
        .collect(Collectors.joining());
  }
}
