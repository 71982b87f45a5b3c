package io.stratify.jobs.demo;

import io.stratify.common.config.DemoConfig.World;
import java.io.Serializable;
import java.time.LocalDate;
import java.util.Objects;

/**
 * What decides every row of the synthetic warehouse.
 *
 * @param customers number of customers, 1 to 50,000,000
 * @param months months that the warehouse covers, 2 to 120
 * @param end the day after the last day with facts
 * @param seed seed of everything drawn at random
 * @param world what kinds of customers there are to find
 */
public record DemoSpec(int customers, int months, LocalDate end, long seed, World world)
    implements Serializable {

  /** Refuses a warehouse that cannot be generated. */
  public DemoSpec {
    Objects.requireNonNull(end, "demo.end is missing; give the day after the last generated day");
    Objects.requireNonNull(world, "demo.world is missing; give the kinds of customers to plant");
    require(customers >= 1 && customers <= 50_000_000, "customers", customers, "1 to 50,000,000");
    require(months >= 2 && months <= 120, "months", months, "2 to 120");
  }

  /** A warehouse with the five personas. */
  public DemoSpec(int customers, int months, LocalDate end, long seed) {
    this(customers, months, end, seed, World.PERSONAS);
  }

  /** The first day on which a customer can register. */
  public LocalDate start() {
    return end.minusMonths(months);
  }

  /** {@link #start()} as a count of days since 1970. */
  int startDay() {
    return Math.toIntExact(start().toEpochDay());
  }

  /** {@link #end()} as a count of days since 1970. */
  int endDay() {
    return Math.toIntExact(end.toEpochDay());
  }

  /** The day at half of the days, counted since 1970: that of the upheaval where there is one. */
  int middleDay() {
    return startDay() + (endDay() - startDay()) / 2;
  }

  private static void require(boolean ok, String key, int found, String expected) {
    if (!ok) {
      throw new IllegalArgumentException(
          "demo.%s is %s; it must be %s".formatted(key, found, expected));
    }
  }
}
