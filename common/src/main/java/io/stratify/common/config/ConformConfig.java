package io.stratify.common.config;

import java.time.ZoneId;

/**
 * How inputs become canonical tables.
 *
 * @param timeZone zone of source timestamps that carry none
 * @param maxQuarantineShare share of an input's rows above which a run stops
 */
public record ConformConfig(ZoneId timeZone, double maxQuarantineShare) {
  static final Key<ZoneId> TIME_ZONE = Key.zone("conform.time-zone");
  static final Key<Double> MAX_QUARANTINE_SHARE = Key.number("conform.max-quarantine-share", 0, 1);

  /** Checks the share. */
  public ConformConfig {
    new Checks().check(MAX_QUARANTINE_SHARE, maxQuarantineShare).done();
  }
}
