/**
 * Describes every customer as of a date.
 *
 * <p>In: {@code customer_day}, {@code customers}.
 *
 * <p>Out: {@code customer_features}, {@code rfm_cutoff}.
 */
package io.stratify.jobs.features;
