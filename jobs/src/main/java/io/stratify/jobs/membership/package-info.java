/**
 * Says who is in which segment.
 *
 * <p>In: champions, features.
 *
 * <p>Out: {@code customer_segment}, {@code segment}.
 */
package io.stratify.jobs.membership;
