/**
 * Finds out which customers are one person.
 *
 * <p>In: conformed {@code customers} and {@code identities}, and the {@code identity_map} so far.
 *
 * <p>Out: who stands for whom now, the new {@code identity_map}, and the keys that too many share.
 */
package io.stratify.jobs.conform.identity;
