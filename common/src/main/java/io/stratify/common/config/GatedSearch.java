package io.stratify.common.config;

import io.stratify.common.tables.CustomerFeatures;
import io.stratify.common.tables.Inputs;
import io.stratify.common.tables.OrderLines;
import io.stratify.common.tables.Orders;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The rule that ties the search of a lens of clusters to its gates. */
final class GatedSearch {
  private GatedSearch() {}

  /**
   * Lenses of which every candidate has more or fewer clusters than the gates let pass.
   *
   * @param inputs names of the inputs; a lens that has none of its own is left out anyway
   */
  static List<ConfigProblem> problems(
      List<ClusterConfig> lenses, ValidationConfig validation, Set<String> inputs) {
    return lenses.stream()
        .filter(lens -> lens.enabled() && lens.features().stream().anyMatch(f -> has(inputs, f)))
        .flatMap(lens -> check(lens, validation.gates(lens.name())).problems().stream())
        .toList();
  }

  private static Checks check(ClusterConfig lens, GatesConfig gates) {
    String key =
        lens.kMax() < gates.minSegments()
            ? SearchConfig.kMax(lens.path()).path()
            : SearchConfig.kMin(lens.path()).path();
    return new Checks()
        .that(
            lens.kMax() >= gates.minSegments() && lens.kMin() <= gates.maxSegments(),
            key,
            String.format(
                Locale.ROOT,
                "%s: no candidate can pass the gates of %s; there are %d to %d clusters (k-min,"
                    + " k-max), and they ask for %d to %d (min-segments, max-segments)",
                key,
                gates.path(),
                lens.kMin(),
                lens.kMax(),
                gates.minSegments(),
                gates.maxSegments()));
  }

  private static boolean has(Set<String> inputs, String feature) {
    String input = CustomerFeatures.named(feature).input();
    boolean ofLines = input.equals(Orders.TABLE.name()) && inputs.contains(OrderLines.TABLE.name());
    return inputs.contains(input) || ofLines || Inputs.find(input).isEmpty();
  }
}
