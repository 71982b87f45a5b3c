package io.stratify.jobs.cli;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.commons.lang3.exception.ExceptionUtils;

/** What to do where memory ran out, of the driver or of an executor. */
final class MemoryAdvice {
  /** Spark ends an executor with this code; in the words of every kind of cluster. */
  private static final Pattern OF_AN_EXECUTOR =
      Pattern.compile(
          "(?i)(code|status):? 52\\b|executor (?!driver\\b)[\\w-]+\\): \\S*OutOfMemoryError");

  /** Of what memory there is besides the heap more heap does not help. */
  private static final Pattern OF_THE_HEAP =
      Pattern.compile(
          "OutOfMemoryError: (Java heap space|GC overhead limit)|SparkOutOfMemoryError"
              + "|Not enough memory to build and broadcast");

  private static final Pattern OF_A_STACK = Pattern.compile("StackOverflowError");

  private MemoryAdvice() {}

  /** A sentence without its full stop; nothing where it was not memory that ran out. */
  static Optional<String> of(Throwable failure) {
    String words =
        ExceptionUtils.getThrowableList(failure).stream()
            .map(e -> e.getClass().getName() + ": " + e.getMessage())
            .collect(Collectors.joining("\n"));
    if (OF_AN_EXECUTOR.matcher(words).find()) {
      return Optional.of(
          "The memory of an executor ran out: give each more with --executor-memory of spark-submit");
    }
    if (OF_THE_HEAP.matcher(words).find()) {
      return Optional.of("The memory of the driver ran out: " + more());
    }
    return OF_A_STACK.matcher(words).find()
        ? Optional.of(
            "Something is nested too deeply for the stack of a thread: set"
                + " STRATIFY_JAVA_OPTS=-Xss16m")
        : Optional.empty();
  }

  /** How to give the driver twice the heap that it has. */
  static String more() {
    long megabytes = Runtime.getRuntime().maxMemory() >> 20;
    long twice = Math.max(1, (2 * megabytes + 1023) / 1024);
    return String.format(
        Locale.ROOT,
        "its heap is %d MB; set STRATIFY_HEAP=%dg, or --driver-memory %dg of spark-submit",
        megabytes,
        twice,
        twice);
  }
}
