package io.stratify.jobs.membership;

import io.stratify.jobs.segments.Additive;
import io.stratify.jobs.segments.CombinedModel;
import io.stratify.jobs.segments.Model;
import io.stratify.jobs.segments.RuleModel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The features of a model in the order in which they decided a shift: of rules those that the
 * conditions of both segments look at, of crossed lenses those of the part that the customer
 * changed, of clusters those that speak most for the new segment against the old one.
 */
final class Deciding {
  private static final Pattern WORD = Pattern.compile("\\W+");

  private final Map<String, Double> was = new HashMap<>();
  private final Map<String, Double> is = new HashMap<>();

  private Deciding(List<String> features, double[] before, double[] now) {
    for (int j = 0; j < features.size(); j++) {
      was.put(features.get(j), before[j]);
      is.put(features.get(j), now[j]);
    }
  }

  /**
   * All features of a model as reasons call them, those that decided most first.
   *
   * @param before values in the snapshot before, in the order of {@link ShiftText#deciding}; NaN
   *     where missing or no number
   * @param now the same now
   */
  static List<String> order(Model model, String from, String to, double[] before, double[] now) {
    List<String> features = ShiftText.deciding(model);
    Deciding deciding = new Deciding(features, before, now);
    Set<String> order = new LinkedHashSet<>(deciding.of(model, from, to));
    order.addAll(features);
    return List.copyOf(order);
  }

  private List<String> of(Model model, String from, String to) {
    if (model instanceof RuleModel rules) {
      return ofRules(rules, from, to);
    }
    if (model instanceof CombinedModel crossed) {
      return ofParts(crossed, from, to);
    }
    return model.additive().map(a -> ofSum(a, from, to)).orElseGet(model::features);
  }

  private static List<String> ofRules(RuleModel model, String from, String to) {
    Set<String> asked =
        model.conditions().stream()
            .filter(c -> c.segmentId().equals(from) || c.segmentId().equals(to))
            .flatMap(c -> WORD.splitAsStream(c.sql()))
            .collect(Collectors.toSet());
    return model.features().stream()
        .filter(f -> asked.contains(f.substring(f.lastIndexOf('.') + 1)))
        .toList();
  }

  /** A part of which both segments have no part in common has changed. */
  private List<String> ofParts(CombinedModel model, String from, String to) {
    List<String> changed = new ArrayList<>();
    List<String> perhaps = new ArrayList<>();
    for (int part = 0; part < 2; part++) {
      Set<String> before = parts(model, from, part);
      Set<String> after = parts(model, to, part);
      Model inner = part == 0 ? model.first() : model.second();
      boolean known = before.size() == 1 && after.size() == 1;
      List<String> features =
          known ? of(inner, before.iterator().next(), after.iterator().next()) : inner.features();
      (Collections.disjoint(before, after) ? changed : perhaps).addAll(features);
    }
    changed.addAll(perhaps);
    return changed;
  }

  private static Set<String> parts(CombinedModel model, String segment, int part) {
    return model.cells().entrySet().stream()
        .filter(cell -> cell.getValue().equals(segment))
        .map(cell -> CombinedModel.parts(cell.getKey()).get(part))
        .collect(Collectors.toSet());
  }

  private List<String> ofSum(Additive model, String from, String to) {
    double[] now = values(model, is);
    int part = model.partOf(now, to);
    int other = model.partOf(now, from);
    if (part < 0 || other < 0) {
      return model.labels();
    }
    double[] before = model.evidence(values(model, was), part, other);
    double[] after = model.evidence(now, part, other);
    return IntStream.range(0, after.length)
        .boxed()
        .sorted(Comparator.comparingDouble(j -> before[j] - after[j]))
        .map(model.labels()::get)
        .toList();
  }

  private static double[] values(Additive model, Map<String, Double> of) {
    return model.features().stream().mapToDouble(f -> of.getOrDefault(f, Double.NaN)).toArray();
  }
}
