package io.stratify.jobs.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Locale;
import java.util.function.UnaryOperator;

/**
 * What a command says on the way: lines for people, or one JSON object per line with time, level,
 * run, job and message. The secrets of the configuration are masked in both.
 */
final class Log implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** All as long as each other, so that they sort as text. */
  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder().appendInstant(3).toFormatter(Locale.ROOT);

  private final PrintWriter err;
  private final boolean json;
  private final UnaryOperator<String> hide;
  private volatile String run = "";
  private volatile String job = "";

  Log(PrintWriter err, boolean json, UnaryOperator<String> hide) {
    this.err = err;
    this.json = json;
    this.hide = hide;
  }

  /** Takes what Spark and its libraries log as well, until this is closed, if it is JSON. */
  Log capture() {
    if (json) {
      Log4jLines.install(this::object);
    }
    return this;
  }

  /** What follows is said by a run, and by none of its jobs yet. */
  void run(String id) {
    run = id;
    job = "";
  }

  /** What follows is said by a job of it. */
  void job(String name) {
    job = name;
  }

  /** A line for whoever watches. */
  void say(String format, Object... args) {
    String message = String.format(Locale.ROOT, format, args);
    line("INFO", message, message);
  }

  /** A sentence that the user should see. */
  void note(String notice) {
    line("WARN", "            note: " + notice, notice);
  }

  /** A job ended well. */
  void done(String name, double seconds, String sentence) {
    job(name);
    line(
        "INFO",
        String.format(Locale.ROOT, "%-11s %6.1f s  %s", name, seconds, sentence),
        String.format(Locale.ROOT, "done in %.1f s: %s", seconds, sentence));
  }

  /** A job failed. */
  void failed(String name, String sentence) {
    job(name);
    line("ERROR", String.format(Locale.ROOT, "%-11s %s", name, sentence), sentence);
  }

  /** The command failed. */
  void error(String message) {
    line("ERROR", message, message);
  }

  private void line(String level, String text, String message) {
    if (json) {
      object(level, message);
    } else {
      err.println(hide.apply(text));
      err.flush();
    }
  }

  private void object(String level, String message) {
    ObjectNode line =
        JSON.createObjectNode()
            .put("time", time(Instant.now()))
            .put("level", level)
            .put("run", run)
            .put("job", job)
            .put("message", hide.apply(message));
    err.println(line);
    err.flush();
  }

  static String time(Instant at) {
    return TIME.format(at);
  }

  @Override
  public void close() {
    if (json) {
      Log4jLines.uninstall();
    }
  }
}
