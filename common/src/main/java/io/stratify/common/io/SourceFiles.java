package io.stratify.common.io;

import io.stratify.common.StratifyException;
import io.stratify.common.config.SourceConfig;
import java.io.IOException;
import java.util.Locale;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/** The files at the path of a source. */
final class SourceFiles {
  private static final Set<String> FILES = Set.of("csv", "json", "parquet", "orc", "text", "avro");

  private final SourceConfig source;
  private final Configuration hadoop;

  SourceFiles(SparkSession spark, SourceConfig source) {
    this.source = source;
    this.hadoop = spark.sparkContext().hadoopConfiguration();
  }

  Configuration hadoop() {
    return hadoop;
  }

  /**
   * Checks that there is something to read, where the source has a path.
   *
   * @throws StratifyException that names the path and its key
   */
  void require() {
    source.path().ifPresent(this::require);
  }

  private void require(String path) {
    try {
      Path pattern = new Path(path);
      FileSystem system = pattern.getFileSystem(hadoop);
      FileStatus[] found = system.globStatus(pattern);
      if (found == null || found.length == 0) {
        throw new StratifyException(
            "Cannot read source %s: %s does not exist (%s). Correct sources.%s.path, or put the data"
                + " there",
            source.name(), path, source.origin(), source.name());
      }
      if (isOfFiles()) {
        requireNoDelta(system, found);
        requireData(found, path);
      }
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  /** The refusal of a file that cannot be read. */
  StratifyException unreadable(String file, Exception e) {
    return new StratifyException(
        e,
        "Cannot read source %s (%s): %s cannot be read: %s. %s",
        source.name(),
        source.origin(),
        file,
        source.hide(SourceReader.firstLine(e)),
        StoreAdvice.of(e)
            .orElse("Put a readable file there, or give this user the right to read it"));
  }

  private boolean isOfFiles() {
    return FILES.contains(source.format().toLowerCase(Locale.ROOT));
  }

  /** The files of a Delta table include rows that are deleted or superseded. */
  private void requireNoDelta(FileSystem system, FileStatus[] found) throws IOException {
    boolean within = isWithinDelta(system, found[0].getPath());
    for (FileStatus status : found) {
      if (within
          || (status.isDirectory() && system.exists(new Path(status.getPath(), "_delta_log")))) {
        throw new StratifyException(
            "Cannot read source %s (%s): %s is a Delta table or a part of one, whose files hold"
                + " deleted and replaced rows as well. Set sources.%s.format = delta",
            source.name(), source.origin(), source.path().orElseThrow(), source.name());
      }
    }
  }

  /** A pattern finds files, and a path may be that of a partition. */
  private static boolean isWithinDelta(FileSystem system, Path path) {
    try {
      for (Path above = path.getParent(); above != null; above = above.getParent()) {
        if (system.exists(new Path(above, "_delta_log"))) {
          return true;
        }
      }
      return false;
    } catch (IOException e) { // whoever may read the files need not be allowed to look above them
      return false;
    }
  }

  private void requireData(FileStatus[] found, String path) throws IOException {
    if (!holdsData(found)) {
      throw new StratifyException(
          "Cannot read source %s: %s is empty (%s). Put the data there, or correct sources.%s.path",
          source.name(), path, source.origin(), source.name());
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
    var files = folder.getFileSystem(hadoop).listFiles(folder, true);
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
