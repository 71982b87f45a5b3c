package io.stratify.common.config;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Makes the records below {@code validation}. */
final class ValidationReader {
  private ValidationReader() {}

  /**
   * The section, unless there are problems.
   *
   * @param lenses names of the lenses of clusters below {@code segments.lenses}
   */
  static Optional<ValidationConfig> read(Section s, Set<String> lenses) {
    boolean provisional = s.get(ValidationConfig.PUBLISH_PROVISIONAL);
    var unmeasured = s.get(ValidationConfig.UNMEASURED);
    var proposals = s.get(ValidationConfig.PROPOSALS);
    var evidence = evidence(s);
    var health = health(s.section("health"));
    var gates = gates(ValidationConfig.PATH, s, Optional.empty());
    Map<String, GatesConfig> ofLens = new TreeMap<>();
    s.section("lenses")
        .sections()
        .forEach(
            (lens, own) -> {
              requireClusters(s, lens, lenses);
              gates(ValidationConfig.path(lens), own, gates).ifPresent(g -> ofLens.put(lens, g));
            });
    if (gates.isEmpty() || evidence.isEmpty() || health.isEmpty()) {
      return Optional.empty();
    }
    return s.build(
        () ->
            new ValidationConfig(
                gates.get(),
                ofLens,
                evidence.get(),
                unmeasured,
                proposals,
                provisional,
                health.get()));
  }

  private static void requireClusters(Section s, String lens, Set<String> lenses) {
    if (!lens.equals(ClusterConfig.BEHAVIOUR) && !lenses.contains(lens)) {
      String path = ValidationConfig.path(lens);
      s.report(
          new ConfigProblem(
              path,
              path
                  + " is about no lens with gates; it must be one of "
                  + ClusterConfig.BEHAVIOUR
                  + (lenses.isEmpty() ? "" : ", " + String.join(", ", lenses)),
              List.of()));
    }
  }

  private static Optional<EvidenceConfig> evidence(Section s) {
    int sample = s.get(EvidenceConfig.SAMPLE);
    int bootstraps = s.get(EvidenceConfig.BOOTSTRAPS);
    int splits = s.get(EvidenceConfig.SPLITS);
    int cohorts = s.get(EvidenceConfig.COHORTS);
    int concurrency = s.get(EvidenceConfig.CONCURRENCY);
    int least = s.get(EvidenceConfig.MIN_PER_SEGMENT);
    return s.build(
        () -> new EvidenceConfig(sample, bootstraps, splits, cohorts, concurrency, least));
  }

  private static Optional<HealthConfig> health(Section s) {
    double features = s.get(HealthConfig.FEATURE_DRIFT);
    double shares = s.get(HealthConfig.SHARE_DRIFT);
    double outliers = s.get(HealthConfig.OUTLIERS);
    double confidence = s.get(HealthConfig.CONFIDENCE);
    return s.build(() -> new HealthConfig(features, shares, outliers, confidence));
  }

  /** Gates; what they do not say is as in others. */
  private static Optional<GatesConfig> gates(
      String path, Section s, Optional<GatesConfig> fallback) {
    var min =
        s.find(GatesConfig.minSegments(path)).or(() -> fallback.map(GatesConfig::minSegments));
    var max =
        s.find(GatesConfig.maxSegments(path)).or(() -> fallback.map(GatesConfig::maxSegments));
    var share = s.find(GatesConfig.minShare(path)).or(() -> fallback.map(GatesConfig::minShare));
    Map<Gate, Double> limits = new EnumMap<>(Gate.class);
    for (Gate gate : Gate.values()) {
      s.find(gate.key(path))
          .orElseGet(() -> fallback.flatMap(g -> g.limit(gate)))
          .ifPresent(limit -> limits.put(gate, limit));
    }
    if (min.isEmpty() || max.isEmpty() || share.isEmpty()) {
      return Optional.empty();
    }
    return s.build(() -> new GatesConfig(path, min.get(), max.get(), share.get(), limits));
  }
}
