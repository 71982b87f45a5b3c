package io.stratify.jobs;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.stratify.common.StratifyException;
import io.stratify.common.io.SourceReader;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.commons.lang3.exception.ExceptionUtils;

/** What failed, in a line. */
public final class Failures {
  private static final int LONGEST = 500;

  /** What Spark throws of one value, which it may name behind the class of the error. */
  private static final String OF_A_VALUE =
      "Spark(Runtime|Arithmetic|DateTime|NumberFormat|ArrayIndexOutOfBounds|IllegalArgument)Exception";

  /** What follows the class of an error; how much memory there has to be is no value of a row. */
  private static final Pattern OF_ITS_CLASS = Pattern.compile("(?<=])(?<!_MEMORY]) .*");

  /** A row of data at the end of a message of ours, and of Spark's readers of CSV and JSON. */
  private static final Pattern ROW =
      Pattern.compile(
          "(?<=" + SourceReader.RECORD + "|Malformed CSV record: |detected in record parsing: ).*");

  private Failures() {}

  /** What was refused within a task comes back from Spark with a cover. */
  public static Throwable meant(Throwable thrown) {
    return ExceptionUtils.getThrowableList(thrown).stream()
        .flatMap(e -> ours(e).stream())
        .findFirst()
        .orElse(thrown);
  }

  /** What an expression of ours refuses has no class of ours. */
  private static Optional<Throwable> ours(Throwable e) {
    boolean refused =
        e.getClass() == RuntimeException.class
            && e.getMessage() != null
            && e.getMessage().startsWith("Cannot ");
    return refused
        ? Optional.of(new StratifyException(e, "%s", withoutRow(SourceReader.firstLine(e))))
        : Optional.of(e).filter(StratifyException.class::isInstance);
  }

  /** The failure behind all others: its class and the first line of its message. */
  public static String rootCause(Throwable e) {
    Throwable cause = ExceptionUtils.getRootCause(e);
    String name = cause.getClass().getSimpleName();
    String line = withoutRow(SourceReader.firstLine(cause));
    if (cause instanceof JsonProcessingException) { // it quotes the word at which it stopped
      return name + ": " + withoutQuoted(line);
    }
    return name
        + ": "
        + (name.matches(OF_A_VALUE) ? OF_ITS_CLASS.matcher(line).replaceFirst(" ...") : line);
  }

  /**
   * The failure for a table that is kept: the first line of a message of ours (and the second where
   * the first ends with a colon), or the failure behind all others without what it quotes, which
   * may be a value of a customer; either without a row of data.
   */
  public static String toKeep(Throwable thrown) {
    Throwable e = meant(thrown);
    String line =
        e instanceof StratifyException ? withoutRow(told(e)) : withoutQuoted(rootCause(e));
    return line.length() > LONGEST ? line.substring(0, LONGEST) + "..." : line;
  }

  private static String withoutQuoted(String line) {
    return line.replaceAll("\"[^\"]*\"", "\"...\"").replaceAll("'[^']*'", "'...'");
  }

  private static String withoutRow(String line) {
    return ROW.matcher(line).replaceFirst("...");
  }

  private static String told(Throwable e) {
    String first = SourceReader.firstLine(e);
    return first.endsWith(":")
        ? e.getMessage().lines().skip(1).findFirst().map(l -> first + " " + l.strip()).orElse(first)
        : first;
  }
}
