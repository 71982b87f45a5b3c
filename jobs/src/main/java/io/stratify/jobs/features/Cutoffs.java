package io.stratify.jobs.features;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.unix_date;

import io.stratify.common.tables.CustomerFeatures;
import io.stratify.common.tables.RfmCutoff;
import io.stratify.common.tables.TableSpec;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.UnscaledValue;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;

/**
 * Exact quintile cut-offs of recency, frequency and net money over the customers with an order
 * (Hughes, Strategic Database Marketing, 1994, ranks customers in fifths by each).
 *
 * <p>The cut-off q of a share p is the smallest value that at least p of the customers do not
 * exceed. A score is a function of the value alone: equal customers have equal scores, so fifths
 * are uneven where values are tied.
 *
 * @param bounds the four cut-offs of each measure, ascending
 */
public record Cutoffs(Map<String, double[]> bounds) {
  /** Scores per measure. */
  static final int SCORES = 5;

  /** The columns of the scores: they depend on all customers of their snapshot. */
  public static final List<String> COLUMNS =
      Arrays.stream(Measure.values()).map(m -> m.score).toList();

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

    /** The measure as a whole number. */
    private Column whole() {
      return this == MONETARY
          ? new Column(new UnscaledValue(col(column).cast(TableSpec.MONEY).expr()))
          : col(column).cast(DataTypes.LongType);
    }

    private double fraction(long whole) {
      return this == MONETARY ? Money.fraction(whole) : whole;
    }
  }

  /** The cut-offs of each as-of date on which somebody has an order. */
  static Map<LocalDate, Cutoffs> of(Dataset<Row> features) {
    List<Column> columns = new ArrayList<>();
    columns.add(unix_date(TableSpec.AS_OF.col()));
    for (Measure m : Measure.values()) {
      columns.add(m.whole());
    }
    JavaRDD<InternalRow> rows =
        features
            .where(CustomerFeatures.FREQUENCY.col().gt(0))
            .select(columns.toArray(Column[]::new))
            .queryExecution()
            .toRdd()
            .toJavaRDD();
    Map<LocalDate, Cutoffs> found = new TreeMap<>();
    new RankSearch(rows, Measure.values().length, SCORES)
        .values()
        .forEach((date, values) -> found.put(LocalDate.ofEpochDay(date), of(values)));
    return found;
  }

  /** Those of one snapshot, of its rows of {@code rfm_cutoff}. */
  public static Cutoffs kept(List<Row> rows) {
    Map<String, double[]> bounds = new LinkedHashMap<>();
    for (Measure m : Measure.values()) {
      double[] cuts =
          rows.stream()
              .filter(r -> RfmCutoff.MEASURE.text(r).equals(m.column))
              .map(r -> r.<Double>getAs(RfmCutoff.UP_TO.name()))
              .filter(Objects::nonNull)
              .mapToDouble(Double::doubleValue)
              .sorted()
              .toArray();
      if (cuts.length > 0) {
        bounds.put(m.column, cuts);
      }
    }
    return new Cutoffs(bounds);
  }

  /** The features with the scores that these cut-offs give, whatever scores they had. */
  public Dataset<Row> rescored(Dataset<Row> features) {
    Map<String, Column> scores = new LinkedHashMap<>();
    for (Measure m : Measure.values()) {
      if (bounds.containsKey(m.column)) {
        scores.put(m.score, score(m));
      }
    }
    return features.withColumns(scores);
  }

  private static Cutoffs of(long[][] values) {
    Map<String, double[]> bounds = new LinkedHashMap<>();
    for (Measure m : Measure.values()) {
      bounds.put(m.column, Arrays.stream(values[bounds.size()]).mapToDouble(m::fraction).toArray());
    }
    return new Cutoffs(bounds);
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
