package io.stratify.jobs.conform.identity;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Who is one person. The datasets can be read until the scratch folder they were made in is closed.
 *
 * @param current {@code customer_id} and {@code canonical_id} of every customer who is known by
 *     another id now; everybody else is known by his own
 * @param map the whole new identity map
 * @param oversized the keys of customers who are too many to be one person, with {@link #SIZE}
 * @param rounds rounds that the connected components took
 */
public record Persons(Dataset<Row> current, Dataset<Row> map, Dataset<Row> oversized, int rounds) {
  /** How many ids are linked with each other. */
  public static final String SIZE = "size";
}
