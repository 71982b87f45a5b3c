package io.stratify.jobs.demo;

import java.time.LocalDate;

/** How busy the shop is through the year: a peak before Christmas and a dip in summer. */
final class Season {
  private static final double[] BY_MONTH = {
    0.92, 0.94, 0.98, 1.00, 1.02, 0.96, 0.84, 0.82, 0.98, 1.04, 1.16, 1.34
  };

  private Season() {}

  /** Activity in the month of a day, 1 being usual. */
  static double on(double day) {
    return BY_MONTH[LocalDate.ofEpochDay((long) day).getMonthValue() - 1];
  }
}
