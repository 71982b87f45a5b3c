/**
 * Judges challengers.
 *
 * <p>In: challengers.
 *
 * <p>Out: {@code segmentation_validation} and a verdict per gate.
 */
package io.stratify.jobs.validation;
