package io.stratify.jobs.cli;

import io.stratify.common.config.ClusterConfig;
import io.stratify.common.config.CustomFeature;
import io.stratify.common.config.StratifyConfig;
import io.stratify.common.tables.CustomerFeatures;
import io.stratify.common.tables.Feature;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;

/** What can be checked before Spark starts. */
final class Preflight {
  private Preflight() {}

  /**
   * The as-of date.
   *
   * @throws UsageException if it is not configured
   */
  static LocalDate requireAsOf(StratifyConfig config) {
    return config
        .asOf()
        .orElseThrow(
            () ->
                new UsageException(
                    "The as-of date is missing. Say which day to describe: --as-of YYYY-MM-DD (only"
                        + " facts before that day count)"));
  }

  /**
   * Checks what the jobs need of the configuration.
   *
   * @throws UsageException that says what is missing
   */
  static void check(StratifyConfig config) {
    requireAsOf(config);
    if (config.inputs().isEmpty()) {
      throw new UsageException(
          "No inputs are configured. Give a configuration that maps your tables: --conf FILE"
              + " (conf/cdnow.conf is a short example; ./stratify demo needs none)");
    }
    List<String> known =
        Stream.concat(
                CustomerFeatures.FEATURES.stream().map(Feature::name),
                config.features().custom().stream().map(CustomFeature::name))
            .toList();
    config.segments().clusters().forEach(lens -> requireFeatures(lens, known));
  }

  private static void requireFeatures(ClusterConfig lens, List<String> known) {
    List<String> unknown =
        lens.features().stream()
            .filter(f -> !known.contains(f) && CustomerFeatures.keyed(f).isEmpty())
            .toList();
    if (!unknown.isEmpty()) {
      throw new UsageException(
          lens.path()
              + ".features names no feature of customer_features: "
              + String.join(", ", unknown)
              + ". The features are: "
              + String.join(", ", known));
    }
  }
}
