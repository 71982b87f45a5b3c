package io.stratify.jobs.demo;

import java.util.Map;
import java.util.function.Consumer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Observation;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.functions;

/** Writes tables of the demo as Parquet, one folder per table: the only IO of the demo. */
public final class DemoWriter {
  private final Consumer<Written> log;

  /** A writer that tells {@code log} about every table once it is written. */
  public DemoWriter(Consumer<Written> log) {
    this.log = log;
  }

  /**
   * What was written.
   *
   * @param table name of the table
   * @param path folder of the table
   * @param rows number of rows in it
   */
  public record Written(String table, String path, long rows) {}

  /** Replaces the tables below a folder. */
  public void write(Map<String, Dataset<Row>> tables, String folder) {
    tables.forEach((name, rows) -> write(name, rows, folder));
  }

  /** Replaces one table below a folder. */
  public void write(String table, Dataset<Row> rows, String folder) {
    String path = folder.replaceAll("/+$", "") + "/" + table;
    Observation seen = new Observation("write " + table);
    rows.observe(seen, functions.count(functions.lit(1)).as("rows"))
        .write()
        .mode(SaveMode.Overwrite)
        .parquet(path);
    log.accept(new Written(table, path, count(seen)));
  }

  private static long count(Observation seen) {
    try {
      return (Long) seen.getAsJava().get("rows");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted after " + seen.name(), e);
    }
  }
}
