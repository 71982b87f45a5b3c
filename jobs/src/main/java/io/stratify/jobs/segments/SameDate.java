package io.stratify.jobs.segments;

import io.stratify.common.io.Lake;
import io.stratify.common.io.Snapshot;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What earlier revisions of an as-of date fitted.
 *
 * @param asOf the date
 * @param fitted segmentations by lens, the newest first
 * @param published the id of the segmentation that readers have of the date, by lens
 */
record SameDate(
    LocalDate asOf, Map<String, List<Segmentation>> fitted, Map<String, String> published) {
  static SameDate of(Lake lake, Snapshot snapshot) {
    Registry registry = new Registry(lake);
    Map<String, List<Segmentation>> fitted = registry.fittedBefore(snapshot);
    return new SameDate(
        snapshot.asOf(),
        fitted,
        fitted.isEmpty() ? Map.of() : registry.segmentations(snapshot.asOf()));
  }

  /** Those of a lens. */
  List<Segmentation> of(String lens) {
    return fitted.getOrDefault(lens, List.of());
  }

  /**
   * The one that was published, which a run of the same date that refits nothing does not undo.
   *
   * @param decided what people decided of the lens last
   * @param hash of the configuration of the lens
   */
  Optional<Segmentation> standing(String lens, Optional<Promotions.Decided> decided, String hash) {
    if (decided.filter(d -> !d.asOf().isBefore(asOf)).isPresent()) {
      return Optional.empty();
    }
    return of(lens).stream()
        .filter(s -> s.id().equals(published.get(lens)) && s.configHash().equals(hash))
        .findFirst();
  }
}
