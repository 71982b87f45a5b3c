package io.stratify.jobs.cli;

import io.stratify.common.config.StratifyConfig;
import io.stratify.jobs.segments.UnknownFeatures;
import java.time.LocalDate;
import java.util.List;

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
    List<String> unknown = UnknownFeatures.problems(config);
    if (!unknown.isEmpty()) {
      throw new UsageException(String.join(System.lineSeparator(), unknown));
    }
  }
}
