package io.stratify.jobs.features;

import io.stratify.common.config.FeaturesConfig;
import io.stratify.common.config.InputConfig;
import io.stratify.common.config.LifecycleConfig;
import io.stratify.common.tables.ColumnSpec;
import io.stratify.common.tables.Feature;
import io.stratify.common.tables.FeatureGroup;
import io.stratify.common.tables.FeatureNeeds;
import io.stratify.common.tables.ProfileFeatures;
import java.io.Serializable;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What snapshots are made of, and by which rules.
 *
 * @param dates the as-of dates, ascending; the last is that of the run, the others are past
 * @param windowDays length of the last window, and of the previous one before it
 * @param funnel event types of the funnel
 * @param lifecycle the rule of the stages
 * @param outcomeDays days after a past snapshot in which outcomes are counted
 * @param inputs canonical inputs that the warehouse has; features of others are null
 * @param unmapped columns as {@link FeatureNeeds} names them that the warehouse does not have;
 *     features that need them are null
 */
record SnapshotPlan(
    List<LocalDate> dates,
    int windowDays,
    List<String> funnel,
    LifecycleConfig lifecycle,
    int outcomeDays,
    Set<String> inputs,
    Set<String> unmapped)
    implements Serializable {

  SnapshotPlan {
    dates = List.copyOf(new TreeSet<>(dates));
    funnel = List.copyOf(funnel);
    inputs = Set.copyOf(inputs);
    unmapped = Set.copyOf(unmapped);
  }

  /** The plan of a run. */
  static SnapshotPlan of(LocalDate asOf, FeaturesConfig config, Map<String, InputConfig> inputs) {
    List<LocalDate> dates = new ArrayList<>(config.past().before(asOf));
    dates.add(asOf);
    return new SnapshotPlan(
        dates,
        config.trendWindowDays(),
        config.funnel(),
        config.lifecycle(),
        config.outcomeDays(),
        inputs.keySet(),
        FeatureNeeds.without(
            inputs.entrySet().stream()
                .collect(
                    Collectors.toMap(Map.Entry::getKey, e -> e.getValue().columns().keySet()))));
  }

  /** The as-of date of the run. */
  LocalDate asOf() {
    return dates.get(dates.size() - 1);
  }

  /** The past as-of dates. */
  List<LocalDate> past() {
    return dates.subList(0, dates.size() - 1);
  }

  /** Whether all days in which outcomes of a past date are counted have passed. */
  boolean hasOutcomes(LocalDate date) {
    return date.isBefore(asOf()) && !date.plusDays(outcomeDays).isAfter(asOf());
  }

  /** Whether the input of a feature is there. */
  boolean has(Feature feature) {
    boolean funnelIsThere = feature.group() != FeatureGroup.FUNNEL || !funnel.isEmpty();
    return has(feature.input()) && funnelIsThere && unmapped(feature.column()).isEmpty();
  }

  /** The columns that a feature or an outcome lacks, where it has none that it could be made of. */
  Set<String> unmapped(ColumnSpec made) {
    return FeatureNeeds.of(made).stream()
        .filter(unmapped::containsAll)
        .findFirst()
        .orElse(Set.of());
  }

  /** Customers are always there; orders may come from their lines. */
  boolean has(String input) {
    return switch (input) {
      case "customers" -> true;
      case "orders" -> inputs.contains("orders") || inputs.contains("order_lines");
      default -> inputs.contains(input);
    };
  }

  /** Whether a feature is left out of past snapshots. */
  static boolean presentOnly(Feature feature) {
    return ProfileFeatures.PRESENT_ONLY.contains(feature.column());
  }
}
