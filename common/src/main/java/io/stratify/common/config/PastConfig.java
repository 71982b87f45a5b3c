package io.stratify.common.config;

import java.time.LocalDate;
import java.time.Period;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Which past snapshots a run makes.
 *
 * @param back how many
 * @param every how far apart
 */
public record PastConfig(int back, Period every) {
  private static final Pattern TEXT = Pattern.compile("(\\d{1,4}) (day|week|month|year)s?");

  static final Key<Integer> BACK = Key.wholeNumber("features.past.back", 0, 100);
  static final Key<Period> EVERY =
      new Key<>(
          "features.past.every",
          "a period such as \"3 months\", \"30 days\", \"2 weeks\" or \"1 year\"",
          value -> Values.text(value).flatMap(PastConfig::parse),
          period -> !period.isZero() && !period.isNegative());

  /** Checks the number and the period. */
  public PastConfig {
    new Checks().check(BACK, back).check(EVERY, every).done();
  }

  /**
   * The past as-of dates, ascending. Each is counted from the as-of date itself, so that a month
   * that is too short for its day does not shorten those before it.
   */
  public List<LocalDate> before(LocalDate asOf) {
    return IntStream.rangeClosed(1, back)
        .map(i -> back + 1 - i)
        .mapToObj(i -> asOf.minus(every.multipliedBy(i)))
        .toList();
  }

  private static Optional<Period> parse(String text) {
    Matcher matcher = TEXT.matcher(text.trim().toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      return Optional.empty();
    }
    int n = Integer.parseInt(matcher.group(1));
    Period period =
        switch (matcher.group(2)) {
          case "day" -> Period.ofDays(n);
          case "week" -> Period.ofWeeks(n);
          case "month" -> Period.ofMonths(n);
          default -> Period.ofYears(n);
        };
    return Optional.of(period).filter(p -> !p.isZero());
  }
}
