package io.stratify.jobs.membership;

import io.stratify.jobs.segments.CombinedModel;
import io.stratify.jobs.segments.SegmentInfo;
import io.stratify.jobs.segments.Segmentation;
import java.util.HashMap;
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
   * The segmentation with names that follow those of the lenses that it crosses.
   *
   * @param decided segments that people named themselves, whose names stay
   */
  Segmentation of(Segmentation s, Set<String> decided) {
    if (!(s.model() instanceof CombinedModel model)) {
      return s;
    }
    return s.with(
        s.segments().stream()
            .map(i -> decided.contains(i.id()) ? i : following(i, model).orElse(i))
            .toList(),
        model);
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
