package io.stratify.jobs.validation;

import static io.stratify.common.tables.SegmentationValidation.ALL;
import static io.stratify.common.tables.SegmentationValidation.FAIL;
import static io.stratify.common.tables.SegmentationValidation.PASS;

import io.stratify.common.config.GatesConfig;
import io.stratify.jobs.segments.Segmentation;
import java.util.List;

/** Number and size of the segments, counted on all customers when they were fitted. */
final class Sizes {
  private Sizes() {}

  static List<Figure> of(Segmentation s, int k, GatesConfig limits) {
    return List.of(
        counted(
            "number of segments",
            k,
            "from " + limits.minSegments() + " to " + limits.maxSegments(),
            k >= limits.minSegments() && k <= limits.maxSegments()),
        counted(
            "smallest segment share",
            s.smallestShare(),
            "at least " + limits.minShare(),
            s.smallestShare() >= limits.minShare()));
  }

  /** A figure that has no other threshold than the words say. */
  static Figure counted(String evidence, double value, String threshold, boolean pass) {
    return Figure.of(evidence, ALL, value, null).judged(threshold, pass ? PASS : FAIL);
  }
}
