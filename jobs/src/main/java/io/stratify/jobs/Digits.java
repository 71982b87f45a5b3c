package io.stratify.jobs;

import java.math.BigDecimal;
import java.math.MathContext;

/**
 * What of a double means something: its last digits depend on the order in which tasks added up,
 * and with it on the number of partitions.
 */
public final class Digits {
  private static final MathContext NINE = new MathContext(9);

  /** Share of the mean below which a deviation is an error of summation, not of the customers. */
  private static final double ROUNDING = 1e-9;

  private Digits() {}

  /** Nine significant digits; what is no number stays so. */
  public static double nine(double value) {
    return Double.isFinite(value) ? new BigDecimal(value).round(NINE).doubleValue() : value;
  }

  /** Whether values differ, given their mean and their standard deviation. */
  public static boolean differ(double mean, double deviation) {
    return deviation > ROUNDING * Math.abs(mean);
  }
}
