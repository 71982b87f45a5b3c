package io.stratify.common.tables;

import java.util.List;

/** What events of product usage say about a customer: engagement, adoption, funnel and devices. */
public final class UsageFeatures {
  /** More than half of what there is. */
  private static final double MOST = 0.5;

  /** What rounds to once or more, or to never. */
  private static final double ONCE = 0.5;

  /** Five days of seven. */
  private static final double WORKDAYS = 5.0 / 7;

  /** One day of seven. */
  private static final double WEEKLY = 1.0 / 7;

  private static final FeatureSet F = new FeatureSet();

  static {
    F.in(FeatureGroup.TREND, "events");
  }

  /** {@code event_trend}. */
  public static final ColumnSpec EVENT_TREND =
      F.ratio(
          "event_trend",
          "(last - previous) / (last + previous) of the days with an event in the last and the"
              + " previous window, -1 to 1; 0 without an event in either",
          Word.beyond(0, "use it more often", "usage falls less"),
          Word.beyond(0, "use it less often", "usage grows less"));

  static {
    F.in(FeatureGroup.BREADTH, "events");
  }

  /** {@code feature_breadth}. */
  public static final ColumnSpec FEATURE_BREADTH =
      F.days(
          "feature_breadth",
          "number of product features ever used",
          "use many features",
          "use few features");

  /** {@code feature_entropy}. */
  public static final ColumnSpec FEATURE_ENTROPY =
      F.ratio(
          "feature_entropy",
          "Shannon entropy in bits of the events per product feature, 0 = one feature only; null"
              + " without an event of a feature",
          "varied usage",
          "one-sided usage");

  /** {@code top_feature}. */
  public static final ColumnSpec TOP_FEATURE =
      F.word(
          "top_feature",
          "product feature with the most events; the first in the alphabet of equals, null without"
              + " an event of a feature");

  static {
    F.in(FeatureGroup.CHANNEL, "events");
  }

  /** {@code main_device}. */
  public static final ColumnSpec MAIN_DEVICE =
      F.word(
          "main_device",
          "device with the most events; the first in the alphabet of equals, null where no event"
              + " has a device");

  /** {@code main_device_share}. */
  public static final ColumnSpec MAIN_DEVICE_SHARE =
      F.ratio(
          "main_device_share",
          "share of the events on main_device, of those that have a device",
          Word.beyond(MOST, "loyal to one device", "more on one device"),
          Word.beyond(MOST, "many devices", "less on one device"));

  static {
    F.in(FeatureGroup.ENGAGEMENT, "events");
  }

  /** {@code days_since_event}. */
  public static final ColumnSpec DAYS_SINCE_EVENT =
      F.days(
          "days_since_event",
          "days from the last day with an event to the as-of date; null without one",
          "used it long ago",
          "used it recently");

  /** {@code active_days_7}. */
  public static final ColumnSpec ACTIVE_DAYS_7 =
      F.days(
          "active_days_7",
          "days with an event in the 7 days before the as-of date",
          Word.beyond(ONCE, "active this week", "more active this week"),
          Word.beyond(ONCE, "inactive this week", "less active this week"));

  /** {@code active_days_28}. */
  public static final ColumnSpec ACTIVE_DAYS_28 =
      F.days(
          "active_days_28",
          "days with an event in the 28 days before the as-of date",
          Word.beyond(ONCE, "active this month", "more active this month"),
          Word.beyond(ONCE, "inactive this month", "less active this month"));

  /** {@code active_days_90}. */
  public static final ColumnSpec ACTIVE_DAYS_90 =
      F.days(
          "active_days_90",
          "days with an event in the 90 days before the as-of date",
          Word.beyond(ONCE, "active this quarter", "more active this quarter"),
          Word.beyond(ONCE, "inactive this quarter", "less active this quarter"));

  /** {@code stickiness}. */
  public static final ColumnSpec STICKINESS =
      F.ratio(
          "stickiness",
          "active_days_28 / 28: what daily over monthly active users is for one customer, 0 to 1",
          Word.beyond(WORKDAYS, "daily users", "more frequent users"),
          Word.beyond(WEEKLY, "seldom users", "less frequent users"));

  /** {@code sessions_last}. */
  public static final ColumnSpec SESSIONS_LAST =
      F.count(
          "sessions_last",
          "sessions in the last window; one over midnight (UTC) counts on both days",
          "many sessions",
          "few sessions");

  /** {@code session_depth}. */
  public static final ColumnSpec SESSION_DEPTH =
      F.ratio(
          "session_depth",
          "events of sessions per session in the last window; null without a session",
          "deep sessions",
          "shallow sessions");

  /** {@code session_minutes}. */
  public static final ColumnSpec SESSION_MINUTES =
      F.ratio(
          "session_minutes",
          "minutes of the events of sessions per session in the last window; null without one",
          "stay long",
          "stay briefly");

  static {
    F.in(FeatureGroup.ADOPTION, "events");
  }

  /** {@code days_to_feature}. */
  public static final ColumnSpec DAYS_TO_FEATURE =
      F.daysPerKey(
          "days_to_feature",
          "days from registration, or the first fact if that is earlier, to the first use of each"
              + " product feature; only features used before the as-of date, the first 500",
          "start %s late",
          "start %s early");

  /** {@code days_to_first_feature}. */
  public static final ColumnSpec DAYS_TO_FIRST_FEATURE =
      F.days(
          "days_to_first_feature",
          "days from registration, or the first fact if that is earlier, to the first use of any"
              + " product feature; null without one",
          "slow to start",
          "quick to start");

  /** {@code features_last}. */
  public static final ColumnSpec FEATURES_LAST =
      F.days(
          "features_last",
          "product features first used in the last window, among the first 500 of the customer",
          Word.beyond(ONCE, "discover features", "discover more features"),
          Word.beyond(ONCE, "discover nothing new", "discover fewer features"));

  static {
    F.in(FeatureGroup.FUNNEL, "events");
  }

  /** {@code days_to_step}. */
  public static final ColumnSpec DAYS_TO_STEP =
      F.daysPerKey(
          "days_to_step",
          "days from registration, or the first fact if that is earlier, to the first event of each"
              + " step of features.funnel; only steps that happened before the as-of date",
          "reach %s late",
          "reach %s early");

  /** {@code funnel_steps}. */
  public static final ColumnSpec FUNNEL_STEPS =
      F.days(
          "funnel_steps",
          "steps of features.funnel that happened, counted from the first one up to the first that"
              + " did not",
          "far in the funnel",
          "early in the funnel");

  /** {@code funnel_step}. */
  public static final ColumnSpec FUNNEL_STEP =
      F.word("funnel_step", "the last of funnel_steps; null where the first did not happen");

  /** All of them, in the order of the table. */
  static final List<Feature> ALL = F.all();

  private UsageFeatures() {}
}
