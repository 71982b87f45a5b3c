/**
 * The only reader and the only writer.
 *
 * <p>In: a {@link io.stratify.common.tables.TableSpec} and a snapshot, or a configured source.
 *
 * <p>Out: a {@code Dataset<Row>}, or one Delta commit.
 */
package io.stratify.common.io;
