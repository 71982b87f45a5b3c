package io.stratify.common.config;

import java.time.LocalDate;

/**
 * The synthetic warehouse.
 *
 * @param customers customers to make up
 * @param months months of facts
 * @param end the day after the last generated day
 * @param seed seed of everything drawn at random
 */
public record DemoConfig(int customers, int months, LocalDate end, long seed) {
  static final Key<Integer> CUSTOMERS = Key.wholeNumber("demo.customers", 1);
  static final Key<Integer> MONTHS = Key.wholeNumber("demo.months", 1);
  static final Key<LocalDate> END = Key.date("demo.end");
  static final Key<Long> SEED = Key.seed("demo.seed");

  /** Checks the sizes. */
  public DemoConfig {
    new Checks().check(CUSTOMERS, customers).check(MONTHS, months).done();
  }
}
