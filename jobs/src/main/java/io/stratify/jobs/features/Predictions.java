package io.stratify.jobs.features;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import io.stratify.common.StratifyException;
import io.stratify.common.config.PredictionConfig;
import io.stratify.common.tables.PurchaseFeatures;
import io.stratify.common.tables.TableSpec;
import io.stratify.jobs.Concurrently;
import io.stratify.jobs.features.ltv.BgNbd;
import io.stratify.jobs.features.ltv.GammaGamma;
import io.stratify.jobs.features.ltv.PurchaseHistories;
import io.stratify.jobs.features.ltv.PurchaseHistory;
import io.stratify.jobs.features.ltv.SpendHistory;
import io.stratify.jobs.segments.Sample;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.BinaryOperator;
import java.util.function.Consumer;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/**
 * Predicted purchases and value. The models of an as-of date are fitted on what was before it, so
 * that those of a past snapshot know nothing of its future either.
 *
 * @param models by as-of date; none where there was too little to fit them on
 * @param days days ahead
 */
record Predictions(Map<LocalDate, Models> models, int days) {
  /** Customers of one date to fit on: parameters differ by about a percent from those of all. */
  private static final int SAMPLE = 20_000;

  private static final int CONCURRENT_FITS = 2;

  /**
   * The models of one date.
   *
   * @param purchases when customers buy
   * @param value what a purchase is worth, of the number and mean value of repeat purchases
   */
  record Models(BgNbd purchases, BinaryOperator<Column> value) {}

  /**
   * Fits the models of every date of the snapshots.
   *
   * @param snapshots rows of {@link SnapshotFeatures#from}
   * @param buyers how many of the customers have bought, on the as-of date of the run
   * @param notices is told where there are no predictions, and why
   */
  static Predictions fit(
      Dataset<Row> snapshots,
      SnapshotPlan plan,
      PredictionConfig config,
      long buyers,
      long seed,
      Consumer<String> notices) {
    Map<LocalDate, Models> models = new TreeMap<>();
    if (!config.enabled() || !plan.has("orders")) {
      return new Predictions(models, config.days());
    }
    Dataset<Row> sample = snapshots.where(sampled(snapshots, plan, buyers, seed));
    Map<LocalDate, List<Row>> purchases = byDate(purchases(sample));
    Map<LocalDate, List<Row>> spend = byDate(spend(sample));
    List<LocalDate> dates = List.copyOf(purchases.keySet());
    List<Fitted> fitted =
        Concurrently.all(
            CONCURRENT_FITS,
            dates.stream()
                .<Callable<Fitted>>map(
                    d -> () -> Fitted.of(purchases.get(d), spend.getOrDefault(d, List.of())))
                .toList());
    for (int i = 0; i < dates.size(); i++) {
      LocalDate date = dates.get(i);
      String when = date.equals(plan.asOf()) ? "" : "as of " + date + " ";
      fitted.get(i).models().ifPresent(m -> models.put(date, m));
      fitted.get(i).notice().ifPresent(n -> notices.accept(when + n));
    }
    return new Predictions(models, config.days());
  }

  /** About as many customers of every date: on earlier ones fewer had bought. */
  private static Column sampled(Dataset<Row> snapshots, SnapshotPlan plan, long buyers, long seed) {
    Column sampled = Sample.drawn(buyers, SAMPLE, seed);
    if (buyers <= SAMPLE || plan.past().isEmpty()) {
      return sampled;
    }
    for (Row date :
        snapshots
            .where(col(PurchaseHistories.REPEATS).isNotNull())
            .groupBy(TableSpec.AS_OF.col())
            .count()
            .collectAsList()) {
      Column drawn = Sample.drawn(date.getLong(1), SAMPLE, seed);
      sampled = when(TableSpec.AS_OF.col().equalTo(lit(date.getDate(0))), drawn).otherwise(sampled);
    }
    return sampled;
  }

  /** What came of the fits of one date, and what the user should know of it. */
  private record Fitted(Optional<Models> models, Optional<String> notice) {
    static Fitted of(List<Row> purchases, List<Row> spend) {
      BgNbd model;
      try {
        model = BgNbd.fit(PurchaseHistory.of(purchases));
      } catch (StratifyException e) {
        return new Fitted(
            Optional.empty(),
            Optional.of("purchases and value are not predicted: " + e.getMessage()));
      }
      try {
        return new Fitted(
            Optional.of(new Models(model, value(SpendHistory.of(spend)))), Optional.empty());
      } catch (StratifyException e) {
        BinaryOperator<Column> none = (x, mean) -> lit(null).cast(DataTypes.DoubleType);
        return new Fitted(
            Optional.of(new Models(model, none)),
            Optional.of("value is not predicted: " + e.getMessage()));
      }
    }

    /** Where every purchase was worth the same there is nothing to fit: so will the next be. */
    private static BinaryOperator<Column> value(List<SpendHistory> spend) {
      long customers = spend.stream().mapToLong(SpendHistory::customers).sum();
      boolean alike = spend.stream().mapToDouble(SpendHistory::meanValue).distinct().count() == 1;
      return alike && customers >= GammaGamma.MIN_CUSTOMERS
          ? (x, mean) -> lit(spend.get(0).meanValue())
          : GammaGamma.fit(spend)::expectedMeanValue;
    }
  }

  private static Dataset<Row> purchases(Dataset<Row> sample) {
    return sample
        .where(col(PurchaseHistories.REPEATS).isNotNull())
        .groupBy(
            col(PurchaseHistories.REPEATS),
            col(PurchaseHistories.LAST),
            col(PurchaseHistories.AGE),
            TableSpec.AS_OF.col())
        .agg(count(lit(1)).as("n"))
        .select(
            col(PurchaseHistories.REPEATS),
            col(PurchaseHistories.LAST),
            col(PurchaseHistories.AGE),
            col("n"),
            TableSpec.AS_OF.col());
  }

  private static Dataset<Row> spend(Dataset<Row> sample) {
    return sample
        .where(col(PurchaseHistories.REPEATS).gt(0).and(col(PurchaseHistories.MEAN_VALUE).gt(0)))
        .groupBy(
            col(PurchaseHistories.REPEATS),
            col(PurchaseHistories.MEAN_VALUE),
            TableSpec.AS_OF.col())
        .agg(count(lit(1)).as("n"))
        .select(
            col(PurchaseHistories.REPEATS),
            col(PurchaseHistories.MEAN_VALUE),
            col("n"),
            TableSpec.AS_OF.col());
  }

  private static Map<LocalDate, List<Row>> byDate(Dataset<Row> rows) {
    Map<LocalDate, List<Row>> byDate = new TreeMap<>();
    for (Row row : rows.collectAsList()) {
      LocalDate date = row.<Date>getAs(TableSpec.AS_OF.name()).toLocalDate();
      byDate.computeIfAbsent(date, d -> new ArrayList<>()).add(row);
    }
    return byDate;
  }

  /** The snapshots with their predictions. */
  Dataset<Row> add(Dataset<Row> snapshots) {
    if (models.isEmpty()) {
      return snapshots;
    }
    Column x = col(PurchaseHistories.REPEATS);
    Column last = col(PurchaseHistories.LAST);
    Column age = col(PurchaseHistories.AGE);
    Column alive = lit(null).cast(DataTypes.DoubleType);
    Column purchases = alive;
    Column value = alive;
    for (Map.Entry<LocalDate, Models> e : models.entrySet()) {
      Column ofDate = TableSpec.AS_OF.col().equalTo(lit(Date.valueOf(e.getKey())));
      BgNbd model = e.getValue().purchases();
      alive = when(ofDate, model.probabilityAlive(x, last, age)).otherwise(alive);
      purchases = when(ofDate, model.expectedPurchases(x, last, age, days)).otherwise(purchases);
      value =
          when(ofDate, e.getValue().value().apply(x, col(PurchaseHistories.MEAN_VALUE)))
              .otherwise(value);
    }
    Map<String, Column> columns = new LinkedHashMap<>();
    columns.put(PurchaseFeatures.ALIVE_PROBABILITY.name(), alive);
    columns.put(PurchaseFeatures.PREDICTED_PURCHASES.name(), purchases);
    columns.put(PurchaseFeatures.PREDICTED_VALUE.name(), value);
    return snapshots
        .withColumns(columns)
        .withColumn(
            PurchaseFeatures.PREDICTED_VALUE.name(),
            PurchaseFeatures.PREDICTED_PURCHASES
                .col()
                .multiply(PurchaseFeatures.PREDICTED_VALUE.col()));
  }
}
