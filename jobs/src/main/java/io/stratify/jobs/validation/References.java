package io.stratify.jobs.validation;

import io.stratify.common.io.Snapshot;
import io.stratify.jobs.segments.Segmentation;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which published snapshot a segmentation is held against.
 *
 * @param asOf as-of date of the run
 * @param fitted ids of the segmentations that the run fitted
 * @param published the published snapshots, one per as-of date, in their order
 */
record References(LocalDate asOf, Set<String> fitted, List<Snapshot> published) {
  /** Whether the run fitted a segmentation. */
  boolean fresh(Segmentation s) {
    return fitted.contains(s.id());
  }

  /** That of its fit; where the run fitted it the one before, since it has none of its own yet. */
  Optional<Snapshot> of(Segmentation s) {
    return fresh(s)
        ? published.stream().filter(p -> p.asOf().isBefore(asOf)).reduce((a, b) -> b)
        : published.stream().filter(p -> p.asOf().equals(s.fittedAsOf())).findFirst();
  }
}
