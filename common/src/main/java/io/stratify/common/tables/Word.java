package io.stratify.common.tables;

/**
 * A word for a segment that lies far above, or far below, the mean of a feature. Most words compare
 * with all customers, as "big spenders". One that says something absolute, as "growing", holds only
 * where the segment is beyond a limit too; elsewhere the word that compares is taken.
 *
 * @param text the word
 * @param limit value beyond which it holds, in the unit of the feature; NaN where it compares
 * @param comparing the word where it does not hold; null where it compares itself
 */
public record Word(String text, double limit, String comparing) {
  /** A word that compares with all customers. */
  public static Word comparing(String text) {
    return new Word(text, Double.NaN, null);
  }

  /**
   * A word that says something absolute.
   *
   * @param limit value beyond which it holds, in the unit of the feature
   * @param comparing the word where it does not hold
   */
  public static Word beyond(double limit, String text, String comparing) {
    return new Word(text, limit, comparing);
  }

  /**
   * The word for a segment.
   *
   * @param above whether the segment is above the mean of all customers, or below
   * @param value typical value of the segment in the unit of the feature; NaN where it is not known
   */
  public String of(boolean above, double value) {
    if (comparing == null) {
      return text;
    }
    boolean holds = above ? value > limit : value < limit;
    return holds ? text : comparing;
  }
}
