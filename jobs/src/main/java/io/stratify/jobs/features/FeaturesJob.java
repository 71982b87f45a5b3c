package io.stratify.jobs.features;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;

import io.stratify.common.StratifyException;
import io.stratify.common.tables.CustomerDay;
import io.stratify.common.tables.CustomerFeatures;
import io.stratify.common.tables.Customers;
import io.stratify.common.tables.RfmCutoff;
import io.stratify.common.tables.TableSpec;
import io.stratify.jobs.Job;
import io.stratify.jobs.JobContext;
import io.stratify.jobs.JobResult;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.storage.StorageLevel;

/** Computes the features of one snapshot and scores them. */
public final class FeaturesJob implements Job {
  record FeaturesResult(long customers, long buyers) implements JobResult {
    @Override
    public String sentence() {
      return String.format(
          Locale.ROOT, "%,d customers, %,d of them with a completed order", customers, buyers);
    }
  }

  @Override
  public String name() {
    return "features";
  }

  @Override
  public String description() {
    return "Describe every customer as of the date, with RFM scores";
  }

  @Override
  public List<TableSpec> reads() {
    return List.of(Customers.TABLE, CustomerDay.TABLE);
  }

  @Override
  public List<TableSpec> writes() {
    return List.of(CustomerFeatures.TABLE, RfmCutoff.TABLE);
  }

  @Override
  public JobResult run(JobContext context) {
    SnapshotFeatures snapshot =
        new SnapshotFeatures(
            context.snapshot().asOf(),
            context.config().features().trendWindowDays(),
            context.config().inputs().keySet());
    context.describe("features");
    Dataset<Row> features =
        snapshot
            .from(context.read(Customers.TABLE, this), context.read(CustomerDay.TABLE, this))
            .persist(StorageLevel.MEMORY_AND_DISK());
    try {
      return write(context, features);
    } finally {
      features.unpersist(false);
    }
  }

  private JobResult write(JobContext context, Dataset<Row> features) {
    Cutoffs cutoffs = Cutoffs.of(Cutoffs.query(features).collectAsList());
    Dataset<Row> scored = cutoffs.score(features);
    Map<String, Map<Integer, Long>> counts = counts(scored);
    long customers = counts.values().iterator().next().values().stream().mapToLong(n -> n).sum();
    if (customers == 0) {
      throw new StratifyException(
          "Cannot compute features as of %s: customers were found, but none was known before that"
              + " day. Choose a later --as-of",
          context.snapshot().asOf());
    }
    Dataset<Row> bands = context.rows(RfmCutoff.TABLE, rows(cutoffs, counts));
    context.writeAll(Map.of(CustomerFeatures.TABLE, scored, RfmCutoff.TABLE, bands), this);
    long unscored = counts.values().iterator().next().getOrDefault(0, 0L);
    return new FeaturesResult(customers, customers - unscored);
  }

  /** Customers per measure and score, 0 for those without one, in one pass. */
  private static Map<String, Map<Integer, Long>> counts(Dataset<Row> scored) {
    List<String> names = new ArrayList<>();
    for (Cutoffs.Measure m : Cutoffs.Measure.values()) {
      names.add(m.score);
    }
    List<Row> rows =
        scored
            .na()
            .fill(0, names.toArray(String[]::new))
            .groupBy(names.stream().map(n -> col(n)).toArray(Column[]::new))
            .agg(count(lit(1)))
            .collectAsList();
    Map<String, Map<Integer, Long>> counts = new HashMap<>();
    for (String name : names) {
      Map<Integer, Long> perScore = counts.computeIfAbsent(name, k -> new HashMap<>());
      rows.forEach(r -> perScore.merge(r.getInt(names.indexOf(name)), r.getLong(3), Long::sum));
    }
    return counts;
  }

  private static List<Row> rows(Cutoffs cutoffs, Map<String, Map<Integer, Long>> counts) {
    List<Row> rows = new ArrayList<>();
    for (Cutoffs.Measure m : Cutoffs.Measure.values()) {
      double[] cuts = cutoffs.bounds().get(m.column);
      for (int score = 1; cuts != null && score <= Cutoffs.SCORES; score++) {
        int band = m.moreIsBetter ? score - 1 : Cutoffs.SCORES - score;
        rows.add(
            RowFactory.create(
                m.column,
                score,
                band == 0 ? null : cuts[band - 1],
                band == Cutoffs.SCORES - 1 ? null : cuts[band],
                counts.get(m.score).getOrDefault(score, 0L)));
      }
    }
    return rows;
  }
}
