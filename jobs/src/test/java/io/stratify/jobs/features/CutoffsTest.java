package io.stratify.jobs.features;

import static io.stratify.common.spark.Facts.features;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;

import io.stratify.common.spark.Facts.FeatureRow;
import io.stratify.common.spark.SparkSuite;
import io.stratify.common.tables.CustomerFeatures;
import io.stratify.common.tables.RfmCutoff;
import io.stratify.jobs.Defaults;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

class CutoffsTest extends SparkSuite {
  private static final String R = CustomerFeatures.R_SCORE.name();
  private static final String F = CustomerFeatures.F_SCORE.name();
  private static final String M = CustomerFeatures.M_SCORE.name();

  @Test
  void tenDifferentValuesAreFiveFifthsOfTwo() {
    List<FeatureRow> ten = IntStream.rangeClosed(1, 10).mapToObj(v -> buyer(v, v, v)).toList();
    // The smallest values that 2, 4, 6 and 8 of the 10 do not exceed.
    assertThat(cutoffs(ten).bounds().values()).allMatch(b -> Arrays.equals(b, of(2, 4, 6, 8)));
    assertThat(scores(ten, F)).isEqualTo("1=1 2=1 3=2 4=2 5=3 6=3 7=4 8=4 9=5 10=5");
    assertThat(scores(ten, M)).isEqualTo("1=1 2=1 3=2 4=2 5=3 6=3 7=4 8=4 9=5 10=5");
  }

  @Test
  void whatTheTableKeepsOfThemGivesTheSameScores() {
    List<FeatureRow> tied = new ArrayList<>();
    for (int value : new int[] {1, 1, 1, 1, 1, 1, 1, 2, 5, 9}) {
      tied.add(buyer(value, value, value));
    }
    Cutoffs cutoffs = cutoffs(tied);
    Dataset<Row> scored =
        table(CustomerFeatures.TABLE, tied).withColumns(Map.of(R, lit(0), F, lit(0), M, lit(0)));
    StructType kept = RfmCutoff.TABLE.bodySchema();
    Cutoffs read =
        Cutoffs.kept(
            spark().createDataFrame(ScoreCounts.of(scored).rows(cutoffs), kept).collectAsList());
    assertThat(read.bounds().keySet()).isEqualTo(cutoffs.bounds().keySet());
    read.bounds().forEach((m, cuts) -> assertThat(cuts).isEqualTo(cutoffs.bounds().get(m)));
    assertThat(read.rescored(scored).where("frequency = 2").select(F, R, M).first())
        .isEqualTo(RowFactory.create(4, 2, 4));
  }

  @Test
  void theMostRecentScoreFive() {
    List<FeatureRow> ten = IntStream.rangeClosed(1, 10).mapToObj(v -> buyer(v, v, v)).toList();
    assertThat(scores(ten, R)).isEqualTo("1=5 2=5 3=4 4=4 5=3 6=3 7=2 8=2 9=1 10=1");
  }

  @Test
  void sevenValuesAreUnevenFifths() {
    List<FeatureRow> seven = IntStream.rangeClosed(1, 7).mapToObj(v -> buyer(v, v, v)).toList();
    // 1.4, 2.8, 4.2 and 5.6 of 7 customers: the 2nd, 3rd, 5th and 6th value.
    assertThat(cutoffs(seven).bounds().get("frequency")).containsExactly(2, 3, 5, 6);
    assertThat(scores(seven, F)).isEqualTo("1=1 2=1 3=2 4=3 5=3 6=4 7=5");
  }

  @Test
  void equalCustomersHaveEqualScoresHoweverManyTheyAre() {
    List<FeatureRow> tied = new ArrayList<>();
    for (int value : new int[] {1, 1, 1, 1, 1, 1, 1, 2, 5, 9}) {
      tied.add(buyer(value, value, value));
    }
    // The 2nd, 4th and 6th value are 1, the 8th is 2: whoever has 2 exceeds three cut-offs.
    assertThat(cutoffs(tied).bounds().get("frequency")).containsExactly(1, 1, 1, 2);
    assertThat(scores(tied, F)).isEqualTo("1=1 2=4 5=5 9=5");
    assertThat(scores(tied, R)).isEqualTo("1=5 2=2 5=1 9=1");
  }

  @Test
  void whereAllAreEqualAllAreInTheLowestOrHighestFifth() {
    List<FeatureRow> equal = List.of(buyer(3, 1, 10), buyer(3, 1, 10), buyer(3, 1, 10));
    assertThat(scores(equal, F)).isEqualTo("1=1");
    assertThat(scores(equal, M)).isEqualTo("10=1");
    assertThat(scores(equal, R)).isEqualTo("3=5");
  }

  @Test
  void oneCustomerIsEnough() {
    assertThat(scores(List.of(buyer(3, 2, -4)), M)).isEqualTo("-4=1");
  }

  @Test
  void customersWithoutAnOrderHaveNoScoreAndDoNotMoveTheCutOffs() {
    List<FeatureRow> rows = new ArrayList<>();
    IntStream.rangeClosed(1, 5).forEach(v -> rows.add(buyer(v, v, v)));
    rows.add(features("none").with(CustomerFeatures.FREQUENCY, 0).with(money(), -50));
    rows.add(features("empty"));
    assertThat(cutoffs(rows).bounds().get("monetary_net")).containsExactly(1, 2, 3, 4);
    assertThat(
            Cutoffs.score(dated(rows), byDate(rows))
                .where("customer_id IN ('none', 'empty')")
                .where("coalesce(r_score, f_score, m_score) IS NOT NULL")
                .count())
        .isZero();
  }

  @Test
  void withoutAnyOrderThereAreNoCutOffsAndNoScores() {
    List<FeatureRow> rows = List.of(features("none").with(CustomerFeatures.FREQUENCY, 0));
    assertThat(byDate(rows)).isEmpty();
    Row scored = Cutoffs.score(dated(rows), byDate(rows)).first();
    assertThat(scored.<Integer>getAs(R)).isNull();
    assertThat(scored.<Integer>getAs(F)).isNull();
    assertThat(scored.<Integer>getAs(M)).isNull();
  }

  @Test
  void cutOffsAreExactlyThoseOfSortingEverything() {
    Random random = new Random(3);
    for (int n : new int[] {4, 23, 251}) {
      List<FeatureRow> rows = new ArrayList<>();
      double[][] values = new double[3][n];
      for (int i = 0; i < n; i++) {
        values[0][i] = 1 + random.nextInt(40);
        values[1][i] = 1 + (int) Math.abs(random.nextGaussian() * 2);
        values[2][i] = random.nextInt(4000) / 4.0 - 100;
        rows.add(buyer((int) values[0][i], (int) values[1][i], values[2][i]));
      }
      Map<String, double[]> bounds = cutoffs(rows).bounds();
      assertThat(bounds.get("recency_days")).as("n=" + n).isEqualTo(bySorting(values[0]));
      assertThat(bounds.get("frequency")).as("n=" + n).isEqualTo(bySorting(values[1]));
      assertThat(bounds.get("monetary_net")).as("n=" + n).isEqualTo(bySorting(values[2]));
    }
  }

  /** For each fifth the first value with at least that share of the values up to it. */
  private static double[] bySorting(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    double[] bounds = new double[4];
    for (int fifth = 1; fifth <= 4; fifth++) {
      int i = 0;
      while ((i + 1) * 5 < fifth * sorted.length) {
        i++;
      }
      bounds[fifth - 1] = sorted[i];
    }
    return bounds;
  }

  private static double[] of(double... bounds) {
    return bounds;
  }

  private static io.stratify.common.tables.ColumnSpec money() {
    return CustomerFeatures.MONETARY_NET;
  }

  private static FeatureRow buyer(int recency, int frequency, double net) {
    return features("c")
        .with(CustomerFeatures.RECENCY_DAYS, recency)
        .with(CustomerFeatures.FREQUENCY, frequency)
        .with(CustomerFeatures.MONETARY_NET, net);
  }

  private Cutoffs cutoffs(List<FeatureRow> rows) {
    return byDate(rows).get(Defaults.AS_OF);
  }

  private Map<LocalDate, Cutoffs> byDate(List<FeatureRow> rows) {
    return Cutoffs.of(dated(rows));
  }

  private Dataset<Row> dated(List<FeatureRow> rows) {
    return table(CustomerFeatures.TABLE, rows)
        .withColumn("as_of", lit(Date.valueOf(Defaults.AS_OF)));
  }

  @Test
  void everyDateHasItsOwnFifths() {
    LocalDate before = Defaults.AS_OF.minusDays(90);
    List<FeatureRow> now = IntStream.rangeClosed(1, 5).mapToObj(v -> buyer(v, v, v)).toList();
    List<FeatureRow> then = IntStream.rangeClosed(1, 5).mapToObj(v -> buyer(v, 9 * v, v)).toList();
    Dataset<Row> both =
        dated(now).unionByName(dated(then).withColumn("as_of", lit(Date.valueOf(before))));
    Map<LocalDate, Cutoffs> cutoffs = Cutoffs.of(both);
    assertThat(cutoffs.get(Defaults.AS_OF).bounds().get("frequency")).containsExactly(1, 2, 3, 4);
    assertThat(cutoffs.get(before).bounds().get("frequency")).containsExactly(9, 18, 27, 36);
    Dataset<Row> scored = Cutoffs.score(both, cutoffs);
    assertThat(sorted(scored.where("frequency IN (5, 45)").select("frequency", "f_score")))
        .containsExactly("[45,5]", "[5,5]");
  }

  /** The score of each value, "value=score", ascending; fails where one value has two scores. */
  private String scores(List<FeatureRow> rows, String score) {
    String column =
        Map.of(R, "recency_days", F, "frequency", M, "cast(monetary_net AS bigint)").get(score);
    Dataset<Row> scored = Cutoffs.score(dated(rows), byDate(rows));
    Map<Long, Integer> byValue = new TreeMap<>();
    for (Row row : scored.selectExpr("cast(" + column + " AS bigint)", score).collectAsList()) {
      Integer other = byValue.put(row.getLong(0), row.getInt(1));
      assertThat(other == null || other == row.getInt(1)).as("one score per value").isTrue();
    }
    return String.join(
        " ", byValue.entrySet().stream().map(e -> e.getKey() + "=" + e.getValue()).toList());
  }
}
