/**
 * The Spark session.
 *
 * <p>In: session settings.
 *
 * <p>Out: a {@code SparkSession}.
 */
package io.stratify.common.spark;
