package io.stratify.common.tables;

import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.types.DataType;

/** Features of every customer known before the as-of date. */
public final class CustomerFeatures {
  /**
   * A numeric feature and the words for a segment that has much or little of it.
   *
   * @param column its column
   * @param input the input it needs
   * @param high word for a segment far above the mean
   * @param low word for a segment far below the mean
   */
  public record Feature(ColumnSpec column, String input, String high, String low) {}

  private static final List<Feature> FEATURES_BUILDING = new java.util.ArrayList<>();

  private static final TableSpec.Builder T =
      TableSpec.published("customer_features", "One row per customer known before the as-of date.");

  /** {@code customer_id}. */
  public static final ColumnSpec CUSTOMER_ID = T.key("customer_id", StringType, "customer");

  /** {@code tenure_days}. */
  public static final ColumnSpec TENURE_DAYS =
      feature(
          "tenure_days",
          IntegerType,
          "customers",
          "long-standing",
          "recently joined",
          "days from registration, or the first fact if that is earlier, to the as-of date");

  /** {@code recency_days}. */
  public static final ColumnSpec RECENCY_DAYS =
      feature(
          "recency_days",
          IntegerType,
          "orders",
          "lapsed",
          "bought recently",
          "days from the last completed order to the as-of date; null without one");

  /** {@code frequency}. */
  public static final ColumnSpec FREQUENCY =
      feature(
          "frequency",
          LongType,
          "orders",
          "frequent buyers",
          "rare buyers",
          "completed orders before the as-of date");

  /** {@code monetary_net}. */
  public static final ColumnSpec MONETARY_NET =
      feature(
          "monetary_net",
          TableSpec.MONEY,
          "orders",
          "big spenders",
          "small spenders",
          "value bought less value cancelled or given back");

  /** {@code monetary_gross}. */
  public static final ColumnSpec MONETARY_GROSS =
      feature(
          "monetary_gross",
          TableSpec.MONEY,
          "orders",
          "large purchases",
          "small purchases",
          "value bought, before cancellations and returns");

  /** {@code avg_order}. */
  public static final ColumnSpec AVG_ORDER =
      feature(
          "avg_order",
          DoubleType,
          "orders",
          "large baskets",
          "small baskets",
          "value of a completed order on average; null without one");

  /** {@code mean_gap_days}. */
  public static final ColumnSpec MEAN_GAP_DAYS =
      feature(
          "mean_gap_days",
          DoubleType,
          "orders",
          "long gaps between orders",
          "short gaps between orders",
          "mean days between days with a completed order; null with fewer than two such days");

  /** {@code category_breadth}. */
  public static final ColumnSpec CATEGORY_BREADTH =
      feature(
          "category_breadth",
          IntegerType,
          "order_lines",
          "wide range",
          "narrow range",
          "number of categories bought from");

  /** {@code return_share}. */
  public static final ColumnSpec RETURN_SHARE =
      feature(
          "return_share",
          DoubleType,
          "orders",
          "return much",
          "return little",
          "value given back over value bought, at most 1; null if nothing was bought");

  /** {@code discount_share}. */
  public static final ColumnSpec DISCOUNT_SHARE =
      feature(
          "discount_share",
          DoubleType,
          "orders",
          "discount hunters",
          "full-price buyers",
          "discount over value bought before discount; null if nothing was bought");

  /** {@code trend}. */
  public static final ColumnSpec TREND =
      feature(
          "trend",
          DoubleType,
          "orders",
          "growing",
          "shrinking",
          "(last - previous) / (last + previous) of the value bought in the last and the previous"
              + " window, -1 to 1; 0 if nothing was bought in either");

  /** {@code event_days}. */
  public static final ColumnSpec EVENT_DAYS =
      feature(
          "event_days",
          LongType,
          "events",
          "very active",
          "inactive",
          "days with an event of product usage in the last window");

  /** {@code events_per_day}. */
  public static final ColumnSpec EVENTS_PER_DAY =
      feature(
          "events_per_day",
          DoubleType,
          "events",
          "long sessions",
          "short sessions",
          "events per day with an event in the last window; null without one");

  /** {@code r_score}. */
  public static final ColumnSpec R_SCORE =
      T.column("r_score", IntegerType, "recency quintile, 5 = most recent; null without an order");

  /** {@code f_score}. */
  public static final ColumnSpec F_SCORE =
      T.column(
          "f_score", IntegerType, "frequency quintile, 5 = most orders; null without an order");

  /** {@code m_score}. */
  public static final ColumnSpec M_SCORE =
      T.column("m_score", IntegerType, "net money quintile, 5 = most; null without an order");

  /** The table. */
  public static final TableSpec TABLE = T.build();

  /** Every numeric feature, in the order of the table. */
  public static final List<Feature> FEATURES = List.copyOf(FEATURES_BUILDING);

  private CustomerFeatures() {}

  /** The feature of a column, if it is one. */
  public static Optional<Feature> byName(String name) {
    return FEATURES.stream().filter(f -> f.column().name().equals(name)).findFirst();
  }

  private static ColumnSpec feature(
      String name, DataType type, String input, String high, String low, String doc) {
    ColumnSpec column = T.column(name, type, doc);
    FEATURES_BUILDING.add(new Feature(column, input, high, low));
    return column;
  }
}
