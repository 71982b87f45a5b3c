/**
 * A warehouse to try Stratify on, with five kinds of customers planted in it; or with one kind, or
 * with kinds that give way to others, to see that Stratify notices.
 *
 * <p>In: a seed and which world.
 *
 * <p>Out: a synthetic warehouse with known personas.
 */
package io.stratify.jobs.demo;
