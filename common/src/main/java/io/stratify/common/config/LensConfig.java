package io.stratify.common.config;

/** A lens of the configuration. */
public sealed interface LensConfig permits ClusterConfig, RulesConfig, CombinedConfig {
  /** Lower-case letters, digits and hyphens: part of the ids of its segments. */
  String NAME = "[a-z0-9][a-z0-9-]*";

  /** Name of the lens. */
  String name();

  /** Whether the lens is computed. */
  boolean enabled();

  /** Where the keys of a lens below {@code segments.lenses} are. */
  static String path(String name) {
    return "segments.lenses." + name;
  }

  /** What makes the segments of a lens. */
  enum Kind {
    /** Conditions. */
    RULES,
    /** Clusters. */
    CLUSTERS,
    /** Two other lenses. */
    COMBINED
  }
}
