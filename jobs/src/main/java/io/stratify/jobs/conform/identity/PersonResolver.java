package io.stratify.jobs.conform.identity;

import java.time.LocalDate;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Stub. */
public final class PersonResolver {
  private PersonResolver() {}

  /** Stub. */
  public record Persons(Dataset<Row> current, Dataset<Row> map, Dataset<Row> oversized) {}

  /** Stub. */
  public static Persons resolve(
      Dataset<Row> known, Dataset<Row> links, Dataset<Row> before, LocalDate asOf, int max) {
    return new Persons(before, links, known);
  }
}
