package io.stratify.common.io;

import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** Reads Parquet files that Stratify wrote. */
public final class ParquetFiles {
  private ParquetFiles() {}

  /** The rows of files or folders, whose paths mean what they say: brackets are no pattern. */
  public static Dataset<Row> read(SparkSession spark, StructType schema, String... paths) {
    String[] escaped = Stream.of(paths).map(ParquetFiles::escaped).toArray(String[]::new);
    return spark.read().schema(schema).parquet(escaped);
  }

  private static String escaped(String path) {
    return path.replaceAll("[\\\\{}\\[\\]*?]", "\\\\$0");
  }
}
