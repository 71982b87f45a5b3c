package io.stratify.common.config;

import java.time.ZoneId;

/**
 * How inputs become canonical tables.
 *
 * @param timeZone zone of source timestamps that carry none
 * @param maxQuarantineShare share of an input's rows above which a run stops
 * @param maxPerson most ids that one person may have; more are a shared device or address
 * @param currency how money is converted
 */
public record ConformConfig(
    ZoneId timeZone, double maxQuarantineShare, int maxPerson, CurrencyConfig currency) {
  static final Key<ZoneId> TIME_ZONE = Key.zone("conform.time-zone");
  static final Key<Double> MAX_QUARANTINE_SHARE = Key.number("conform.max-quarantine-share", 0, 1);
  static final Key<Integer> MAX_PERSON = Key.wholeNumber("conform.max-ids-per-person", 2);

  /** Checks the share and the limit. */
  public ConformConfig {
    new Checks()
        .check(MAX_QUARANTINE_SHARE, maxQuarantineShare)
        .check(MAX_PERSON, maxPerson)
        .done();
  }
}
