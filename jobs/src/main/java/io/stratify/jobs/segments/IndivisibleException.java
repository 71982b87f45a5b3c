package io.stratify.jobs.segments;

import io.stratify.common.StratifyException;

/** The customers are too few, or too much alike, to be divided by a lens. */
final class IndivisibleException extends StratifyException {
  private static final long serialVersionUID = 1L;

  /** A problem described by a format of {@link String#format(String, Object...)}. */
  IndivisibleException(String format, Object... args) {
    super(format, args);
  }
}
