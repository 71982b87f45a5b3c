/**
 * Hands a finished run to readers.
 *
 * <p>In: all of the above.
 *
 * <p>Out: {@code publication}, views, the printed summary.
 */
package io.stratify.jobs.serving;
