package io.stratify.common.config;

/**
 * How {@code customer_day} is kept up to date.
 *
 * @param reReadDays days before the as-of date from which on facts are held against those of the
 *     last run; 0 for all days
 */
public record HistoryConfig(int reReadDays) {
  static final Key<Integer> RE_READ_DAYS = Key.wholeNumber("history.re-read-days", 0);

  /** Checks the number of days. */
  public HistoryConfig {
    new Checks().check(RE_READ_DAYS, reReadDays).done();
  }
}
