package io.stratify.common.config;

import java.time.LocalDate;

/**
 * The synthetic warehouse.
 *
 * @param customers customers to make up
 * @param months months of facts
 * @param end the day after the last generated day
 * @param seed seed of everything drawn at random
 * @param world what kinds of customers there are to find
 */
public record DemoConfig(int customers, int months, LocalDate end, long seed, World world) {
  static final Key<Integer> CUSTOMERS = Key.wholeNumber("demo.customers", 1);
  static final Key<Integer> MONTHS = Key.wholeNumber("demo.months", 1);
  static final Key<LocalDate> END = Key.date("demo.end");
  static final Key<Long> SEED = Key.seed("demo.seed");
  static final Key<World> WORLD = Key.oneOf("demo.world", World.class);

  /** What kinds of customers are planted. */
  public enum World {
    /** Five kinds, and few customers who change from one to another. */
    PERSONAS,
    /** One kind: customers vary around the same behaviour, so that there are no segments. */
    ONE_CLOUD,
    /** Five kinds until half of the days, and from then on only other kinds. */
    UPHEAVAL;

    /** The name for people and for configurations. */
    public String label() {
      return ConfigText.word(this);
    }
  }

  /** Checks the sizes. */
  public DemoConfig {
    new Checks().check(CUSTOMERS, customers).check(MONTHS, months).done();
  }
}
