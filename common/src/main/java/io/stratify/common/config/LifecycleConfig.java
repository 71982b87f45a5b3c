package io.stratify.common.config;

import java.io.Serializable;

/**
 * The rule of the stages of a customer's life.
 *
 * @param activity what makes a day an active one
 * @param newDays days for which a customer is new
 * @param activeFrom active days from which a customer is active rather than activating
 * @param slowing when a customer is slowing
 * @param lapsed when he has lapsed
 * @param wonBackDays days for which a customer who came back is won back
 */
public record LifecycleConfig(
    Activity activity,
    int newDays,
    int activeFrom,
    Absence slowing,
    Absence lapsed,
    int wonBackDays)
    implements Serializable {

  /** What makes a day an active one. */
  public enum Activity {
    /** A completed order; an event where the warehouse has no orders. */
    ORDERS,
    /** An event of product usage; a completed order where the warehouse has no events. */
    EVENTS,
    /** A completed order or an event. */
    ANY
  }

  /**
   * How long a customer has to be away.
   *
   * @param days in days, for customers with fewer than {@link #GAPS} gaps between active days
   * @param gaps in multiples of the mean of his own gaps, for others; 0 = days for all
   */
  public record Absence(int days, double gaps) implements Serializable {
    /** Gaps from which their mean says something about a customer. */
    public static final int GAPS = 2;

    /** Own gaps shorter than this many days are taken as this many, or one free week is an end. */
    public static final int SHORTEST_GAP = 7;

    /** The days after which a customer with these gaps is away. */
    public double threshold(long count, double mean) {
      return gaps == 0 || count < GAPS ? days : gaps * Math.max(mean, SHORTEST_GAP);
    }
  }

  private static final String PATH = "features.lifecycle.";
  static final Key<Activity> ACTIVITY = Key.oneOf(PATH + "activity", Activity.class);
  static final Key<Integer> NEW_DAYS = Key.wholeNumber(PATH + "new-days", 1);
  static final Key<Integer> ACTIVE_FROM = Key.wholeNumber(PATH + "active-from", 1);
  static final Key<Integer> SLOWING_DAYS = Key.wholeNumber(PATH + "slowing-days", 1);
  static final Key<Double> SLOWING_GAPS = Key.notNegative(PATH + "slowing-gaps");
  static final Key<Integer> LAPSED_DAYS = Key.wholeNumber(PATH + "lapsed-days", 1);
  static final Key<Double> LAPSED_GAPS = Key.notNegative(PATH + "lapsed-gaps");
  static final Key<Integer> WON_BACK_DAYS = Key.wholeNumber(PATH + "won-back-days", 1);

  /** Checks each value, and that nobody lapses before he slows down. */
  public LifecycleConfig {
    new Checks()
        .check(NEW_DAYS, newDays)
        .check(ACTIVE_FROM, activeFrom)
        .check(SLOWING_DAYS, slowing.days())
        .check(SLOWING_GAPS, slowing.gaps())
        .check(LAPSED_DAYS, lapsed.days())
        .check(LAPSED_GAPS, lapsed.gaps())
        .check(WON_BACK_DAYS, wonBackDays)
        .that(
            lapsed.days() > slowing.days(),
            LAPSED_DAYS.path(),
            LAPSED_DAYS.path()
                + " is "
                + lapsed.days()
                + "; it must be above slowing-days, which is "
                + slowing.days(),
            SLOWING_DAYS.path())
        .that(
            slowing.gaps() == 0 ? lapsed.gaps() == 0 : lapsed.gaps() > slowing.gaps(),
            LAPSED_GAPS.path(),
            LAPSED_GAPS.path()
                + " is "
                + Values.show(lapsed.gaps())
                + "; it must be above slowing-gaps, which is "
                + Values.show(slowing.gaps())
                + ", or both must be 0",
            SLOWING_GAPS.path())
        .done();
  }
}
