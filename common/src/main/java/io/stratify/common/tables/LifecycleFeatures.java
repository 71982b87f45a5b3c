package io.stratify.common.tables;

import java.util.List;

/**
 * Where in his life a customer is. An active day is one with a completed order, with an event, or
 * with either, as {@code features.lifecycle.activity} says.
 */
public final class LifecycleFeatures {
  /** Known for a short time, and hardly active yet. */
  public static final String NEW = "new";

  /** Known for longer, and not yet as often active as an active customer. */
  public static final String ACTIVATING = "activating";

  /** As active as ever. */
  public static final String ACTIVE = "active";

  /** Away for longer than usual. */
  public static final String SLOWING = "slowing";

  /** Away for so long that he is likely to be gone. */
  public static final String LAPSED = "lapsed";

  /** Back after he had lapsed. */
  public static final String WON_BACK = "won back";

  /** Every stage. */
  public static final List<String> STAGES =
      List.of(NEW, ACTIVATING, ACTIVE, SLOWING, LAPSED, WON_BACK);

  /** What rounds to once or more, or to never. */
  private static final double ONCE = 0.5;

  private static final FeatureSet F = new FeatureSet().in(FeatureGroup.LIFECYCLE, "customers");

  /** {@code lifecycle_stage}. */
  public static final ColumnSpec LIFECYCLE_STAGE =
      F.word(
          "lifecycle_stage",
          "new, activating, active, slowing, lapsed or won back, by the rule of"
              + " features.lifecycle");

  /** {@code active_days}. */
  public static final ColumnSpec ACTIVE_DAYS =
      F.count("active_days", "active days before the as-of date", "often active", "seldom active");

  /** {@code days_since_active}. */
  public static final ColumnSpec DAYS_SINCE_ACTIVE =
      F.days(
          "days_since_active",
          "days from the last active day to the as-of date; null without one",
          "long inactive",
          "active recently");

  /** {@code days_to_active}. */
  public static final ColumnSpec DAYS_TO_ACTIVE =
      F.days(
          "days_to_active",
          "days from registration, or the first fact if that is earlier, to the first active day;"
              + " null without one",
          "slow to become active",
          "quick to become active");

  /** {@code comebacks}. */
  public static final ColumnSpec COMEBACKS =
      F.days(
          "comebacks",
          "times the customer became active again after he had lapsed",
          Word.beyond(ONCE, "come and go", "come back more often"),
          Word.beyond(ONCE, "no comebacks", "come back less often"));

  /** All of them, in the order of the table. */
  static final List<Feature> ALL = F.all();

  private LifecycleFeatures() {}
}
