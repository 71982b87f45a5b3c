package io.stratify.jobs.features;

import io.stratify.common.Counted;
import io.stratify.common.StratifyException;
import io.stratify.common.config.CustomFeature;
import io.stratify.common.config.PastConfig;
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
import io.stratify.jobs.segments.ClusterModel;
import io.stratify.jobs.segments.Registry;
import io.stratify.jobs.segments.Segmentation;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/** Computes the features of a snapshot, and of past ones from the same pass, and scores them. */
public final class FeaturesJob implements Job {
  /**
   * Of customer days on disk that one task reads, unless a row group is larger, or sorts: few
   * enough for the memory and an even load, and many enough for files of a size.
   */
  private static final BigInteger BYTES_PER_PARTITION = BigInteger.valueOf(32L << 20);

  /**
   * A query over all columns becomes methods that are small enough for {@link
   * io.stratify.common.spark.Sparks}, and yet the JVM's compiler gives them up after seconds.
   */
  private static final Map<String, String> WIDE =
      Map.of("spark.sql.codegen.hugeMethodLimit", "3000");

  record FeaturesResult(long customers, long buyers, long past, int dates, boolean byLenses)
      implements JobResult {
    @Override
    public String sentence() {
      String now =
          Counted.of(customers, "customer")
              + String.format(Locale.ROOT, ", %,d of them with a completed order", buyers);
      return dates == 0
          ? now
          : now
              + ("; " + Counted.of(past, "row") + " of " + Counted.of(dates, "past snapshot"))
              + (byLenses ? " with the features that lenses read" : "");
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
            context.snapshot().asOf(), context.config().features(), context.config().inputs());
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
    Map<String, String> reading = new HashMap<>(JobContext.ONE_PLAN);
    reading.put("spark.sql.files.maxPartitionBytes", BYTES_PER_PARTITION.toString());
    SnapshotFeatures.Placed placed =
        context.under(
            reading,
            () ->
                new SnapshotFeatures(plan)
                    .placed(customers, context.readIfThere(Accounts.TABLE, this), days));
    Dataset<Row> measures = placed.seen(SnapshotView.measures(plan));
    measures.persist(StorageLevel.MEMORY_AND_DISK());
    try {
      return write(context, placed, customers, measures);
    } finally {
      measures.unpersist(false);
    }
  }

  /** Of whom nothing says that they were there before the as-of date. */
  private static void tellLeftOut(JobContext context, Dataset<Row> people, Dataset<Row> described) {
    LocalDate asOf = context.snapshot().asOf();
    String id = Customers.CUSTOMER_ID.name();
    long left =
        people
            .where(Customers.SIGNED_UP_ON.col().isNull())
            .join(described.select(id), new String[] {id}, "left_anti")
            .count();
    if (left > 0) {
      context
          .notices()
          .accept(
              Counted.of(left, "customer")
                  + " without a day of registration and without a fact before "
                  + asOf
                  + ": left out");
    }
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
      JobContext context,
      SnapshotFeatures.Placed placed,
      Dataset<Row> people,
      Dataset<Row> measures) {
    SnapshotPlan plan = placed.plan();
    Wanted past = past(context, plan);
    Dataset<Row> now = measures.where(context.snapshot().dated());
    Map<LocalDate, Cutoffs> cutoffs = Cutoffs.of(past.scores() ? measures : now);
    ScoreCounts counts = ScoreCounts.of(Cutoffs.score(now, cutoffs));
    long customers = counts.customers();
    if (customers == 0) {
      throw new StratifyException(
          "Cannot compute features as of %s: customers were found, but none was known before that"
              + " day. Choose a later --as-of",
          context.snapshot().asOf());
    }
    tellLeftOut(context, people, now);
    Predictions predictions =
        predictions(context, plan, past.predictions() ? measures : now, counts.scored());
    Snapshots snapshots =
        new Snapshots(placed, cutoffs, predictions, t -> context.readIfThere(t, this));
    Cutoffs own = cutoffs.getOrDefault(plan.asOf(), new Cutoffs(Map.of()));
    Map<TableSpec, Dataset<Row>> tables = new LinkedHashMap<>();
    tables.put(
        CustomerFeatures.TABLE, snapshots.of(List.of(plan.asOf()), Wanted.all(context.config())));
    tables.put(RfmCutoff.TABLE, context.rows(RfmCutoff.TABLE, counts.rows(own)));
    if (!plan.past().isEmpty()) {
      tables.put(CustomerFeaturesPast.TABLE, snapshots.of(plan.past(), past));
      tables.put(CustomerOutcome.TABLE, SnapshotFeatures.outcomes(measures));
    }
    Map<TableSpec, Long> written =
        context.under(
            WIDE,
            () -> {
              Map<TableSpec, Long> rows = context.writeAll(tables, this);
              report(context, context.readSnapshot(CustomerFeatures.TABLE, this), customers);
              return rows;
            });
    return new FeaturesResult(
        customers,
        counts.scored(),
        written.getOrDefault(CustomerFeaturesPast.TABLE, 0L),
        plan.past().size(),
        context.config().features().past().columns() == PastConfig.Columns.LENSES);
  }

  /** What past snapshots have. Where there are none it is as little as can be. */
  private static Wanted past(JobContext context, SnapshotPlan plan) {
    if (plan.past().isEmpty()) {
      return new Wanted(Set.of(), List.of());
    }
    if (context.config().features().past().columns() == PastConfig.Columns.ALL) {
      return Wanted.all(context.config());
    }
    // A champion that cannot be read is told of by the job that needs it.
    return Wanted.byLenses(
        context.config(),
        new Registry(context.lake())
            .championsBefore(context.snapshot().asOf(), (lens, why) -> {}).values().stream()
                .map(Segmentation::model)
                .filter(model -> ClusterModel.of(model).isPresent())
                .flatMap(model -> model.features().stream())
                .toList());
  }

  private static Predictions predictions(
      JobContext context, SnapshotPlan plan, Dataset<Row> features, long buyers) {
    return Predictions.fit(
        features,
        plan,
        context.config().features().prediction(),
        buyers,
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
}
