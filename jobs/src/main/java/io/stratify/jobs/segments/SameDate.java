package io.stratify.jobs.segments;

import io.stratify.common.io.Lake;
import io.stratify.common.io.Snapshot;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What earlier revisions of an as-of date fitted.
 *
 * @param fitted segmentations by lens, the newest first
 * @param published what each lens of the date was published with last
 */
record SameDate(Map<String, List<Segmentation>> fitted, Map<String, Published> published) {
  static SameDate of(Lake lake, Snapshot snapshot) {
    Map<String, List<Segmentation>> fitted = new Registry(lake).fittedBefore(snapshot);
    return new SameDate(
        fitted,
        fitted.isEmpty()
            ? Map.of()
            : Published.last(lake, "segments", p -> p.asOf().equals(snapshot.asOf())));
  }

  /** Those of a lens. */
  List<Segmentation> of(String lens) {
    return fitted.getOrDefault(lens, List.of());
  }

  /**
   * The one that was published last, which a run of the same date that refits nothing does not
   * undo.
   *
   * @param decided what people decided of the lens last; if since then, that counts
   * @param hash of the configuration of the lens
   */
  Optional<Segmentation> standing(String lens, Optional<Promotions.Decided> decided, String hash) {
    return Optional.ofNullable(published.get(lens))
        .filter(p -> decided.filter(p::isBefore).isEmpty())
        .flatMap(p -> of(lens).stream().filter(s -> s.id().equals(p.segmentationId())).findFirst())
        .filter(s -> s.configHash().equals(hash));
  }
}
