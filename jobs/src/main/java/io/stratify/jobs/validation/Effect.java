package io.stratify.jobs.validation;

/**
 * How far an outcome differs between segments.
 *
 * @param size 0 where it does not, 1 where the segment determines it; what it measures depends on
 *     the test
 * @param p probability of a size at least as great if the segments did not differ; far in the tail
 *     it may be 0
 */
record Effect(double size, double p) {}
