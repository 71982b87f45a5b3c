package io.stratify.jobs.features;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;

import io.stratify.common.StratifyException;
import io.stratify.common.config.CustomFeature;
import io.stratify.common.io.Snapshot;
import io.stratify.common.tables.Accounts;
import io.stratify.common.tables.CustomerDay;
import io.stratify.common.tables.CustomerFeatures;
import io.stratify.common.tables.CustomerFeaturesPast;
import io.stratify.common.tables.CustomerOutcome;
import io.stratify.common.tables.Customers;
import io.stratify.common.tables.FeatureStats;
import io.stratify.common.tables.RfmCutoff;
import io.stratify.common.tables.TableSpec;
import io.stratify.jobs.Job;
import io.stratify.jobs.JobContext;
import io.stratify.jobs.JobResult;
import io.stratify.jobs.segments.Registry;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.storage.StorageLevel;

/** Computes the features of a snapshot, and of past ones from the same pass, and scores them. */
public final class FeaturesJob implements Job {
  /**
   * Of customer days on disk: few enough to sort in memory, and many enough for files of a size.
   */
  private static final BigInteger BYTES_PER_PARTITION = BigInteger.valueOf(32L << 20);

  record FeaturesResult(long customers, long buyers, long past, int dates) implements JobResult {
    @Override
    public String sentence() {
      String now =
          String.format(
              Locale.ROOT, "%,d customers, %,d of them with a completed order", customers, buyers);
      return dates == 0
          ? now
          : now + String.format(Locale.ROOT, "; %,d rows of %d past snapshots", past, dates);
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
    return List.of(Customers.TABLE, Accounts.TABLE, CustomerDay.TABLE);
  }

  @Override
  public List<TableSpec> writes() {
    return List.of(
        CustomerFeatures.TABLE,
        RfmCutoff.TABLE,
        FeatureStats.TABLE,
        CustomerFeaturesPast.TABLE,
        CustomerOutcome.TABLE);
  }

  @Override
  public JobResult run(JobContext context) {
    SnapshotPlan plan =
        SnapshotPlan.of(
            context.snapshot().asOf(),
            context.config().features(),
            context.config().inputs().keySet());
    MissingInputs.notice(plan).ifPresent(context.notices());
    MissingInputs.notice(plan, context.config().features().custom()).ifPresent(context.notices());
    context.describe("features");
    Dataset<Row> customers = context.read(Customers.TABLE, this);
    Dataset<Row> days = context.read(CustomerDay.TABLE, this);
    BigInteger bytes = days.queryExecution().optimizedPlan().stats().sizeInBytes().bigInteger();
    return context.under(
        context.partitionsFor(bytes, BYTES_PER_PARTITION),
        () -> describe(context, plan, customers, days));
  }

  private JobResult describe(
      JobContext context, SnapshotPlan plan, Dataset<Row> customers, Dataset<Row> days) {
    SnapshotFeatures.Placed placed =
        context.under(
            JobContext.ONE_PLAN,
            () ->
                new SnapshotFeatures(plan)
                    .placed(customers, context.readIfThere(Accounts.TABLE, this), days));
    Dataset<Row> measures = placed.seen(SnapshotView.measures(plan));
    measures.persist(StorageLevel.MEMORY_AND_DISK());
    try {
      return write(context, placed, measures);
    } finally {
      measures.unpersist(false);
    }
  }

  private Dataset<Row> custom(JobContext context, SnapshotPlan plan, Dataset<Row> features) {
    return new CustomFeatures(context.config().features().custom(), plan.dates())
        .add(features, t -> context.readIfThere(t, this));
  }

  /** Checks the SQL of custom features on tables without rows. */
  @Override
  public void check(JobContext context) {
    CustomFeatures custom = new CustomFeatures(List.of(), List.of(context.snapshot().asOf()));
    new CustomSql(
            name -> {
              TableSpec table =
                  CustomFeature.tables().stream()
                      .filter(t -> t.name().equals(name))
                      .findFirst()
                      .orElseThrow();
              return custom.offered(table, context.empty(table));
            })
        .require(context.config().features().custom());
  }

  private JobResult write(
      JobContext context, SnapshotFeatures.Placed placed, Dataset<Row> measures) {
    SnapshotPlan plan = placed.plan();
    Map<LocalDate, Cutoffs> cutoffs = Cutoffs.of(measures);
    Map<String, Map<Integer, Long>> counts =
        counts(Cutoffs.score(measures, cutoffs).where(context.snapshot().dated()));
    long customers = counts.values().iterator().next().values().stream().mapToLong(n -> n).sum();
    if (customers == 0) {
      throw new StratifyException(
          "Cannot compute features as of %s: customers were found, but none was known before that"
              + " day. Choose a later --as-of",
          context.snapshot().asOf());
    }
    Predictions predictions = predictions(context, plan, measures, customers);
    Function<List<LocalDate>, Dataset<Row>> features =
        dates -> {
          Dataset<Row> seen = custom(context, plan, placed.seen(SnapshotView.features(dates)));
          return predictions.add(Cutoffs.score(seen, cutoffs));
        };
    Cutoffs own = cutoffs.getOrDefault(plan.asOf(), new Cutoffs(Map.of()));
    Map<TableSpec, Dataset<Row>> tables = new LinkedHashMap<>();
    tables.put(CustomerFeatures.TABLE, features.apply(List.of(plan.asOf())));
    tables.put(RfmCutoff.TABLE, context.rows(RfmCutoff.TABLE, rows(own, counts)));
    if (!plan.past().isEmpty()) {
      tables.put(CustomerFeaturesPast.TABLE, features.apply(plan.past()));
      tables.put(CustomerOutcome.TABLE, SnapshotFeatures.outcomes(measures));
    }
    Map<TableSpec, Long> written = context.writeAll(tables, this);
    report(context, context.readSnapshot(CustomerFeatures.TABLE, this), customers);
    long unscored = counts.values().iterator().next().getOrDefault(0, 0L);
    return new FeaturesResult(
        customers,
        customers - unscored,
        written.getOrDefault(CustomerFeaturesPast.TABLE, 0L),
        plan.past().size());
  }

  private static Predictions predictions(
      JobContext context, SnapshotPlan plan, Dataset<Row> features, long customers) {
    return Predictions.fit(
        features,
        plan,
        context.config().features().prediction(),
        customers,
        context.config().segments().seed(),
        context.notices());
  }

  /** Writes how the features are distributed, and says which are not as they were. */
  private void report(JobContext context, Dataset<Row> described, long customers) {
    context.describe("feature report");
    List<CustomFeature> custom = context.config().features().custom();
    Optional<Snapshot> before =
        context.lake().exists(FeatureStats.TABLE)
            ? new Registry(context.lake()).before(context.snapshot().asOf())
            : Optional.empty();
    List<Row> earlier =
        before.map(s -> context.readSlice(FeatureStats.TABLE, s).collectAsList()).orElse(List.of());
    Optional<LocalDate> date = before.map(Snapshot::asOf);
    Drift drift =
        Drift.of(
            FeatureReport.of(described, custom, customers, context.config().segments().seed()),
            customers,
            custom,
            date,
            earlier);
    drift.notice(date).ifPresent(context.notices());
    context.write(FeatureStats.TABLE, context.rows(FeatureStats.TABLE, drift.rows()), this);
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
