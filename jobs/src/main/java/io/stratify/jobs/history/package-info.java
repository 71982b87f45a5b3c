/**
 * Aggregates facts once.
 *
 * <p>In: conformed facts, and {@code history_day}: what they were the last time.
 *
 * <p>Out: {@code customer_day}: one row per customer and active day, computed again for the days
 * whose facts changed; and the fingerprints of these facts in {@code history_day}.
 */
package io.stratify.jobs.history;
