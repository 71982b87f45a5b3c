package io.stratify.common.tables;

import java.util.List;

/** How a customer and the company talk: support, campaigns and experiments. */
public final class ServiceFeatures {
  /** What rounds to once or more, or to never. */
  private static final double ONCE = 0.5;

  private static final FeatureSet F = new FeatureSet();

  static {
    F.in(FeatureGroup.SUPPORT, "support_tickets");
  }

  /** {@code tickets}. */
  public static final ColumnSpec TICKETS =
      F.count("tickets", "support tickets opened", "need much support", "need little support");

  /** {@code tickets_last}. */
  public static final ColumnSpec TICKETS_LAST =
      F.count(
          "tickets_last",
          "support tickets opened in the last window",
          Word.beyond(ONCE, "need support now", "need more support now"),
          Word.beyond(ONCE, "need no support now", "need less support now"));

  /** {@code tickets_open}. */
  public static final ColumnSpec TICKETS_OPEN =
      F.count(
          "tickets_open",
          "support tickets that are open on the as-of date",
          Word.beyond(ONCE, "open tickets", "more open tickets"),
          Word.beyond(ONCE, "no open tickets", "fewer open tickets"));

  /** {@code hours_to_resolution}. */
  public static final ColumnSpec HOURS_TO_RESOLUTION =
      F.ratio(
          "hours_to_resolution",
          "mean hours (of four decimals each) from the opening to the closing of a ticket, 0 where it is said to be closed"
              + " before; null without a closed one",
          "wait long for answers",
          "answered quickly");

  /** {@code satisfaction}. */
  public static final ColumnSpec SATISFACTION =
      F.ratio(
          "satisfaction",
          "mean satisfaction stated on tickets, on the scale of the source; null without one",
          "more satisfied with support",
          "less satisfied with support");

  static {
    F.in(FeatureGroup.CAMPAIGN, "campaign_touches");
  }

  /** {@code touches}. */
  public static final ColumnSpec TOUCHES =
      F.count("touches", "campaign messages sent", "much addressed", "little addressed");

  /** {@code days_since_touch}. */
  public static final ColumnSpec DAYS_SINCE_TOUCH =
      F.days(
          "days_since_touch",
          "days from the last campaign message to the as-of date; null without one",
          "not addressed lately",
          "addressed lately");

  /** {@code open_rate}. */
  public static final ColumnSpec OPEN_RATE =
      F.ratio(
          "open_rate",
          "campaign messages opened over sent, 0 to 1; null without one",
          "open more messages",
          "open fewer messages");

  /** {@code click_rate}. */
  public static final ColumnSpec CLICK_RATE =
      F.ratio(
          "click_rate",
          "campaign messages clicked over sent, 0 to 1; null without one",
          "click more",
          "click less");

  /** {@code conversion_rate}. */
  public static final ColumnSpec CONVERSION_RATE =
      F.ratio(
          "conversion_rate",
          "campaign messages that the customer did what they asked for, over sent, 0 to 1; null"
              + " without one",
          "respond more to campaigns",
          "respond less to campaigns");

  /** {@code touch_cost}. */
  public static final ColumnSpec TOUCH_COST =
      F.money("touch_cost", "cost of the messages sent", "expensive to reach", "cheap to reach");

  static {
    F.in(FeatureGroup.CONTEXT, "experiment_exposures");
  }

  /** {@code experiments}. */
  public static final ColumnSpec EXPERIMENTS =
      F.count(
          "experiments",
          "variants of experiments shown to the customer",
          "in many experiments",
          "in few experiments");

  /** All of them, in the order of the table. */
  static final List<Feature> ALL = F.all();

  private ServiceFeatures() {}
}
