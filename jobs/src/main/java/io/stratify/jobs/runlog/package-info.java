/**
 * Remembers what every run did.
 *
 * <p>In: jobs that begin and end, and what they read and wrote.
 *
 * <p>Out: {@code run_log}, the history of a table, and both as texts.
 */
package io.stratify.jobs.runlog;
