package io.stratify.jobs.segments;

/**
 * One segment of a segmentation.
 *
 * @param id id, unique over all lenses
 * @param name readable name
 * @param definition rule, tier or centre, in original units
 * @param rule readable rule; null but for clusters
 */
public record SegmentInfo(String id, String name, String definition, SegmentRule rule) {
  /** A segment that is what its definition says. */
  public SegmentInfo(String id, String name, String definition) {
    this(id, name, definition, null);
  }
}
