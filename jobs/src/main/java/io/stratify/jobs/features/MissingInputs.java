package io.stratify.jobs.features;

import io.stratify.common.config.CustomFeature;
import io.stratify.common.tables.CustomerDay;
import io.stratify.common.tables.CustomerFeatures;
import io.stratify.common.tables.Feature;
import io.stratify.common.tables.FeatureGroup;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Which groups of features are left out, and for lack of which input. */
final class MissingInputs {
  private MissingInputs() {}

  /** One sentence; none where every group has its inputs. */
  static Optional<String> notice(SnapshotPlan plan) {
    Map<String, Set<FeatureGroup>> lacking = new LinkedHashMap<>();
    for (Feature f : CustomerFeatures.ALL) {
      if (!plan.has(f)) {
        lacking.computeIfAbsent(lack(plan, f), k -> new TreeSet<>()).add(f.group());
      }
    }
    if (lacking.isEmpty()) {
      return Optional.empty();
    }
    List<String> parts =
        lacking.entrySet().stream().map(e -> e.getKey() + words(plan, e.getValue())).toList();
    return Optional.of("features are left out " + String.join("; ", parts));
  }

  /** The features of the configuration that have no table to be made of; none where all have. */
  static Optional<String> notice(SnapshotPlan plan, List<CustomFeature> custom) {
    Map<String, List<String>> lacking = new LinkedHashMap<>();
    for (CustomFeature f : custom) {
      if (!f.table().equals(CustomerDay.TABLE.name()) && !plan.has(f.table())) {
        lacking.computeIfAbsent(f.table(), t -> new ArrayList<>()).add(f.name());
      }
    }
    List<String> parts =
        lacking.entrySet().stream()
            .map(e -> "for lack of inputs." + e.getKey() + ": " + String.join(", ", e.getValue()))
            .toList();
    return parts.isEmpty()
        ? Optional.empty()
        : Optional.of("features of the configuration have no values " + String.join("; ", parts));
  }

  private static String lack(SnapshotPlan plan, Feature feature) {
    if (!plan.has(feature.input())) {
      return "for lack of inputs." + feature.input() + ": ";
    }
    Set<String> columns = plan.unmapped(feature.column());
    return columns.isEmpty()
        ? "for lack of features.funnel: "
        : new TreeSet<>(columns)
            .stream().collect(Collectors.joining(" or ", "for lack of the column ", ": "));
  }

  private static String words(SnapshotPlan plan, Set<FeatureGroup> groups) {
    return groups.stream()
        .map(
            g -> {
              boolean part =
                  CustomerFeatures.ALL.stream().anyMatch(f -> f.group() == g && plan.has(f));
              return part ? "part of " + g.label() : g.label();
            })
        .collect(Collectors.joining(", "));
  }
}
