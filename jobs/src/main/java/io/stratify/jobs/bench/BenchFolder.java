package io.stratify.jobs.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/** Where a benchmark keeps its tables while it runs. */
final class BenchFolder {
  private BenchFolder() {}

  static void delete(SparkSession spark, String folder) {
    try {
      Path path = new Path(folder);
      path.getFileSystem(spark.sparkContext().hadoopConfiguration()).delete(path, true);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
