/**
 * Says whether a run could do its work, and what to do if not.
 *
 * <p>In: the configuration, this machine, the output root, the sources.
 *
 * <p>Out: one finding per check.
 */
package io.stratify.jobs.doctor;
