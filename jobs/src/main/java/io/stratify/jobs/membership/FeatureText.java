package io.stratify.jobs.membership;

import java.util.Locale;

/** Numbers of features in sentences. */
final class FeatureText {
  private static final String UNKNOWN = "unknown";

  private FeatureText() {}

  /** A value that is no number. */
  static String text(String value) {
    return value == null ? UNKNOWN : value;
  }

  /** A value in its unit, as short as it can be read; {@code unknown} where it is missing. */
  static String number(double value) {
    if (Double.isNaN(value)) {
      return UNKNOWN;
    }
    if (Math.abs(value) >= 100 || value == Math.rint(value)) {
      return String.format(Locale.ROOT, "%,.0f", value);
    }
    return String.format(Locale.ROOT, "%.2f", value);
  }

  /** A missing value is null in tables. */
  static Double orNull(double value) {
    return Double.isNaN(value) ? null : value;
  }
}
