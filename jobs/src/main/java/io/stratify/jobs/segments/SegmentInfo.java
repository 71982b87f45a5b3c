package io.stratify.jobs.segments;

/**
 * One segment of a segmentation.
 *
 * @param id id, unique over all lenses
 * @param name readable name
 * @param definition rule, tier or centre, in original units
 */
public record SegmentInfo(String id, String name, String definition) {}
