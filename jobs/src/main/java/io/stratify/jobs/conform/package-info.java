/**
 * Makes one clean table of every input of the warehouse.
 *
 * <p>In: warehouse tables.
 *
 * <p>Out: conformed tables, {@code quarantine}, {@code reconciliation}.
 */
package io.stratify.jobs.conform;
