package io.stratify.common.io;

import io.stratify.common.StratifyException;
import io.stratify.common.config.SourceConfig;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Reads the configured sources; nothing else in the code knows what a source looks like. */
public final class SourceReader {
  private static final Set<String> FILES = Set.of("csv", "json", "parquet", "orc", "text", "avro");

  private final SparkSession spark;
  private final Map<String, SourceConfig> sources;

  /** A reader of these sources. */
  public SourceReader(SparkSession spark, Map<String, SourceConfig> sources) {
    this.spark = spark;
    this.sources = sources;
  }

  /**
   * The rows of a source, lazily.
   *
   * @throws StratifyException if the source cannot be opened: its path is missing or holds no data,
   *     its table is unknown, its query is wrong
   */
  public Dataset<Row> read(String name) {
    SourceConfig source = sources.get(name);
    try {
      if (source.query().isPresent()) {
        return query(source);
      }
      if (source.table().isPresent()) {
        return spark.table(source.table().get());
      }
      source.path().ifPresent(p -> requireData(source, p));
      DataFrameReader reader = spark.read().format(source.format()).options(options(source));
      return source.path().isPresent() ? reader.load(source.path().get()) : reader.load();
    } catch (StratifyException e) {
      throw e;
    } catch (Exception e) {
      throw new StratifyException(
          e, "Cannot read source %s (%s): %s", name, source.origin(), firstLine(e));
    }
  }

  /** The first line of a failure's message that says something, without Spark's plan dump. */
  public static String firstLine(Throwable e) {
    String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    return message
        .lines()
        .filter(l -> !l.isBlank())
        .findFirst()
        .orElse("")
        .replaceAll(";?\\s*line \\d+ pos \\d+;?$", "");
  }

  /** A query sees every other source under its name. */
  private Dataset<Row> query(SourceConfig source) {
    String sql = source.query().orElseThrow();
    for (SourceConfig other : sources.values()) {
      boolean named =
          other.query().isEmpty()
              && Pattern.compile("(?i)(?<![\\w.])" + Pattern.quote(other.name()) + "(?!\\w)")
                  .matcher(sql)
                  .find();
      if (named) {
        read(other.name()).createOrReplaceTempView(other.name());
      }
    }
    return spark.sql(sql);
  }

  private static Map<String, String> options(SourceConfig source) {
    Map<String, String> options = new HashMap<>();
    if (source.format().equals("csv")) {
      // A type guessed from the data changes with the data; the mapping gives the types.
      options.put("inferSchema", "false");
    }
    options.putAll(source.options());
    return options;
  }

  private void requireData(SourceConfig source, String path) {
    try {
      Path pattern = new Path(path);
      FileStatus[] found =
          pattern.getFileSystem(spark.sparkContext().hadoopConfiguration()).globStatus(pattern);
      if (found == null || found.length == 0) {
        throw new StratifyException(
            "Cannot read source %s: %s does not exist (%s). Correct sources.%s.path, or put the data"
                + " there",
            source.name(), path, source.origin(), source.name());
      }
      if (FILES.contains(source.format()) && !holdsData(found)) {
        throw new StratifyException(
            "Cannot read source %s: %s is empty (%s). Put the data there, or correct sources.%s.path",
            source.name(), path, source.origin(), source.name());
      }
    } catch (IOException e) {
      throw new StratifyException(
          e, "Cannot read source %s: %s: %s", source.name(), path, e.getMessage());
    }
  }

  private boolean holdsData(FileStatus[] found) throws IOException {
    for (FileStatus status : found) {
      if (status.isFile() && status.getLen() > 0) {
        return true;
      }
      if (status.isDirectory() && directoryHoldsData(status.getPath())) {
        return true;
      }
    }
    return false;
  }

  private boolean directoryHoldsData(Path folder) throws IOException {
    var files =
        folder.getFileSystem(spark.sparkContext().hadoopConfiguration()).listFiles(folder, true);
    while (files.hasNext()) {
      FileStatus file = files.next();
      String name = file.getPath().getName();
      if (file.getLen() > 0 && !name.startsWith("_") && !name.startsWith(".")) {
        return true;
      }
    }
    return false;
  }
}
