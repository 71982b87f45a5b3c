package io.stratify.jobs.runlog;

import io.stratify.common.config.LoadedConfig;
import io.stratify.common.tables.CompetitorScores;
import io.stratify.common.tables.Hypotheses;
import io.stratify.common.tables.Initiatives;
import io.stratify.common.tables.MarketSizes;
import io.stratify.common.tables.Playbooks;
import io.stratify.common.tables.SegmentNames;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The settings that decide what a job hands on. A later job of the run goes by its own
 * configuration: a model that was learnt on features of another SQL would be kept as one of this
 * SQL.
 */
final class JobSettings {
  private static final List<String> DATA = List.of("inputs", "conform", "consent");
  private static final String FEATURES = "features";

  private static final Map<String, List<String>> SECTIONS =
      Map.of(
          "conform",
          DATA,
          "features",
          List.of(FEATURES),
          "segments",
          Stream.concat(DATA.stream(), Stream.of(FEATURES)).toList());

  /**
   * What no feature of the date depends on: what people write down about segments they have seen,
   * and which past dates are made besides (an option of {@code stratify features}).
   */
  private static final Set<String> ASIDE =
      Stream.concat(
              Stream.of("features.past"),
              Stream.of(
                      CompetitorScores.TABLE,
                      Hypotheses.TABLE,
                      Initiatives.TABLE,
                      MarketSizes.TABLE,
                      Playbooks.TABLE,
                      SegmentNames.TABLE)
                  .map(table -> "inputs." + table.name()))
          .collect(Collectors.toSet());

  private JobSettings() {}

  /** Their keys, as words; empty of a job that later ones do not depend on in this way. */
  static String words(String job) {
    return String.join(", ", SECTIONS.getOrDefault(job, List.of()));
  }

  /** A hash of them; nothing of a job that later ones do not depend on in this way. */
  static Optional<String> hash(LoadedConfig loaded, String job) {
    return Optional.ofNullable(SECTIONS.get(job))
        .map(
            keys ->
                loaded.hashOf(key -> keys.stream().anyMatch(k -> isBelow(key, k)) && counts(key)));
  }

  private static boolean counts(String key) {
    return ASIDE.stream().noneMatch(path -> isBelow(key, path));
  }

  private static boolean isBelow(String key, String path) {
    return key.equals(path) || key.startsWith(path + ".");
  }
}
