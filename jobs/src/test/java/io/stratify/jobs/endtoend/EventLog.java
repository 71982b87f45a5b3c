package io.stratify.jobs.endtoend;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What Spark notes of an application: a line of JSON per event, in a folder of its own. */
record EventLog(Path folder) {
  /** What the first group of an expression matched, anywhere in the log. */
  Set<String> found(String expression) throws IOException {
    Pattern pattern = Pattern.compile(expression);
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(f -> !f.getFileName().toString().startsWith("."))
          .flatMap(EventLog::lines)
          .flatMap(l -> pattern.matcher(l).results())
          .map(m -> m.group(1))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  private static Stream<String> lines(Path file) {
    try {
      return Files.readAllLines(file).stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
