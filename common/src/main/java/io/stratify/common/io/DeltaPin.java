package io.stratify.common.io;

import io.stratify.common.StratifyException;
import io.stratify.common.config.SourceConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** A Delta source that is pinned to a version: its log may outlive its files. */
final class DeltaPin {
  private DeltaPin() {}

  /**
   * The rows, after a check that a vacuum left the files of the pinned version. Without a pin there
   * is nothing to check.
   *
   * @throws StratifyException if files are gone
   */
  static Dataset<Row> checked(SparkSession spark, SourceConfig source, Dataset<Row> rows) {
    Optional<String> pin =
        Stream.of("versionAsOf", "timestampAsOf")
            .flatMap(o -> source.option(o).map(v -> o + " = " + v).stream())
            .findFirst();
    if (pin.isPresent()) {
      Configuration hadoop = spark.sparkContext().hadoopConfiguration();
      String[] files = rows.inputFiles();
      long gone = Arrays.stream(files).parallel().filter(f -> !exists(f, hadoop)).count();
      if (gone > 0) {
        throw new StratifyException(
            "Cannot read source %s (%s): %d of the %d data files of its %s were vacuumed. Pin a later"
                + " version, or remove the pin from sources.%s.options",
            source.name(), source.origin(), gone, files.length, pin.get(), source.name());
      }
    }
    return rows;
  }

  private static boolean exists(String file, Configuration hadoop) {
    try {
      Path path = SourcePaths.path(file);
      return path.getFileSystem(hadoop).exists(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
