package io.stratify.jobs.features;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import io.stratify.common.tables.CustomerFeatures;
import io.stratify.common.tables.TableSpec;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;

/**
 * Exact quintile cut-offs of recency, frequency and net money over the customers with an order
 * (Hughes, Strategic Database Marketing, 1994, ranks customers in fifths by each).
 *
 * <p>The cut-off q of a share p is the smallest value that at least p of the customers do not
 * exceed. A score is a function of the value alone: equal customers have equal scores, so fifths
 * are uneven where values are tied. The values are counted before they are ordered, and at most
 * twelve rows per as-of date come to the driver.
 *
 * @param bounds the four cut-offs of each measure, ascending
 */
public record Cutoffs(Map<String, double[]> bounds) {
  /** Scores per measure. */
  static final int SCORES = 5;

  /** Measures that are scored, with whether more is better, and the column of the score. */
  enum Measure {
    RECENCY(CustomerFeatures.RECENCY_DAYS.name(), false, CustomerFeatures.R_SCORE.name()),
    FREQUENCY(CustomerFeatures.FREQUENCY.name(), true, CustomerFeatures.F_SCORE.name()),
    MONETARY(CustomerFeatures.MONETARY_NET.name(), true, CustomerFeatures.M_SCORE.name());

    final String column;
    final boolean moreIsBetter;
    final String score;

    Measure(String column, boolean moreIsBetter, String score) {
      this.column = column;
      this.moreIsBetter = moreIsBetter;
      this.score = score;
    }
  }

  /** The query that finds the cut-offs of each as-of date: one row per date, measure and fifth. */
  static Dataset<Row> query(Dataset<Row> features) {
    List<Column> pairs = new ArrayList<>();
    for (Measure m : Measure.values()) {
      pairs.add(
          functions.struct(
              lit(m.column).as("measure"), col(m.column).cast(DataTypes.DoubleType).as("value")));
    }
    Dataset<Row> values =
        features
            .where(CustomerFeatures.FREQUENCY.col().gt(0))
            .select(
                TableSpec.AS_OF.col(),
                functions.explode(functions.array(pairs.toArray(Column[]::new))).as("v"))
            .groupBy(
                TableSpec.AS_OF.col(), col("v.measure").as("measure"), col("v.value").as("value"))
            .agg(count(lit(1)).as("n"));
    WindowSpec all = Window.partitionBy(TableSpec.AS_OF.col(), col("measure"));
    WindowSpec upTo =
        all.orderBy(col("value")).rowsBetween(Window.unboundedPreceding(), Window.currentRow());
    Dataset<Row> ranked =
        values
            .withColumn("upto", sum(col("n")).over(upTo))
            .withColumn("total", sum(col("n")).over(all));
    Column before = col("upto").minus(col("n"));
    List<Column> fifths = new ArrayList<>();
    for (int i = 1; i < SCORES; i++) {
      Column rank = col("total").multiply(i);
      fifths.add(
          functions.when(
              before.multiply(SCORES).lt(rank).and(col("upto").multiply(SCORES).geq(rank)),
              lit(i)));
    }
    return ranked
        .select(
            col("measure"),
            col("value"),
            functions.explode(functions.array(fifths.toArray(Column[]::new))).as("fifth"),
            TableSpec.AS_OF.col())
        .where(col("fifth").isNotNull());
  }

  /** The cut-offs from the rows of {@link #query}, for each date on which somebody has an order. */
  static Map<LocalDate, Cutoffs> of(List<Row> rows) {
    Map<LocalDate, Cutoffs> found = new TreeMap<>();
    for (Row row : rows) {
      found.computeIfAbsent(row.getDate(3).toLocalDate(), d -> new Cutoffs(new LinkedHashMap<>()))
              .bounds
              .computeIfAbsent(row.getString(0), k -> new double[SCORES - 1])[row.getInt(2) - 1] =
          row.getDouble(1);
    }
    return found;
  }

  /** The features with the scores of their date; null for customers without an order. */
  static Dataset<Row> score(Dataset<Row> features, Map<LocalDate, Cutoffs> cutoffs) {
    Map<String, Column> scores = new LinkedHashMap<>();
    for (Measure m : Measure.values()) {
      Column score = lit(null).cast(DataTypes.IntegerType);
      for (Map.Entry<LocalDate, Cutoffs> e : cutoffs.entrySet()) {
        Column ofDate = TableSpec.AS_OF.col().equalTo(lit(Date.valueOf(e.getKey())));
        score = functions.when(ofDate, e.getValue().score(m)).otherwise(score);
      }
      scores.put(m.score, score);
    }
    return features.withColumns(scores);
  }

  private Column score(Measure m) {
    double[] cuts = bounds.get(m.column);
    Column value = col(m.column).cast(DataTypes.DoubleType);
    Column exceeded = lit(0);
    for (double cut : cuts) {
      exceeded = exceeded.plus(functions.when(value.gt(cut), 1).otherwise(0));
    }
    Column score = m.moreIsBetter ? exceeded.plus(1) : lit(SCORES).minus(exceeded);
    return functions.when(CustomerFeatures.FREQUENCY.col().gt(0), score);
  }
}
