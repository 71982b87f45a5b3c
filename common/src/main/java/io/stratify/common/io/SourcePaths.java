package io.stratify.common.io;

import java.net.URI;
import org.apache.hadoop.fs.Path;

/** Spark tells the files of a dataset as encoded URIs. */
final class SourcePaths {
  private SourcePaths() {}

  static Path path(String inputFile) {
    return new Path(URI.create(inputFile));
  }

  /** The path as people write it. */
  static String shown(String inputFile) {
    Path path = path(inputFile);
    return "file".equals(path.toUri().getScheme()) ? path.toUri().getPath() : path.toString();
  }
}
