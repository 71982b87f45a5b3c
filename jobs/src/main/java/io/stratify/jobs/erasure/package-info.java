/**
 * Erasure: takes a person out of every table, and keeps him out.
 *
 * <p>In: customer ids, the key of the hashes, and every table that names customers.
 *
 * <p>Out: the same tables without the person, and keyed hashes of the ids in {@code forgotten}, by
 * which conform withholds him when the sources bring him back.
 */
package io.stratify.jobs.erasure;
