/**
 * Fits the lenses.
 *
 * <p>In: {@code customer_features}.
 *
 * <p>Out: challenger segmentations, one per lens, and their candidates.
 */
package io.stratify.jobs.segments;
