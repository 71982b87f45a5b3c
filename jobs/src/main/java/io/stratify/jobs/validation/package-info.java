/**
 * Judges challengers, and whether champions still fit.
 *
 * <p>In: challengers, {@code customer_features} of now and of the past, {@code customer_outcome};
 * for the second also memberships and what features were like at the fit.
 *
 * <p>Out: {@code segmentation_validation} with a verdict per gate, {@code segment_proposal}; {@code
 * segmentation_health} and proposals to refit.
 */
package io.stratify.jobs.validation;
