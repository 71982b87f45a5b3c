package io.stratify.common.io;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stratify.common.StratifyException;
import io.stratify.common.config.SourceConfig;
import io.stratify.common.spark.SparkSuite;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.io.TempDir;

/** Files in a folder, and sources that read them; every source is declared at shop.conf:3. */
@SuppressWarnings("this-escape") // of the Scala class that is extended
abstract class SourceSuite extends SparkSuite {
  @TempDir Path folder;

  Path write(String name, String content) throws IOException {
    return write(name, content, StandardCharsets.UTF_8);
  }

  Path write(String name, String content, Charset charset) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, content, charset);
  }

  /** The rows of one source. */
  Dataset<Row> read(SourceConfig source) {
    return read(source.name(), source);
  }

  /** The rows of one source that is opened in a zone and read when the session is in UTC again. */
  Dataset<Row> readIn(String zone, SourceConfig source) {
    spark().conf().set("spark.sql.session.timeZone", zone);
    try {
      return read(source);
    } finally {
      spark().conf().set("spark.sql.session.timeZone", "UTC");
    }
  }

  /** The rows of the named one of these sources. */
  Dataset<Row> read(String name, SourceConfig... sources) {
    Map<String, SourceConfig> byName = new TreeMap<>();
    Arrays.stream(sources).forEach(s -> byName.put(s.name(), s));
    return new SourceReader(spark(), byName).read(name);
  }

  /** Asserts that the source is refused with this message; %n is a line end. */
  void refused(SourceConfig source, String message) {
    assertThatThrownBy(() -> read(source))
        .isInstanceOf(StratifyException.class)
        .hasMessage(message.replace("%n", System.lineSeparator()));
  }

  /** A source of files, with options as name, value, name, value. */
  static SourceConfig files(String name, String format, Path path, String... options) {
    return source(name, format, Optional.of(path.toString()), Optional.empty(), options);
  }

  /** A CSV source whose files have a header. */
  static SourceConfig csv(String name, Path path, String... options) {
    String[] all = Arrays.copyOf(options, options.length + 2);
    all[options.length] = "header";
    all[options.length + 1] = "true";
    return files(name, "csv", path, all);
  }

  /** A source of a connector that has all in its options. */
  static SourceConfig connected(String name, String format, Map<String, String> options) {
    return new SourceConfig(
        name, format, Optional.empty(), Optional.empty(), Optional.empty(), options, "shop.conf:3");
  }

  static SourceConfig table(String name, String table, String... options) {
    return source(name, "", Optional.empty(), Optional.of(table), options);
  }

  static SourceConfig query(String name, String sql) {
    return new SourceConfig(
        name, "", Optional.empty(), Optional.empty(), Optional.of(sql), Map.of(), "shop.conf:3");
  }

  private static SourceConfig source(
      String name,
      String format,
      Optional<String> path,
      Optional<String> table,
      String... options) {
    Map<String, String> named = new TreeMap<>();
    for (int i = 0; i < options.length; i += 2) {
      named.put(options[i], options[i + 1]);
    }
    return new SourceConfig(name, format, path, table, Optional.empty(), named, "shop.conf:3");
  }
}
