package io.stratify.jobs.cli;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.apache.commons.lang3.exception.ExceptionUtils;
import org.apache.logging.log4j.core.Appender;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.config.Property;

/** Hands the lines of Log4j to our own log, in place of those who print them otherwise. */
final class Log4jLines extends AbstractAppender {
  private static final String NAME = "stratify json";
  private static final Map<String, Appender> REPLACED = new TreeMap<>();

  private final BiConsumer<String, String> lines;

  private Log4jLines(BiConsumer<String, String> lines) {
    super(NAME, null, null, false, Property.EMPTY_ARRAY);
    this.lines = lines;
  }

  /**
   * Replaces the appenders of the root.
   *
   * @param lines takes a level and a message
   */
  static synchronized void install(BiConsumer<String, String> lines) {
    LoggerContext context = LoggerContext.getContext(false);
    LoggerConfig root = context.getConfiguration().getRootLogger();
    REPLACED.putAll(root.getAppenders());
    root.getAppenders().keySet().forEach(root::removeAppender);
    Log4jLines ours = new Log4jLines(lines);
    ours.start();
    root.addAppender(ours, null, null);
    context.updateLoggers();
  }

  /** Puts them back. */
  static synchronized void uninstall() {
    LoggerContext context = LoggerContext.getContext(false);
    LoggerConfig root = context.getConfiguration().getRootLogger();
    root.removeAppender(NAME);
    REPLACED.values().forEach(appender -> root.addAppender(appender, null, null));
    REPLACED.clear();
    context.updateLoggers();
  }

  @Override
  public void append(LogEvent event) {
    String name = event.getLoggerName();
    String logger = name.substring(name.lastIndexOf('.') + 1);
    String trace =
        event.getThrown() == null ? "" : "\n" + ExceptionUtils.getStackTrace(event.getThrown());
    lines.accept(
        event.getLevel().name(),
        logger + ": " + event.getMessage().getFormattedMessage() + trace.stripTrailing());
  }
}
