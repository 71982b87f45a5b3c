package io.stratify.jobs;

import java.util.Locale;

/** Numbers of features in sentences. */
public final class FeatureText {
  /** What stands for a value that is missing. */
  public static final String UNKNOWN = "unknown";

  /** Below it two decimals say little, or that there is nothing. */
  private static final double SMALL = 0.095;

  private static final int MOST_DECIMALS = 4;

  private FeatureText() {}

  /** A value that is no number. */
  public static String text(String value) {
    return value == null ? UNKNOWN : value;
  }

  /** A value in its unit, as short as it can be read; {@code unknown} where it is missing. */
  public static String number(double value) {
    if (Double.isNaN(value)) {
      return UNKNOWN;
    }
    if (Math.abs(value) >= 100 || value == Math.rint(value)) {
      return format(value, 0);
    }
    return Math.abs(value) >= SMALL ? format(value, 2) : format(value, MOST_DECIMALS);
  }

  /** How a value changed, with enough decimals to tell both from one another. */
  public static String change(double before, double after) {
    String was = number(before);
    String is = number(after);
    for (int d = 1;
        d <= MOST_DECIMALS && was.equals(is) && Double.compare(before, after) != 0;
        d++) {
      was = format(before, d);
      is = format(after, d);
    }
    return "from " + was + " to " + is;
  }

  private static String format(double value, int decimals) {
    // What is 0 in so many decimals has no sign.
    String text = String.format(Locale.ROOT, "%,." + decimals + "f", value);
    return text.matches("-[0.]*") ? text.substring(1) : text;
  }

  /** A missing value is null in tables. */
  public static Double orNull(double value) {
    return Double.isNaN(value) ? null : value;
  }
}
