/**
 * Aggregates facts once.
 *
 * <p>In: conformed facts.
 *
 * <p>Out: {@code customer_day}: one row per customer and active day.
 */
package io.stratify.jobs.history;
