package io.stratify.common.config;

import java.time.LocalDate;
import java.time.Period;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which past snapshots a run makes.
 *
 * @param back how many
 * @param every how far apart
 * @param columns which features they have
 */
public record PastConfig(int back, Period every, Columns columns) {
  /** Which features a past snapshot has. */
  public enum Columns {
    /** Those that lenses of clusters read, and what is scored. */
    LENSES,
    /** Every feature. */
    ALL
  }

  private static final int MOST_BACK = 100;

  static final Key<Integer> BACK = Key.wholeNumber("features.past.back", 0, MOST_BACK);
  static final Key<Period> EVERY =
      new Key<>(
          "features.past.every",
          Periods.EXAMPLES,
          Values::period,
          period -> !period.isZero() && !period.isNegative());
  static final Key<Columns> COLUMNS = Key.oneOf("features.past.columns", Columns.class);

  /** Checks the number and the period. */
  public PastConfig {
    new Checks().check(BACK, back).check(EVERY, every).check(COLUMNS, columns).done();
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
}
