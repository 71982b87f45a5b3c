package io.stratify.common.io;

import io.stratify.common.StratifyException;
import io.stratify.common.config.SourceConfig;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.CompressionCodecFactory;

/**
 * The first lines of CSV files. Spark takes the columns of one file for all and reads the others by
 * position, so files whose headers differ would get values into wrong columns without a word.
 */
final class CsvHeaders {
  private static final List<String> MAGIC = List.of("PAR1", "ORC", "Obj\u0001");

  private final SourceConfig source;
  private final SourceFiles files;
  private final String encoding;

  CsvHeaders(SourceConfig source, SourceFiles files, String encoding) {
    this.source = source;
    this.files = files;
    this.encoding = encoding;
  }

  /**
   * Checks the first line of every file.
   *
   * @param paths the files as Spark tells them
   * @param columns the columns of one file by its path; asked only where lines differ
   * @throws StratifyException if a file is no text, or the headers differ
   */
  void require(String[] paths, Function<String, String[]> columns) {
    Map<String, String> lines =
        Arrays.stream(paths).parallel().collect(Collectors.toMap(p -> p, this::firstLine));
    new TreeMap<>(lines).forEach(this::requireText);
    boolean header = source.option("header").filter("true"::equalsIgnoreCase).isPresent();
    List<List<String>> forms = byLine(lines);
    if (header && forms.size() > 1) {
      requireEqual(forms, columns);
    }
  }

  /** The files of each first line, the most frequent first; empty files have none. */
  private static List<List<String>> byLine(Map<String, String> lines) {
    Map<String, List<String>> byLine = new LinkedHashMap<>();
    new TreeMap<>(lines)
        .forEach(
            (path, line) -> {
              if (!line.isBlank()) {
                byLine.computeIfAbsent(line.strip(), l -> new ArrayList<>()).add(path);
              }
            });
    return byLine.values().stream()
        .sorted(Comparator.comparingInt(files -> -files.size()))
        .toList();
  }

  private void requireEqual(List<List<String>> forms, Function<String, String[]> columns) {
    String[] expected = columns.apply(forms.get(0).get(0));
    for (List<String> form : forms.subList(1, forms.size())) {
      String[] found = columns.apply(form.get(0));
      if (!equal(expected, found)) {
        throw new StratifyException(
            "Cannot read source %s (%s): its files have different headers, and CSV is read by"
                + " position.%n  %s%n  %s%nGive each form a source of its own (path takes a glob) and"
                + " join them with a query: SELECT ... FROM a UNION ALL SELECT ... FROM b",
            source.name(), source.origin(), told(forms.get(0), expected), told(form, found));
      }
    }
  }

  private static boolean equal(String[] a, String[] b) {
    return Arrays.equals(a, b, String.CASE_INSENSITIVE_ORDER);
  }

  private static String told(List<String> form, String[] columns) {
    String count = form.size() == 1 ? "" : form.size() + " files such as ";
    return count + SourcePaths.shown(form.get(0)) + ": " + String.join(", ", columns);
  }

  private void requireText(String path, String line) {
    boolean binary = MAGIC.stream().anyMatch(line::startsWith) || line.indexOf('\0') >= 0;
    if (binary || line.indexOf('\uFFFD') >= 0) {
      throw new StratifyException(
          "Cannot read source %s (%s): the first line of %s is no %s text. Name its encoding, such as"
              + " sources.%s.options.encoding = ISO-8859-1 or UTF-16; or correct sources.%s.format",
          source.name(),
          source.origin(),
          SourcePaths.shown(path),
          encoding,
          source.name(),
          source.name());
    }
  }

  /** The first line that is neither blank nor a comment, as Spark takes it for the header. */
  private String firstLine(String file) {
    try (InputStream bytes = open(SourcePaths.path(file));
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(bytes, Charset.forName(encoding)))) {
      String comment = source.option("comment").orElse("\0");
      return reader
          .lines()
          .map(l -> l.startsWith("\uFEFF") ? l.substring(1) : l)
          .filter(l -> !l.isBlank() && (comment.equals("\0") || !l.startsWith(comment)))
          .findFirst()
          .orElse("");
    } catch (IOException | UncheckedIOException e) {
      throw files.unreadable(SourcePaths.shown(file), e);
    }
  }

  private InputStream open(Path path) throws IOException {
    InputStream bytes = path.getFileSystem(files.hadoop()).open(path);
    CompressionCodec codec = new CompressionCodecFactory(files.hadoop()).getCodec(path);
    return codec == null ? bytes : codec.createInputStream(bytes);
  }
}
