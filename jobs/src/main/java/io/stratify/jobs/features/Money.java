package io.stratify.jobs.features;

import io.stratify.common.StratifyException;
import io.stratify.common.tables.TableSpec;
import java.math.BigDecimal;

/** Money as a whole number of units of its last decimal: sums are exact, and cost nothing. */
final class Money {
  private static final int SCALE = TableSpec.MONEY.scale();
  private static final double UNITS = Math.pow(10, SCALE);

  /** Up to here a fraction is the one nearest to the amount after one division. */
  private static final long EXACT = 1L << 52;

  private Money() {}

  /** The fraction nearest to an amount. */
  static double fraction(long units) {
    return Math.abs(units) < EXACT ? units / UNITS : BigDecimal.valueOf(units, SCALE).doubleValue();
  }

  static long plus(long a, long b) {
    try {
      return Math.addExact(a, b);
    } catch (ArithmeticException e) {
      throw new StratifyException(
          e,
          "Cannot sum the facts of one customer: a sum has more than %d digits before the decimal"
              + " point. Let a rule quarantine such values (inputs.*.rules, range)",
          TableSpec.MONEY.precision() - SCALE);
    }
  }

  static long minus(long a, long b) {
    return plus(a, Math.negateExact(b));
  }
}
