package io.stratify.common;

import java.util.Locale;

/** How many there are of something, as people write it. */
public final class Counted {
  private Counted() {}

  /**
   * The number with its noun: {@code 1 row}, {@code 12,500 rows}.
   *
   * @param one the noun for one, whose plural takes an s
   */
  public static String of(long n, String one) {
    return String.format(Locale.ROOT, n == 1 ? "%,d %s" : "%,d %ss", n, one);
  }

  /** The same with the verb: {@code 1 row was}, {@code 12,500 rows were}. */
  public static String were(long n, String one) {
    return of(n, one) + (n == 1 ? " was" : " were");
  }
}
