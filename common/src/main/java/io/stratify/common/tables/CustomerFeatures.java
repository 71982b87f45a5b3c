package io.stratify.common.tables;

import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/** Features of every customer known before the as-of date. */
public final class CustomerFeatures {
  /** A discount of less is hardly one. */
  private static final double HARDLY_ANY = 0.05;

  private static final List<Feature> BUILDING = new ArrayList<>();

  private static final TableSpec.Builder T =
      TableSpec.published("customer_features", "One row per customer known before the as-of date.");

  /** {@code customer_id}. */
  public static final ColumnSpec CUSTOMER_ID = T.key("customer_id", StringType, "customer");

  /** {@code tenure_days}. */
  public static final ColumnSpec TENURE_DAYS =
      feature(
          FeatureGroup.LIFECYCLE,
          "tenure_days",
          IntegerType,
          "customers",
          "long-standing",
          "recently joined",
          "days from registration, or the first fact if that is earlier, to the as-of date");

  /** {@code recency_days}. */
  public static final ColumnSpec RECENCY_DAYS =
      feature(
          FeatureGroup.RFM,
          "recency_days",
          IntegerType,
          "orders",
          "bought long ago",
          "bought recently",
          "days from the last completed order to the as-of date; null without one");

  /** {@code frequency}. */
  public static final ColumnSpec FREQUENCY =
      feature(
          FeatureGroup.RFM,
          "frequency",
          LongType,
          "orders",
          "frequent buyers",
          "rare buyers",
          "completed orders before the as-of date");

  /** {@code monetary_net}. */
  public static final ColumnSpec MONETARY_NET =
      feature(
          FeatureGroup.RFM,
          "monetary_net",
          TableSpec.MONEY,
          "orders",
          "big spenders",
          "small spenders",
          "value bought less value cancelled or given back");

  /** {@code monetary_gross}. */
  public static final ColumnSpec MONETARY_GROSS =
      feature(
          FeatureGroup.RFM,
          "monetary_gross",
          TableSpec.MONEY,
          "orders",
          "large purchases",
          "small purchases",
          "value bought, before cancellations and returns");

  /** {@code avg_order}. */
  public static final ColumnSpec AVG_ORDER =
      feature(
          FeatureGroup.VALUE,
          "avg_order",
          DoubleType,
          "orders",
          "large baskets",
          "small baskets",
          "value of a completed order on average; null without one");

  /** {@code mean_gap_days}. */
  public static final ColumnSpec MEAN_GAP_DAYS =
      feature(
          FeatureGroup.CADENCE,
          "mean_gap_days",
          DoubleType,
          "orders",
          "long gaps between orders",
          "short gaps between orders",
          "mean days between days with a completed order; null with fewer than two such days");

  /** {@code category_breadth}. */
  public static final ColumnSpec CATEGORY_BREADTH =
      feature(
          FeatureGroup.BREADTH,
          "category_breadth",
          IntegerType,
          "order_lines",
          "wide range",
          "narrow range",
          "number of categories bought from");

  /** {@code return_share}. */
  public static final ColumnSpec RETURN_SHARE =
      feature(
          FeatureGroup.VALUE,
          "return_share",
          DoubleType,
          "orders",
          "return much",
          "return little",
          "value cancelled or given back over value bought, at most 1; null if nothing was bought");

  /** {@code discount_share}. */
  public static final ColumnSpec DISCOUNT_SHARE =
      feature(
          FeatureGroup.VALUE,
          "discount_share",
          DoubleType,
          "orders",
          Word.beyond(HARDLY_ANY, "discount hunters", "more discount"),
          Word.beyond(HARDLY_ANY, "full-price buyers", "less discount"),
          "discount over value before discount, of completed orders; null if there are none");

  /** {@code trend}. */
  public static final ColumnSpec TREND =
      feature(
          FeatureGroup.TREND,
          "trend",
          DoubleType,
          "orders",
          Word.beyond(0, "growing", "shrink less"),
          Word.beyond(0, "shrinking", "grow less"),
          "(last - previous) / (last + previous) of the value bought in the last and the previous"
              + " window, -1 to 1; 0 if nothing was bought in either");

  /** {@code event_days}. */
  public static final ColumnSpec EVENT_DAYS =
      feature(
          FeatureGroup.ENGAGEMENT,
          "event_days",
          LongType,
          "events",
          Word.comparing("very active"),
          Word.beyond(0.5, "inactive", "less active"),
          "days with an event of product usage in the last window");

  /** {@code events_per_day}. */
  public static final ColumnSpec EVENTS_PER_DAY =
      feature(
          FeatureGroup.ENGAGEMENT,
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

  /**
   * The features that profiles of segments show besides those that a lens was told to use: few and
   * telling ones.
   */
  public static final List<Feature> PROFILED = List.copyOf(BUILDING);

  static {
    Stream.of(
            PurchaseFeatures.ALL,
            UsageFeatures.ALL,
            LifecycleFeatures.ALL,
            ServiceFeatures.ALL,
            VoiceFeatures.ALL,
            ProfileFeatures.ALL)
        .flatMap(List::stream)
        .forEach(
            f -> {
              T.with(f.column());
              BUILDING.add(f);
            });
  }

  /** {@code custom}. */
  public static final ColumnSpec CUSTOM =
      T.column(
          "custom",
          DataTypes.createMapType(StringType, DoubleType),
          "features of the configuration (features.custom) by name; one without a value is absent");

  /** The table. */
  public static final TableSpec TABLE = T.build();

  /** Every feature but the scores and those of the configuration, in the order of the table. */
  public static final List<Feature> ALL = List.copyOf(BUILDING);

  /** Every feature that is one number. */
  public static final List<Feature> FEATURES = ALL.stream().filter(Feature::numeric).toList();

  private CustomerFeatures() {}

  /** The numeric feature of a column, if it is one. */
  public static Optional<Feature> byName(String name) {
    return FEATURES.stream().filter(f -> f.name().equals(name)).findFirst();
  }

  /** A numeric feature, which may be a key of a map or one of the configuration. */
  public static Feature named(String name) {
    return byName(name)
        .or(() -> keyed(name).map(map -> ofKey(map, name)))
        .orElseGet(
            () ->
                new Feature(
                    new ColumnSpec(name, DoubleType, false, List.of(), "of the configuration"),
                    FeatureGroup.CUSTOM,
                    "features.custom",
                    "high " + name.replace('_', ' '),
                    "low " + name.replace('_', ' ')));
  }

  /** The map of which a name such as {@code importance.price} is a key, if it is one. */
  public static Optional<Feature> keyed(String name) {
    return ALL.stream().filter(f -> f.keyed() && name.startsWith(f.name() + ".")).findFirst();
  }

  /** The key in the name of a feature of a map. */
  public static String key(Feature map, String name) {
    return name.substring(map.name().length() + 1);
  }

  /** The name by which {@link #value} finds a key of one of the maps. */
  public static String nameOf(String map, String key) {
    return map.equals(CUSTOM.name()) ? key : map + "." + key;
  }

  private static Feature ofKey(Feature map, String name) {
    String key = key(map, name).replace('_', ' ');
    return new Feature(
        new ColumnSpec(name, DoubleType, false, List.of(), map.column().doc()),
        map.group(),
        map.input(),
        map.word(true, Double.NaN).replace("%s", key),
        map.word(false, Double.NaN).replace("%s", key));
  }

  /**
   * The value of a numeric feature, a key of a map or a feature of the configuration, as a double.
   */
  public static Column number(String name) {
    return value(name).cast(DoubleType);
  }

  /** A column of the table, a key of one of its maps, or a feature of the configuration. */
  public static Column value(String name) {
    if (TABLE.column(name).isPresent()) {
      return functions.col(name);
    }
    return keyed(name)
        .map(map -> map.column().col().getItem(key(map, name)))
        .orElseGet(() -> CUSTOM.col().getItem(name));
  }

  private static ColumnSpec feature(
      FeatureGroup group,
      String name,
      DataType type,
      String input,
      String high,
      String low,
      String doc) {
    return feature(group, name, type, input, Word.comparing(high), Word.comparing(low), doc);
  }

  private static ColumnSpec feature(
      FeatureGroup group,
      String name,
      DataType type,
      String input,
      Word high,
      Word low,
      String doc) {
    ColumnSpec column = T.column(name, type, doc);
    BUILDING.add(new Feature(column, group, input, high, low));
    return column;
  }
}
