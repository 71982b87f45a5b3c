/**
 * The tables that Stratify reads and writes, each declared once.
 *
 * <p>In: nothing.
 *
 * <p>Out: {@link io.stratify.common.tables.TableSpec}: name, documented typed columns, key, slice.
 */
package io.stratify.common.tables;
