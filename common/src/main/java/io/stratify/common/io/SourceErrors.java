package io.stratify.common.io;

import io.stratify.common.StratifyException;
import io.stratify.common.config.SourceConfig;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.SQLException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.lang3.exception.ExceptionUtils;

/** Says of a failure at opening a source what failed, why, and what to do, without its secrets. */
final class SourceErrors {
  /**
   * A failure that is known by its message.
   *
   * @param pattern what the message has, on one line
   * @param reason why it failed, with groups of the pattern; $root is the failure behind all
   * @param remedy what to do; NAME is the source
   */
  private record Known(Pattern pattern, String reason, String remedy) {}

  private static final List<Known> KNOWN =
      List.of(
          known(
              "Could not read footer for file: (?:file:)?(.+?)\\. Please",
              "$1 is no file of this format, or a damaged one",
              "Correct sources.NAME.format, or put a whole file there"),
          known(
              "Protocol message|Malformed ORC file|is not a Parquet file",
              "a file in its path is no file of this format, or a damaged one",
              "Correct sources.NAME.format, or put whole files there"),
          known(
              "Encountered error while reading file (?:file://)?(.+?)\\. Details",
              "$1 cannot be read: $root",
              "Put a readable file there, or give this user the right to read it"),
          known(
              "Unable to infer schema for (\\w+)",
              "there are no $1 files directly in its path",
              "Correct sources.NAME.path, or set sources.NAME.options.recursiveFileLookup = true to"
                  + " read the folders below it"),
          known(
              "DELTA_TABLE_NOT_FOUND\\]|DELTA_MISSING_DELTA_TABLE|is not a Delta table",
              "there is no Delta table at its path",
              "Correct sources.NAME.path, or sources.NAME.format"),
          known(
              "Cannot time travel Delta table to version (\\d+)\\. Available versions:"
                  + " \\[(\\d+), (\\d+)\\]",
              "the Delta table has no version $1; it has $2 to $3",
              "Correct sources.NAME.options.versionAsOf, or remove it to read the newest"),
          known(
              "The provided timestamp \\((.+?)\\) is before the earliest version available to this"
                  + " table \\((.+?)\\)",
              "the history of the Delta table begins at $2, after $1",
              "Choose a later sources.NAME.options.timestampAsOf"),
          known(
              "The provided timestamp: (.+?) is after the latest commit timestamp of (.+?)\\. If",
              "the newest version of the Delta table is of $2, before $1",
              "Choose an earlier sources.NAME.options.timestampAsOf, or remove it to read the"
                  + " newest"),
          known(
              "DELTA_TIMESTAMP_INVALID\\] The provided timestamp \\('?(.+?)'?\\) cannot",
              "timestampAsOf is $1, which is no time",
              "Set sources.NAME.options.timestampAsOf to such as \"2026-05-01 00:00:00\""),
          known(
              "Failed to find (?:the )?data source: (\\w+)",
              "Spark knows no format $1",
              "Correct sources.NAME.format, or add the jar of that format to STRATIFY_JARS"),
          known(
              "No suitable driver",
              "there is no JDBC driver for its url",
              "Add the jar of the database's driver to STRATIFY_JARS, or correct"
                  + " sources.NAME.options.url"));

  private SourceErrors() {}

  private static Known known(String pattern, String reason, String remedy) {
    return new Known(Pattern.compile(pattern), reason, remedy);
  }

  /** The failure as a problem that the user can solve. */
  static StratifyException explain(SourceConfig source, Exception e) {
    for (Throwable cause : ExceptionUtils.getThrowableList(e)) {
      String message = String.valueOf(cause.getMessage()).replaceAll("\\s+", " ");
      for (Known known : KNOWN) {
        Matcher matcher = known.pattern().matcher(message);
        if (matcher.find()) {
          return problem(source, e, expand(matcher, known.reason(), e), known.remedy());
        }
      }
      if (cause instanceof SQLException refused) {
        return problem(source, e, told(refused), remedy(refused));
      }
      if (cause instanceof ClassNotFoundException && source.option("driver").isPresent()) {
        return problem(
            source,
            e,
            "there is no JDBC driver " + source.option("driver").get(),
            "Add its jar to STRATIFY_JARS, or correct sources.NAME.options.driver");
      }
    }
    return problem(source, e, SourceReader.firstLine(e), "");
  }

  private static String expand(Matcher matcher, String reason, Exception e) {
    String text = reason.replace("$root", SourceReader.firstLine(ExceptionUtils.getRootCause(e)));
    for (int group = 1; group <= matcher.groupCount(); group++) {
      text = text.replace("$" + group, String.valueOf(matcher.group(group)));
    }
    return text;
  }

  private static String told(SQLException refused) {
    StringBuilder text = new StringBuilder(SourceReader.firstLine(refused));
    Throwable root = ExceptionUtils.getRootCause(refused);
    if (root != null && root != refused) {
      text.append(" (").append(root.getClass().getSimpleName()).append(": ");
      text.append(SourceReader.firstLine(root)).append(')');
    }
    return "the database said: " + text;
  }

  /** The class of an SQL state is the same for all databases. */
  private static String remedy(SQLException refused) {
    String state = String.valueOf(refused.getSQLState());
    if (state.startsWith("28") || state.equals("08004")) {
      return "Correct user and password in sources.NAME.options; a password comes from the"
          + " environment with password = ${?VARIABLE}";
    }
    if (state.startsWith("08")) {
      return "Correct sources.NAME.options.url, or start the database";
    }
    if (state.startsWith("3D")) {
      return "Correct the database in sources.NAME.options.url";
    }
    if (state.equals("42501")) {
      return "Let this user read it, or correct user in sources.NAME.options";
    }
    if (state.startsWith("42")) {
      return "Correct dbtable or query in sources.NAME.options";
    }
    return "Correct sources.NAME.options";
  }

  private static StratifyException problem(
      SourceConfig source, Exception e, String reason, String remedy) {
    String end = remedy.isEmpty() ? "" : ". " + remedy.replace("NAME", source.name());
    String message =
        String.format("Cannot read source %s (%s): %s", source.name(), source.origin(), reason);
    String shown = source.hide(message.replaceAll("[.\\s]+$", "")) + end;
    // A cause is printed with -v, so one that tells a secret is not passed on.
    StringWriter trace = new StringWriter();
    e.printStackTrace(new PrintWriter(trace));
    boolean safe = source.hide(trace.toString()).equals(trace.toString());
    return safe ? new StratifyException(e, "%s", shown) : new StratifyException("%s", shown);
  }
}
