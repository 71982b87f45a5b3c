package io.stratify.common.tables;

import java.util.List;

/**
 * What orders say about a customer: cadence, trend, breadth, value and channel. Every share is from
 * 0 to 1 but margin_share, which is below 0 at a loss; money is in the warehouse's one currency;
 * days are days of the calendar in UTC.
 */
public final class PurchaseFeatures {
  /** More than half of what there is. */
  private static final double MOST = 0.5;

  private static final FeatureSet F = new FeatureSet();

  static {
    F.in(FeatureGroup.CADENCE, "orders");
  }

  /** {@code order_days}. */
  public static final ColumnSpec ORDER_DAYS =
      F.count(
          "order_days", "days with a completed order", "many shopping days", "few shopping days");

  /** {@code gap_variation}. */
  public static final ColumnSpec GAP_VARIATION =
      F.ratio(
          "gap_variation",
          "coefficient of variation of the days between days with a completed order (population"
              + " standard deviation over mean), 0 = like clockwork; null with fewer than three"
              + " such days",
          "irregular buyers",
          "regular buyers");

  /** {@code overdue_ratio}. */
  public static final ColumnSpec OVERDUE_RATIO =
      F.ratio(
          "overdue_ratio",
          "recency_days over mean_gap_days, above 1 = later than usual; null with fewer than two"
              + " days with a completed order",
          Word.beyond(1, "overdue", "closer to being overdue"),
          Word.beyond(1, "on time", "less overdue"));

  static {
    F.in(FeatureGroup.TREND, "orders");
  }

  /** {@code orders_last}. */
  public static final ColumnSpec ORDERS_LAST =
      F.count(
          "orders_last",
          "completed orders in the last window",
          "many recent orders",
          "few recent orders");

  /** {@code orders_previous}. */
  public static final ColumnSpec ORDERS_PREVIOUS =
      F.count(
          "orders_previous",
          "completed orders in the previous window",
          "many earlier orders",
          "few earlier orders");

  /** {@code gross_last}. */
  public static final ColumnSpec GROSS_LAST =
      F.money(
          "gross_last",
          "value bought in the last window, before cancellations and returns",
          "spend much now",
          "spend little now");

  /** {@code gross_previous}. */
  public static final ColumnSpec GROSS_PREVIOUS =
      F.money(
          "gross_previous",
          "value bought in the previous window, before cancellations and returns",
          "spent much before",
          "spent little before");

  /** {@code order_trend}. */
  public static final ColumnSpec ORDER_TREND =
      F.ratio(
          "order_trend",
          "(last - previous) / (last + previous) of the completed orders in the last and the"
              + " previous window, -1 to 1; 0 without an order in either",
          Word.beyond(0, "order more often", "fall back less"),
          Word.beyond(0, "order less often", "pick up less"));

  static {
    F.in(FeatureGroup.BREADTH, "order_lines");
  }

  /** {@code category_entropy}. */
  public static final ColumnSpec CATEGORY_ENTROPY =
      F.ratio(
          "category_entropy",
          "Shannon entropy in bits of the units bought per category, 0 = one category only; null"
              + " without units in a category",
          "varied baskets",
          "one-sided baskets");

  /** {@code top_category_share}. */
  public static final ColumnSpec TOP_CATEGORY_SHARE =
      F.ratio(
          "top_category_share",
          "share of the units in the category bought most; null without units in a category",
          Word.beyond(MOST, "devoted to one category", "more in one category"),
          Word.beyond(MOST, "no favourite category", "less in one category"));

  /** {@code top_category}. */
  public static final ColumnSpec TOP_CATEGORY =
      F.word(
          "top_category",
          "category with the most units; the first in the alphabet of equals, null without units"
              + " in a category");

  static {
    F.in(FeatureGroup.VALUE, "orders");
  }

  /** {@code discounted_order_share}. */
  public static final ColumnSpec DISCOUNTED_ORDER_SHARE =
      F.ratio(
          "discounted_order_share",
          "share of the completed orders that had a discount; null without one",
          Word.beyond(MOST, "wait for discounts", "more orders with a discount"),
          Word.beyond(MOST, "do not wait for discounts", "fewer orders with a discount"));

  /** {@code returned_order_share}. */
  public static final ColumnSpec RETURNED_ORDER_SHARE =
      F.ratio(
          "returned_order_share",
          "cancelled or returned orders over these and completed ones; null without either",
          "return often",
          "return seldom");

  static {
    F.in(FeatureGroup.VALUE, "order_lines");
  }

  /** {@code units_per_order}. */
  public static final ColumnSpec UNITS_PER_ORDER =
      F.ratio(
          "units_per_order",
          "units bought per completed order; null without one",
          "many units per order",
          "few units per order");

  /** {@code margin}. */
  public static final ColumnSpec MARGIN =
      F.money(
          "margin",
          "value of the completed lines of which the cost is known, less that cost; null where units"
              + " were bought and no cost is known",
          Word.beyond(0, "high margin", "small loss"),
          Word.beyond(0, "loss", "low margin"));

  /** {@code margin_share}. */
  public static final ColumnSpec MARGIN_SHARE =
      F.ratio(
          "margin_share",
          "margin over the value of the lines of which the cost is known, at most 1, below 0 at a"
              + " loss; null where no cost is known",
          Word.beyond(0, "profitable baskets", "less unprofitable baskets"),
          Word.beyond(0, "unprofitable baskets", "less profitable baskets"));

  static {
    F.in(FeatureGroup.VALUE, "subscriptions");
  }

  /** {@code active_subscriptions}. */
  public static final ColumnSpec ACTIVE_SUBSCRIPTIONS =
      F.count(
          "active_subscriptions",
          "paid subscriptions that run on the as-of date",
          "many subscriptions",
          "few subscriptions");

  /** {@code recurring_revenue}. */
  public static final ColumnSpec RECURRING_REVENUE =
      F.money(
          "recurring_revenue",
          "monthly revenue of the subscriptions that run on the as-of date",
          "high recurring revenue",
          "low recurring revenue");

  static {
    F.in(FeatureGroup.VALUE, "orders");
  }

  /** {@code alive_probability}. */
  public static final ColumnSpec ALIVE_PROBABILITY =
      F.ratio(
          "alive_probability",
          "probability that the customer still buys at all, by BG/NBD: 1 after a single order day,"
              + " however long ago, so that predicted_purchases tells more; null without an order"
              + " or where the model was not fitted",
          Word.beyond(MOST, "likely to return", "more likely to return"),
          Word.beyond(MOST, "unlikely to return", "less likely to return"));

  /** {@code predicted_purchases}. */
  public static final ColumnSpec PREDICTED_PURCHASES =
      F.ratio(
          "predicted_purchases",
          "days with an order expected in the next features.prediction.days, by BG/NBD; null as"
              + " alive_probability",
          "many orders ahead",
          "few orders ahead");

  /** {@code predicted_value}. */
  public static final ColumnSpec PREDICTED_VALUE =
      F.ratio(
          "predicted_value",
          "value expected to be bought in the next features.prediction.days, by BG/NBD and"
              + " Gamma-Gamma; null as alive_probability, and where Gamma-Gamma was not fitted, unless all"
              + " purchases were worth the same",
          "much value ahead",
          "little value ahead");

  static {
    F.in(FeatureGroup.CHANNEL, "orders");
  }

  /** {@code main_channel}. */
  public static final ColumnSpec MAIN_CHANNEL =
      F.word(
          "main_channel",
          "channel with the most completed orders; the first in the alphabet of equals, null where"
              + " no order has a channel");

  /** {@code main_channel_share}. */
  public static final ColumnSpec MAIN_CHANNEL_SHARE =
      F.ratio(
          "main_channel_share",
          "share of the completed orders in main_channel, of those that have a channel",
          Word.beyond(MOST, "loyal to one channel", "more on one channel"),
          Word.beyond(MOST, "many channels", "less on one channel"));

  /** {@code weekend_share}. */
  public static final ColumnSpec WEEKEND_SHARE =
      F.ratio(
          "weekend_share",
          "share of the completed orders on a Saturday or Sunday in UTC; null without one",
          Word.beyond(MOST, "weekend buyers", "more at weekends"),
          Word.beyond(MOST, "weekday buyers", "more on weekdays"));

  /** All of them, in the order of the table. */
  static final List<Feature> ALL = F.all();

  private PurchaseFeatures() {}
}
