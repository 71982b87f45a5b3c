package io.stratify.jobs.bench;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.date_add;
import static org.apache.spark.sql.functions.lit;

import io.stratify.common.config.ClusterConfig;
import io.stratify.common.config.PolicyConfig;
import io.stratify.common.config.StratifyConfig;
import io.stratify.common.tables.ColumnSpec;
import io.stratify.common.tables.CustomerFeatures;
import io.stratify.common.tables.CustomerOutcome;
import io.stratify.common.tables.TableSpec;
import io.stratify.jobs.segments.SearchTrial;
import io.stratify.jobs.segments.SegmentInfo;
import io.stratify.jobs.segments.Segmentation;
import io.stratify.jobs.validation.ValidationTrial;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Times the evidence about a segmentation of eight clusters with eight past dates, and holds the
 * figures of the sample against those of all customers. The latter is about the segmentation that
 * the search chooses of two to eight clusters: where one kind of customers is cut in two, a refit
 * lands in one of several places, and the mean of a hundred refits is itself uncertain by 0.05.
 *
 * @param spark session
 * @param config configuration; {@code validation} says how much evidence there is
 * @param customers how many
 * @param progress hears what is being timed
 */
public record ValidationBench(
    SparkSession spark, StratifyConfig config, long customers, Consumer<String> progress) {
  private static final LocalDate AS_OF = LocalDate.of(2026, 1, 1);
  private static final int DATES = 8;
  private static final int FEWEST_CLUSTERS = 2;
  private static final int MOST_CLUSTERS = 8;
  private static final int COMPARED = 20;

  /**
   * What was measured.
   *
   * @param seconds of the evidence
   * @param k number of clusters
   * @param gathered the evidence
   * @param chosen number of clusters that the search chose
   * @param difference of the figures of the sample from those of all customers
   */
  public record Result(
      double seconds,
      int k,
      ValidationTrial.Gathered gathered,
      int chosen,
      ValidationTrial.Difference difference) {}

  /** Measures, in a folder of its own below the output root, which is deleted. */
  public Result run() {
    String folder = config.output().root() + "/_bench/" + UUID.randomUUID();
    progress.accept("generate the features of " + (DATES + 1) + " dates");
    try {
      write(folder);
      Dataset<Row> features = spark.read().parquet(folder + "/features");
      progress.accept("search");
      SearchTrial.Found most = search(features, MOST_CLUSTERS);
      ValidationTrial trial = trial(folder, features, most);
      progress.accept("gather the evidence");
      long start = System.nanoTime();
      ValidationTrial.Gathered gathered = trial.gather();
      double seconds = (System.nanoTime() - start) / 1e9;
      progress.accept("hold the sample against all customers");
      SearchTrial.Found best = search(features, FEWEST_CLUSTERS);
      return new Result(
          seconds,
          most.k(),
          gathered,
          best.k(),
          trial(folder, features, best).againstAll(COMPARED));
    } finally {
      BenchFolder.delete(spark, folder);
    }
  }

  private void write(String folder) {
    List<Column> columns = new ArrayList<>(List.of(CustomerFeatures.CUSTOMER_ID.col()));
    List<String> names = new ArrayList<>(SyntheticFeatures.names());
    ValidationTrial.MEASURES.stream().filter(m -> !names.contains(m)).forEach(names::add);
    names.forEach(n -> columns.add(col(n)));
    rows(0).select(columns.toArray(Column[]::new)).write().parquet(folder + "/features");
    columns.add(TableSpec.AS_OF.col());
    for (int date = 1; date <= DATES; date++) {
      Dataset<Row> past =
          rows(date)
              .withColumn(TableSpec.AS_OF.name(), lit(Date.valueOf(AS_OF.minusMonths(3L * date))));
      past.select(columns.toArray(Column[]::new)).write().mode("append").parquet(folder + "/past");
      past.select(outcomes(names)).write().mode("append").parquet(folder + "/outcomes");
    }
  }

  private Dataset<Row> rows(int date) {
    return new SyntheticFeatures(spark, customers, date).rows();
  }

  /** What happens depends on the first feature, which tells the kinds of customers apart. */
  private static Column[] outcomes(List<String> names) {
    List<Column> columns =
        new ArrayList<>(
            List.of(
                TableSpec.AS_OF.col(),
                CustomerFeatures.CUSTOMER_ID.col(),
                date_add(TableSpec.AS_OF.col(), 90).as(CustomerOutcome.UNTIL.name())));
    Column driver = col(names.get(0));
    for (String outcome : PolicyConfig.OUTCOMES) {
      ColumnSpec column = CustomerOutcome.TABLE.column(outcome).orElseThrow();
      Column value =
          column.type().equals(org.apache.spark.sql.types.DataTypes.BooleanType)
              ? driver.gt(0)
              : driver;
      columns.add(value.cast(column.type()).as(outcome));
    }
    return columns.toArray(Column[]::new);
  }

  private ValidationTrial trial(String folder, Dataset<Row> features, SearchTrial.Found found) {
    return new ValidationTrial(
        spark,
        config,
        segmentation(found),
        features,
        customers,
        AS_OF,
        spark.read().parquet(folder + "/past"),
        spark.read().parquet(folder + "/outcomes"));
  }

  private SearchTrial.Found search(Dataset<Row> features, int fewest) {
    ClusterConfig lens = SegmentsBench.lens(config, fewest, MOST_CLUSTERS);
    return new SearchTrial(
            spark, lens, features, customers, config.segments().sample(), config.segments().seed())
        .onCoreset(lens);
  }

  private static Segmentation segmentation(SearchTrial.Found found) {
    return new Segmentation(
        "bench",
        ClusterConfig.BEHAVIOUR,
        AS_OF,
        found.chosen().substring(0, found.chosen().indexOf(' ')).toLowerCase(Locale.ROOT),
        found.model().segmentIds().stream().map(id -> new SegmentInfo(id, id, id)).toList(),
        found.model(),
        0.0,
        0.0,
        "");
  }
}
