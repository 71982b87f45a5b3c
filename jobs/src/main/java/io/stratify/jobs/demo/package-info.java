/**
 * A warehouse to try Stratify on, with five kinds of customers planted in it.
 *
 * <p>In: a seed.
 *
 * <p>Out: a synthetic warehouse with known personas.
 */
package io.stratify.jobs.demo;
