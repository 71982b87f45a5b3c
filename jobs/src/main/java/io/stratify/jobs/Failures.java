package io.stratify.jobs;

import io.stratify.common.StratifyException;
import io.stratify.common.io.SourceReader;
import org.apache.commons.lang3.exception.ExceptionUtils;

/** What failed, in a line. */
public final class Failures {
  private static final int LONGEST = 500;

  private Failures() {}

  /** What was refused within a task comes back from Spark with a cover. */
  public static Throwable meant(Throwable thrown) {
    return ExceptionUtils.getThrowableList(thrown).stream()
        .filter(StratifyException.class::isInstance)
        .findFirst()
        .orElse(thrown);
  }

  /** The failure behind all others: its class and the first line of its message. */
  public static String rootCause(Throwable e) {
    Throwable cause = ExceptionUtils.getRootCause(e);
    return cause.getClass().getSimpleName() + ": " + SourceReader.firstLine(cause);
  }

  /**
   * The failure for a table that is kept: the first line of a message of ours up to a row of data
   * (and the second where the first ends with a colon), or the failure behind all others without
   * what it quotes, which may be a value of a customer.
   */
  public static String toKeep(Throwable thrown) {
    Throwable e = meant(thrown);
    String line =
        e instanceof StratifyException
            ? told(e).replaceAll("(?<=" + SourceReader.RECORD + ").*", "...")
            : rootCause(e).replaceAll("\"[^\"]*\"", "\"...\"").replaceAll("'[^']*'", "'...'");
    return line.length() > LONGEST ? line.substring(0, LONGEST) + "..." : line;
  }

  private static String told(Throwable e) {
    String first = SourceReader.firstLine(e);
    return first.endsWith(":")
        ? e.getMessage().lines().skip(1).findFirst().map(l -> first + " " + l.strip()).orElse(first)
        : first;
  }
}
