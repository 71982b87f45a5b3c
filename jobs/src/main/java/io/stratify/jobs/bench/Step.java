package io.stratify.jobs.bench;

/**
 * What one step of a benchmark took.
 *
 * @param name what was done
 * @param seconds how long
 * @param against the steps that it is held against; empty for none
 * @param ratio seconds against those of these steps
 * @param bound the ratio that it should not exceed
 * @param said what was found
 */
public record Step(
    String name, double seconds, String against, double ratio, double bound, String said) {}
