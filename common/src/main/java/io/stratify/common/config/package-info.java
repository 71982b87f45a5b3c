/**
 * The configuration, read once at the start of a run.
 *
 * <p>In: HOCON files.
 *
 * <p>Out: validated immutable records.
 */
package io.stratify.common.config;
