package io.stratify.common.config;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How customers are divided.
 *
 * @param seed seed of everything drawn at random
 * @param refit when a segmentation is fitted again
 * @param sample customers from whom the preparation of features and the quantiles of segments are
 *     learnt
 * @param rfm the rules over RFM scores
 * @param value the tiers by revenue
 * @param behaviour the clusters over behavioural features
 * @param lenses further lenses, by their names
 */
public record SegmentsConfig(
    long seed,
    RefitConfig refit,
    int sample,
    RfmConfig rfm,
    ValueConfig value,
    ClusterConfig behaviour,
    List<LensConfig> lenses) {
  /** Names of the lenses that have sections of their own. */
  static final List<String> OWN = List.of("rfm", "value", ClusterConfig.BEHAVIOUR);

  static final Key<Long> SEED = Key.seed("segments.seed");
  static final Key<Integer> SAMPLE = Key.wholeNumber("segments.sample", 100);

  /** Checks the numbers, and that no two lenses have one name. */
  public SegmentsConfig {
    lenses = List.copyOf(lenses);
    checks(sample, refit, lenses).all(named(lenses)).done();
  }

  /** The lenses of clusters, whether or not they are enabled. */
  public List<ClusterConfig> clusters() {
    List<ClusterConfig> all = new ArrayList<>(List.of(behaviour));
    lenses.stream()
        .flatMap(
            l ->
                l instanceof ClusterConfig c
                    ? Optional.of(c).stream()
                    : Optional.<ClusterConfig>empty().stream())
        .forEach(all::add);
    return all;
  }

  private static List<ConfigProblem> named(List<LensConfig> lenses) {
    Checks checks = new Checks();
    Set<String> known = new LinkedHashSet<>(OWN);
    for (LensConfig lens : lenses) {
      String path = LensConfig.path(lens.name());
      checks
          .that(
              lens.name().matches(LensConfig.NAME),
              path,
              path + " is no name of a lens; it must be lower-case letters, digits and hyphens")
          .that(
              known.add(lens.name()),
              path,
              path
                  + " has the name of another lens; each must be unique. segments."
                  + lens.name()
                  + " is there already");
    }
    for (LensConfig lens : lenses) {
      if (lens instanceof CombinedConfig combined) {
        combined.of().stream()
            .filter(of -> !known.contains(of) || isCombined(lenses, of))
            .forEach(
                of ->
                    checks.that(
                        false,
                        LensConfig.path(lens.name()) + ".of",
                        LensConfig.path(lens.name())
                            + ".of names "
                            + of
                            + ", which is no lens that can be crossed"));
      }
    }
    return checks.problems();
  }

  private static boolean isCombined(List<LensConfig> lenses, String name) {
    return lenses.stream().anyMatch(l -> l.name().equals(name) && l instanceof CombinedConfig);
  }

  /** What is wrong with the rest, whatever is wrong with the lenses of their own sections. */
  static List<ConfigProblem> problems(int sample, RefitConfig refit, List<LensConfig> lenses) {
    return checks(sample, refit, lenses).problems();
  }

  private static Checks checks(int sample, RefitConfig refit, List<LensConfig> lenses) {
    Checks checks = new Checks().check(SAMPLE, sample);
    for (LensConfig lens : lenses) {
      if (lens instanceof CombinedConfig combined) {
        checks.all(refit.ofCrossing(combined));
      }
    }
    return checks;
  }
}
