package io.stratify.jobs.demo;

import java.math.BigDecimal;
import java.time.LocalDate;

/** How the warehouse writes ids, times and money; quicker than {@link String#format}. */
final class Text {
  static final int SECONDS_PER_DAY = 86_400;

  /** A time that is none. */
  static final String BAD_TIME = "2025-13-41";

  /** A day that is none. */
  static final String BAD_DAY = "2025-02-30";

  private Text() {}

  /** {@code C0000042}. */
  static String numbered(String prefix, long number, int digits) {
    StringBuilder text = new StringBuilder(prefix.length() + digits).append(prefix);
    return padded(text, number, digits).toString();
  }

  /** {@code O0000042-007}. */
  static String owned(String prefix, long owner, long number) {
    StringBuilder text = new StringBuilder(16).append(prefix);
    padded(text, owner, 7).append('-');
    return padded(text, number, 3).toString();
  }

  /** {@code 2025-12-31 23:59:59}, from seconds since 1970. */
  static String time(long second) {
    LocalDate date = LocalDate.ofEpochDay(Math.floorDiv(second, SECONDS_PER_DAY));
    int inDay = Math.floorMod(second, SECONDS_PER_DAY);
    StringBuilder text = new StringBuilder(19).append(date).append(' ');
    padded(text, inDay / 3600, 2).append(':');
    padded(text, inDay / 60 % 60, 2).append(':');
    return padded(text, inDay % 60, 2).toString();
  }

  /** {@code 2025-12-31}, from days since 1970. */
  static String day(long day) {
    return LocalDate.ofEpochDay(day).toString();
  }

  /** Noon of a day, as a time. */
  static String noon(int day) {
    return time(day * (long) SECONDS_PER_DAY + SECONDS_PER_DAY / 2);
  }

  /** An amount of cents as money. */
  static BigDecimal money(long cents) {
    return BigDecimal.valueOf(cents, 2);
  }

  private static StringBuilder padded(StringBuilder text, long number, int digits) {
    String plain = Long.toString(number);
    for (int i = plain.length(); i < digits; i++) {
      text.append('0');
    }
    return text.append(plain);
  }
}
