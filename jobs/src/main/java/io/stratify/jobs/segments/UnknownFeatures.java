package io.stratify.jobs.segments;

import io.stratify.common.config.ClusterConfig;
import io.stratify.common.config.CustomFeature;
import io.stratify.common.config.StratifyConfig;
import io.stratify.common.tables.CustomerFeatures;
import io.stratify.common.tables.Feature;
import java.util.List;
import java.util.stream.Stream;

/** Features that lenses of clusters name and that nobody computes. */
public final class UnknownFeatures {
  private UnknownFeatures() {}

  /** One sentence for each lens of the configuration that names some; no data is needed. */
  public static List<String> problems(StratifyConfig config) {
    List<String> known =
        Stream.concat(
                CustomerFeatures.FEATURES.stream().map(Feature::name),
                config.features().custom().stream().map(CustomFeature::name))
            .toList();
    return config.segments().clusters().stream()
        .filter(ClusterConfig::enabled)
        .flatMap(lens -> problem(lens, known))
        .toList();
  }

  private static Stream<String> problem(ClusterConfig lens, List<String> known) {
    List<String> unknown =
        lens.features().stream()
            .filter(f -> !known.contains(f) && CustomerFeatures.keyed(f).isEmpty())
            .toList();
    return unknown.isEmpty()
        ? Stream.empty()
        : Stream.of(
            lens.path()
                + ".features names no feature of customer_features: "
                + String.join(", ", unknown)
                + ". The features are: "
                + String.join(", ", known));
  }
}
