package io.stratify.common;

import java.util.Locale;

/**
 * A problem that the user can solve. The message says what failed, why, and what to do; it is
 * printed without a stack trace and the run exits with 1.
 */
public class StratifyException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** A problem described by a format of {@link String#format(String, Object...)}. */
  public StratifyException(String format, Object... args) {
    super(args.length == 0 ? format : String.format(Locale.ROOT, format, args));
  }

  /** A problem with the failure behind it. */
  public StratifyException(Throwable cause, String format, Object... args) {
    super(args.length == 0 ? format : String.format(Locale.ROOT, format, args), cause);
  }
}
