package io.stratify.jobs.membership;

import io.stratify.jobs.segments.CombinedModel;
import io.stratify.jobs.segments.SegmentInfo;
import io.stratify.jobs.segments.Segmentation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Names of the segments of crossed lenses, which are made of those of the lenses they cross. */
final class CrossedNames {
  private final Map<String, String> fitted = new HashMap<>();
  private final Map<String, String> now = new HashMap<>();
  private final Map<String, String> merged;

  /**
   * Names of all lenses.
   *
   * @param fitted as the fits named the segments
   * @param now after what people decided about them
   * @param merged segments that people merged, with what into
   */
  CrossedNames(List<Segmentation> fitted, List<Segmentation> now, Map<String, String> merged) {
    this.merged = merged;
    fitted.forEach(s -> s.segments().forEach(i -> this.fitted.put(i.id(), i.name())));
    now.forEach(s -> s.segments().forEach(i -> this.now.put(i.id(), i.name())));
  }

  /**
   * The segmentation with names that follow those of the lenses that it crosses, unless another of
   * its segments has the name: people may have merged the parts that told them apart.
   *
   * @param decided segments that people named themselves, whose names stay
   */
  Segmentation of(Segmentation s, Set<String> decided) {
    if (!(s.model() instanceof CombinedModel model)) {
      return s;
    }
    Map<String, SegmentInfo> follow = new HashMap<>();
    s.segments().stream()
        .filter(i -> !decided.contains(i.id()))
        .forEach(i -> following(i, model).ifPresent(f -> follow.put(i.id(), f)));
    Set<String> taken = new HashSet<>();
    s.segments().stream()
        .filter(i -> i.equals(follow.getOrDefault(i.id(), i)))
        .forEach(i -> taken.add(i.name()));
    List<SegmentInfo> segments = new ArrayList<>();
    for (SegmentInfo i : s.segments()) {
      SegmentInfo named = follow.getOrDefault(i.id(), i);
      segments.add(named.equals(i) || taken.add(named.name()) ? named : i);
    }
    return s.with(segments, model);
  }

  /** Of its cells the one that gave it the name gives it the new one. */
  private Optional<SegmentInfo> following(SegmentInfo segment, CombinedModel model) {
    return model.cells().entrySet().stream()
        .filter(cell -> cell.getValue().equals(segment.id()))
        .map(cell -> CombinedModel.parts(cell.getKey()))
        .filter(parts -> title(parts, fitted).equalsIgnoreCase(segment.name()))
        .findFirst()
        .map(
            parts ->
                new SegmentInfo(
                    segment.id(), title(parts, now), segment.definition(), segment.rule()));
  }

  private String title(List<String> parts, Map<String, String> names) {
    return CombinedModel.title(name(parts.get(0), names), name(parts.get(1), names));
  }

  private String name(String id, Map<String, String> names) {
    return Optional.ofNullable(names.get(id)).or(() -> into(id, names)).orElse(id);
  }

  private Optional<String> into(String id, Map<String, String> names) {
    return Optional.ofNullable(merged.get(id)).map(names::get);
  }
}
