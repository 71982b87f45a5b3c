package io.stratify.jobs.features;

import io.stratify.common.config.ClusterConfig;
import io.stratify.common.config.CustomFeature;
import io.stratify.common.config.StratifyConfig;
import io.stratify.common.tables.ColumnSpec;
import io.stratify.common.tables.CustomerFeatures;
import io.stratify.common.tables.Feature;
import io.stratify.common.tables.PurchaseFeatures;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which features a snapshot has. What is scored is in it whatever is wanted.
 *
 * @param columns of {@code customer_features}
 * @param custom features of the configuration
 */
record Wanted(Set<String> columns, List<CustomFeature> custom) {
  Wanted {
    columns = Set.copyOf(columns);
    custom = List.copyOf(custom);
  }

  /** Every feature. */
  static Wanted all(StratifyConfig config) {
    return new Wanted(
        CustomerFeatures.TABLE.body().stream().map(ColumnSpec::name).collect(Collectors.toSet()),
        config.features().custom());
  }

  /**
   * What the lenses of clusters read: all that is asked of the past.
   *
   * @param champions features of the segmentations that customers are assigned by, which may be of
   *     an earlier configuration
   */
  static Wanted byLenses(StratifyConfig config, Collection<String> champions) {
    Set<String> names = new HashSet<>(champions);
    config.segments().clusters().stream()
        .filter(ClusterConfig::enabled)
        .forEach(lens -> names.addAll(lens.features()));
    List<CustomFeature> custom =
        config.features().custom().stream().filter(f -> names.contains(f.name())).toList();
    Set<String> columns =
        names.stream().flatMap(name -> column(name).stream()).collect(Collectors.toSet());
    if (!custom.isEmpty()) {
      columns.add(CustomerFeatures.CUSTOM.name());
    }
    return new Wanted(columns, custom);
  }

  /** The column of a feature, which may be a key of a map; none of one of the configuration. */
  private static Optional<String> column(String name) {
    return CustomerFeatures.TABLE
        .column(name)
        .map(ColumnSpec::name)
        .or(() -> CustomerFeatures.keyed(name).map(Feature::name));
  }

  /** Whether the features of the configuration are in it, if only as an empty map. */
  boolean customs() {
    return has(CustomerFeatures.CUSTOM);
  }

  /** Whether scores are in it. */
  boolean scores() {
    return Stream.of(CustomerFeatures.R_SCORE, CustomerFeatures.F_SCORE, CustomerFeatures.M_SCORE)
        .anyMatch(this::has);
  }

  /** Whether predictions are in it. */
  boolean predictions() {
    return Stream.of(
            PurchaseFeatures.PREDICTED_PURCHASES,
            PurchaseFeatures.PREDICTED_VALUE,
            PurchaseFeatures.ALIVE_PROBABILITY)
        .anyMatch(this::has);
  }

  private boolean has(ColumnSpec column) {
    return columns.contains(column.name());
  }
}
