package io.stratify.jobs.runlog;

import io.stratify.common.config.LoadedConfig;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The settings that decide what a job hands on. A later job of the run goes by its own
 * configuration: a model that was learnt on features of another SQL would be kept as one of this
 * SQL.
 */
final class JobSettings {
  private static final Map<String, List<String>> SECTIONS =
      Map.of("conform", List.of("inputs", "conform", "consent"), "features", List.of("features"));

  private JobSettings() {}

  /** Their keys, as words; empty of a job that later ones do not depend on in this way. */
  static String words(String job) {
    return String.join(", ", SECTIONS.getOrDefault(job, List.of()));
  }

  /** A hash of them; nothing of a job that later ones do not depend on in this way. */
  static Optional<String> hash(LoadedConfig loaded, String job) {
    return Optional.ofNullable(SECTIONS.get(job))
        .map(
            sections ->
                sections.stream()
                    .map(section -> loaded.sections().getOrDefault(section, ""))
                    .collect(Collectors.joining("-")));
  }
}
