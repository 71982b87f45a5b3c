/**
 * Says who is in which segment.
 *
 * <p>In: champions, features, the snapshot published before.
 *
 * <p>Out: {@code customer_segment}, {@code segment}, who moved and why, what became of segments.
 */
package io.stratify.jobs.membership;
