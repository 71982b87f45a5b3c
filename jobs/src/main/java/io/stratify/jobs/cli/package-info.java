/**
 * The command line.
 *
 * <p>In: arguments.
 *
 * <p>Out: one job, several, or all; an exit code.
 */
package io.stratify.jobs.cli;
