package io.stratify.common.io;

import java.io.StringWriter;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.WriterAppender;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.layout.PatternLayout;

/** All that one configured logger says, down to debugging, until it is closed. */
final class LogCapture implements AutoCloseable {
  private final StringWriter text = new StringWriter();
  private final LoggerContext context = (LoggerContext) LogManager.getContext(false);
  private final LoggerConfig logger;
  private final Level level;
  private final WriterAppender appender;

  LogCapture(String name) {
    logger = context.getConfiguration().getLoggerConfig(name);
    level = logger.getLevel();
    appender =
        WriterAppender.createAppender(
            PatternLayout.newBuilder().withPattern("%m%n%throwable").build(),
            null,
            text,
            "capture",
            false,
            true);
    appender.start();
    logger.addAppender(appender, Level.DEBUG, null);
    logger.setAdditive(false);
    logger.setLevel(Level.DEBUG);
    context.updateLoggers();
  }

  String text() {
    return text.toString();
  }

  @Override
  public void close() {
    logger.setLevel(level);
    logger.setAdditive(true);
    logger.removeAppender("capture");
    context.updateLoggers();
    appender.stop();
  }
}
