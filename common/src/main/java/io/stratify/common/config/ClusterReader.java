package io.stratify.common.config;

import io.stratify.common.config.PolicyConfig.Measure;
import io.stratify.common.tables.FeatureGroup;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** Makes the record of a lens of clusters; what it does not say is as in another one. */
final class ClusterReader {
  private final Section s;
  private final String path;
  private final Optional<ClusterConfig> fallback;

  private ClusterReader(String name, Section s, Optional<ClusterConfig> fallback) {
    this.s = s;
    this.path = ClusterConfig.path(name);
    this.fallback = fallback;
  }

  static Optional<ClusterConfig> read(String name, Section s, Optional<ClusterConfig> fallback) {
    ClusterReader reader = new ClusterReader(name, s, fallback);
    boolean enabled = s.find(Key.flag(reader.path + ".enabled")).orElse(true);
    var features = s.require(ClusterConfig.features(reader.path));
    var search = reader.search();
    var preparation = reader.preparation();
    var policy = reader.policy();
    if (features.isEmpty() || search.isEmpty() || preparation.isEmpty() || policy.isEmpty()) {
      return Optional.empty();
    }
    return s.build(
        () ->
            new ClusterConfig(
                name, enabled, features.get(), search.get(), preparation.get(), policy.get()));
  }

  /** Makes the keys of a lens known whose values cannot be judged, since its fallback is broken. */
  static void know(String name, Section s) {
    String path = ClusterConfig.path(name);
    List<Key<?>> keys =
        List.of(
            Key.flag(path + ".enabled"),
            ClusterConfig.features(path),
            SearchConfig.algorithms(path),
            SearchConfig.kMin(path),
            SearchConfig.kMax(path),
            SearchConfig.minShare(path),
            SearchConfig.maxIterations(path),
            SearchConfig.restarts(path),
            SearchConfig.coreset(path),
            SearchConfig.rulesDepth(path),
            PreparationConfig.winsorise(path),
            PreparationConfig.logAboveSkew(path),
            PreparationConfig.skewed(path),
            PreparationConfig.scaling(path),
            PreparationConfig.indicatorAbove(path),
            PreparationConfig.sameAbove(path),
            PreparationConfig.maxCorrelation(path),
            PolicyConfig.outcome(path));
    keys.forEach(s::find);
    FeatureGroup.NAMES.forEach(g -> s.section("weights").find(PreparationConfig.weight(path, g)));
    for (Measure m : Measure.values()) {
      s.section("policy").find(PolicyConfig.weight(path, m));
    }
    s.section("policy").find(PolicyConfig.tolerance(path));
    s.section("policy").find(PolicyConfig.resamples(path));
  }

  private <T> T get(Key<T> key, Function<ClusterConfig, T> other) {
    return s.find(key)
        .or(() -> fallback.map(other))
        .orElseThrow(() -> new IllegalStateException("No default for " + key.path()));
  }

  private Optional<SearchConfig> search() {
    List<Algorithm> algorithms = get(SearchConfig.algorithms(path), c -> c.search().algorithms());
    int kMin = get(SearchConfig.kMin(path), ClusterConfig::kMin);
    int kMax = get(SearchConfig.kMax(path), ClusterConfig::kMax);
    double share = get(SearchConfig.minShare(path), c -> c.search().minShare());
    int iterations = get(SearchConfig.maxIterations(path), c -> c.search().maxIterations());
    int restarts = get(SearchConfig.restarts(path), c -> c.search().restarts());
    int coreset = get(SearchConfig.coreset(path), c -> c.search().coreset());
    int depth = get(SearchConfig.rulesDepth(path), c -> c.search().rulesDepth());
    return s.build(
        () ->
            new SearchConfig(
                path, algorithms, kMin, kMax, share, iterations, restarts, coreset, depth));
  }

  private Optional<PreparationConfig> preparation() {
    double winsorise = get(PreparationConfig.winsorise(path), c -> c.preparation().winsorise());
    double skew = get(PreparationConfig.logAboveSkew(path), c -> c.preparation().logAboveSkew());
    var skewed = get(PreparationConfig.skewed(path), c -> c.preparation().skewed());
    var scaling = get(PreparationConfig.scaling(path), c -> c.preparation().scaling());
    double indicator =
        get(PreparationConfig.indicatorAbove(path), c -> c.preparation().indicatorAbove());
    double same = get(PreparationConfig.sameAbove(path), c -> c.preparation().sameAbove());
    double correlation =
        get(PreparationConfig.maxCorrelation(path), c -> c.preparation().maxCorrelation());
    Map<String, Double> weights = weights();
    return s.build(
        () ->
            new PreparationConfig(
                path, winsorise, skew, skewed, scaling, weights, indicator, same, correlation));
  }

  private Map<String, Double> weights() {
    Section given = s.section("weights");
    Map<String, Double> weights = new TreeMap<>();
    fallback.ifPresent(c -> weights.putAll(c.preparation().weights()));
    for (String group : FeatureGroup.NAMES) {
      given.find(PreparationConfig.weight(path, group)).ifPresent(w -> weights.put(group, w));
    }
    return weights;
  }

  private Optional<PolicyConfig> policy() {
    Section given = s.section("policy");
    Map<Measure, Double> weights = new EnumMap<>(Measure.class);
    for (Measure m : Measure.values()) {
      weights.put(
          m,
          given
              .find(PolicyConfig.weight(path, m))
              .or(() -> fallback.map(c -> c.policy().weight(m)))
              .orElse(0.0));
    }
    double tolerance =
        given
            .find(PolicyConfig.tolerance(path))
            .or(() -> fallback.map(c -> c.policy().tolerance()))
            .orElseThrow();
    int resamples =
        given
            .find(PolicyConfig.resamples(path))
            .or(() -> fallback.map(c -> c.policy().resamples()))
            .orElseThrow();
    Optional<String> outcome = get(PolicyConfig.outcome(path), c -> c.policy().outcome());
    return s.build(() -> new PolicyConfig(path, weights, tolerance, resamples, outcome));
  }
}
