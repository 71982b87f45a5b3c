package io.stratify.common.config;

/**
 * How a command tells what it does.
 *
 * @param format lines for people, or JSON for programs
 */
public record LogConfig(Format format) {
  static final Key<Format> FORMAT = Key.oneOf("log.format", Format.class);

  /** What a line of the log looks like. */
  public enum Format {
    /** A line for people. */
    TEXT,
    /** One JSON object per line. */
    JSON
  }
}
