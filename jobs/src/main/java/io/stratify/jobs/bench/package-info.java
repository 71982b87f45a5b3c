/**
 * Measures what must stay fast, at a size that a test cannot have.
 *
 * <p>In: a size.
 *
 * <p>Out: seconds and memory, on the terminal and as JSON.
 */
package io.stratify.jobs.bench;
