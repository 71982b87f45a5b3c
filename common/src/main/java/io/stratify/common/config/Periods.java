package io.stratify.common.config;

import java.time.Period;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Spans of days, weeks, months or years in words. */
public final class Periods {
  /** What {@link #of} reads. */
  public static final String EXAMPLES =
      "a period such as \"3 months\", \"30 days\", \"2 weeks\" or \"1 year\"";

  private static final Pattern WORDS = Pattern.compile("(\\d{1,4}) (day|week|month|year)s?");

  private Periods() {}

  /** A number of days, weeks, months or years, at least one; empty for anything else. */
  public static Optional<Period> of(String words) {
    return Optional.of(WORDS.matcher(words.trim().toLowerCase(Locale.ROOT)))
        .filter(Matcher::matches)
        .map(m -> of(Integer.parseInt(m.group(1)), m.group(2)))
        .filter(p -> !p.isZero());
  }

  private static Period of(int n, String unit) {
    return switch (unit) {
      case "day" -> Period.ofDays(n);
      case "week" -> Period.ofWeeks(n);
      case "month" -> Period.ofMonths(n);
      default -> Period.ofYears(n);
    };
  }
}
