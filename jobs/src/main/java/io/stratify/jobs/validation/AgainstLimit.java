package io.stratify.jobs.validation;

import java.util.Locale;

/** Figures in sentences that hold them against a limit. */
final class AgainstLimit {
  private static final int MOST_DECIMALS = 9;

  private AgainstLimit() {}

  /**
   * A figure with enough decimals to be told from its limit: 0.6497 is not "0.650, must be at least
   * 0.65".
   *
   * @param must what it must be, which ends with the limit
   * @param decimals as many as are enough elsewhere
   */
  static String text(double value, String must, int decimals) {
    double limit = limit(must);
    String text = format(value, decimals);
    for (int d = decimals + 1;
        d <= MOST_DECIMALS && value != limit && Double.parseDouble(text) == limit;
        d++) {
      text = format(value, d);
    }
    return text;
  }

  private static String format(double value, int decimals) {
    return String.format(Locale.ROOT, "%." + decimals + "f", value);
  }

  private static double limit(String must) {
    try {
      return Double.parseDouble(must.substring(must.lastIndexOf(' ') + 1));
    } catch (NumberFormatException e) {
      return Double.NaN; // it is none of one number
    }
  }
}
