package io.stratify.jobs.segments;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.stratify.common.config.ConfigText;
import io.stratify.common.config.Tier;
import io.stratify.common.config.ValueConfig;
import io.stratify.common.tables.CustomerFeatures;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.DataTypes;

/**
 * The lens {@code value}: tiers by share of net revenue, or of the customers who bring any, exact.
 * Customers are ranked by net money; a customer is in the first tier whose cumulated share is not
 * yet reached by the customers above.
 */
record ValueLens(ValueConfig config) implements Lens {
  @Override
  public String name() {
    return "value";
  }

  @Override
  public String configuration() {
    return config.toString();
  }

  @Override
  public String parameters() {
    return ConfigText.of(config);
  }

  @Override
  public List<String> unsaid() {
    return List.of(CustomerFeatures.MONETARY_NET.name());
  }

  @Override
  public Fit fit(Input input) {
    Row bounds = bounds(input.features()).first();
    List<TierModel.Tier> tiers = new ArrayList<>();
    List<SegmentInfo> segments = new ArrayList<>();
    BigDecimal below = null;
    for (int i = 0; i < config.tiers().size(); i++) {
      Tier tier = config.tiers().get(i);
      String id = name() + "." + tier.id();
      BigDecimal atLeast = bounds.getDecimal(i);
      tiers.add(new TierModel.Tier(id, atLeast));
      segments.add(new SegmentInfo(id, tier.name(), definition(atLeast, below, last(i))));
      below = atLeast == null ? below : atLeast;
    }
    String none = name() + "." + ValueConfig.NONE;
    segments.add(new SegmentInfo(none, "No net revenue", "monetary_net <= 0"));
    return new Fit(
        new Segmentation(
            Segmentation.idOf(name(), input.asOf()),
            name(),
            input.asOf(),
            "tiers",
            segments,
            new TierModel(tiers, none),
            null,
            null,
            input.configHash()));
  }

  private boolean last(int tier) {
    return tier == config.tiers().size() - 1;
  }

  /** As {@link TierModel} assigns: whoever brings anything is at least in the last tier. */
  private static String definition(BigDecimal atLeast, BigDecimal below, boolean last) {
    if (atLeast == null && !last) {
      return "nobody when it was fitted";
    }
    String from = last ? "monetary_net > 0" : "monetary_net >= " + money(atLeast);
    return below == null ? from : from + " AND monetary_net < " + money(below);
  }

  /** All digits that decide, and two at least. */
  private static String money(BigDecimal amount) {
    BigDecimal digits = amount.stripTrailingZeros();
    return digits.setScale(Math.max(2, digits.scale()), RoundingMode.UNNECESSARY).toPlainString();
  }

  /**
   * The least net money in each tier, one row. Equal amounts are counted before they are ranked.
   */
  private Dataset<Row> bounds(Dataset<Row> features) {
    Column net = CustomerFeatures.MONETARY_NET.col();
    Column upToHere =
        sum(col("revenue"))
            .over(
                Window.orderBy(col("net").desc())
                    .rowsBetween(Window.unboundedPreceding(), Window.currentRow()));
    Dataset<Row> ranked =
        features
            .where(net.gt(0))
            .groupBy(net.as("net"))
            .agg(count(lit(1)).as("n"))
            .withColumn("revenue", weight().cast("decimal(28,4)"))
            .withColumn("above", upToHere.minus(col("revenue")))
            .withColumn("total", sum(col("revenue")).over(Window.partitionBy()));
    List<Column> least = new ArrayList<>();
    double share = 0;
    for (int i = 0; i < config.tiers().size(); i++) {
      Column before = share(share);
      share += config.tiers().get(i).share();
      // Quotients of decimals have six places, too few for a share of many customers.
      Column position =
          col("above").cast(DataTypes.DoubleType).divide(col("total").cast(DataTypes.DoubleType));
      Column inTier = position.geq(before).and(last(i) ? lit(true) : position.lt(share(share)));
      least.add(min(when(inTier, col("net"))).as("tier" + i));
    }
    return ranked.agg(least.get(0), least.stream().skip(1).toArray(Column[]::new));
  }

  /** What the tiers share out: the money of customers with the same net, or their number. */
  private Column weight() {
    return config.by() == ValueConfig.By.SHARE ? col("net").multiply(col("n")) : col("n");
  }

  /** Rounded, so that 0.5 + 0.3 is 0.8. */
  private static Column share(double share) {
    return lit(Math.round(share * 1e9) / 1e9);
  }
}
