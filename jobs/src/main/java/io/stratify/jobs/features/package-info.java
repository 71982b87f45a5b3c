/**
 * Describes every customer as of a date.
 *
 * <p>In: {@code customer_day}, {@code customers}, {@code accounts}.
 *
 * <p>Out: {@code customer_features}, {@code rfm_cutoff}, {@code feature_stats}, {@code
 * customer_features_past}, {@code customer_outcome}.
 */
package io.stratify.jobs.features;
