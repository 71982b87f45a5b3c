/**
 * Says what the segments are like and what they are worth.
 *
 * <p>In: memberships, features.
 *
 * <p>Out: {@code segment_profile}, {@code segment_kpi}.
 */
package io.stratify.jobs.insight;
