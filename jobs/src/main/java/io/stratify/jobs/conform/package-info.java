/**
 * Makes one clean table of every input of the warehouse.
 *
 * <p>In: warehouse tables, {@code identity_map} and {@code input_schema} of the last run, {@code
 * forgotten}.
 *
 * <p>Out: conformed tables, {@code identity_map}, {@code quarantine}, {@code reconciliation},
 * {@code data_quality}, {@code input_schema}.
 */
package io.stratify.jobs.conform;
