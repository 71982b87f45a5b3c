package io.stratify.jobs.cli;

import io.stratify.common.config.StratifyConfig;
import io.stratify.jobs.segments.UnknownFeatures;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

/** What can be checked before Spark starts. */
final class Preflight {
  private Preflight() {}

  /**
   * The as-of date.
   *
   * @throws UsageException if it is not configured, or so far ahead that it was mistyped: readers
   *     would see it as the newest until then
   */
  static LocalDate requireAsOf(StratifyConfig config) {
    LocalDate asOf =
        config
            .asOf()
            .orElseThrow(
                () ->
                    new UsageException(
                        "The as-of date is missing. Say which day to describe: --as-of YYYY-MM-DD"
                            + " (only facts before that day count)"));
    if (asOf.isAfter(LocalDate.now(ZoneOffset.UTC).plusYears(1))) {
      throw new UsageException(
          "The as-of date is "
              + asOf
              + ", more than a year from now: the current views would stay at it until then. Correct"
              + " --as-of YYYY-MM-DD");
    }
    return asOf;
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
