package io.stratify.jobs.bench;

import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;

import io.stratify.common.config.Deduplicate;
import io.stratify.common.config.FeaturesConfig;
import io.stratify.common.config.InputConfig;
import io.stratify.common.config.PastConfig;
import io.stratify.common.config.SqlExpression;
import io.stratify.common.config.StratifyConfig;
import io.stratify.common.io.CommitStamp;
import io.stratify.common.io.Lake;
import io.stratify.common.io.Snapshot;
import io.stratify.common.tables.ColumnSpec;
import io.stratify.common.tables.Customers;
import io.stratify.common.tables.Events;
import io.stratify.common.tables.Inputs;
import io.stratify.common.tables.Orders;
import io.stratify.common.tables.TableSpec;
import io.stratify.jobs.Job;
import io.stratify.jobs.JobContext;
import io.stratify.jobs.features.FeaturesJob;
import io.stratify.jobs.history.HistoryJob;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Times history and features of generated facts against the least that anybody could do: read the
 * same facts and count them by customer.
 *
 * @param spark session
 * @param config configuration
 * @param size how many facts
 * @param progress hears what is being timed
 */
public record FeaturesBench(
    SparkSession spark, StratifyConfig config, Size size, Consumer<String> progress) {
  private static final LocalDate FIRST = LocalDate.of(2023, 1, 1);
  private static final int DAYS = 1096;
  private static final LocalDate AS_OF = FIRST.plusDays(DAYS);
  private static final List<TableSpec> TABLES =
      List.of(Customers.TABLE, Orders.TABLE, Events.TABLE);

  /** Past snapshots beside the present one: eight in all. */
  private static final int BACK = 7;

  private static final PastConfig NO_PAST = past(0, PastConfig.Columns.LENSES);
  private static final PastConfig PAST = past(BACK, PastConfig.Columns.LENSES);
  private static final PastConfig WHOLE_PAST = past(BACK, PastConfig.Columns.ALL);

  /** Facts that come late on the next day, on a day of the week before. */
  private static final int LATE = 100;

  /** How many there are of each. */
  public record Size(long customers, long orders, long events) {}

  /** Does every step, in a folder of its own below the output root, which is deleted. */
  public List<Step> run() {
    String folder = config.output().root() + "/_bench/" + UUID.randomUUID();
    Lake lake = new Lake(spark, folder, new CommitStamp("bench", "bench", "bench"));
    try {
      progress.accept("generate the facts");
      generate(lake);
      Step scan = step("scan and count", () -> scanAndCount(lake));
      Step history = step("first history", () -> history(lake, AS_OF), 3, scan);
      Step one = step("one snapshot", () -> features(lake, AS_OF, NO_PAST));
      Step eight = step("eight snapshots", () -> features(lake, AS_OF, PAST), 2, one);
      Step whole = step("eight with all", () -> features(lake, AS_OF, WHOLE_PAST), 2, one);
      addNextDay(lake);
      Step next = step("next day", () -> nextDay(lake), 0.15, history, one);
      return List.of(scan, history, one, eight, whole, next);
    } finally {
      BenchFolder.delete(spark, folder);
    }
  }

  private void generate(Lake lake) {
    SyntheticFacts facts =
        new SyntheticFacts(spark, size.customers(), size.orders(), size.events(), FIRST, DAYS);
    lake.replace(Customers.TABLE, snapshot(FIRST), facts.customerRows(), "bench");
    lake.replace(Orders.TABLE, snapshot(FIRST), facts.orderRows(), "bench");
    lake.replace(Events.TABLE, snapshot(FIRST), facts.eventRows(), "bench");
  }

  private void addNextDay(Lake lake) {
    SyntheticFacts day = more(AS_OF, size.orders() / DAYS, size.events() / DAYS);
    SyntheticFacts late = more(AS_OF.minusDays(7), LATE, LATE);
    rewrite(lake, Orders.TABLE, day.orderRows().union(late.orderRows()));
    rewrite(lake, Events.TABLE, day.eventRows().union(late.eventRows()));
  }

  private SyntheticFacts more(LocalDate day, long orders, long events) {
    return new SyntheticFacts(spark, size.customers(), orders, events, day, 1);
  }

  /** As conform leaves it: every row is written anew. */
  private static void rewrite(Lake lake, TableSpec table, Dataset<Row> more) {
    Dataset<Row> all =
        lake.read(table, "bench").select(table.cols()).union(more.select(table.cols()));
    lake.replace(table, snapshot(FIRST), all, "bench");
  }

  private static String scanAndCount(Lake lake) {
    for (TableSpec table : List.of(Orders.TABLE, Events.TABLE)) {
      lake.read(table, "bench")
          .groupBy(Customers.CUSTOMER_ID.col())
          .agg(count(lit(1)))
          .write()
          .format("noop")
          .mode("overwrite")
          .save();
    }
    return "";
  }

  private String history(Lake lake, LocalDate asOf) {
    return sentence(new HistoryJob(), lake, asOf, NO_PAST);
  }

  private String features(Lake lake, LocalDate asOf, PastConfig past) {
    return sentence(new FeaturesJob(), lake, asOf, past);
  }

  private String nextDay(Lake lake) {
    LocalDate asOf = AS_OF.plusDays(1);
    return history(lake, asOf) + "; " + features(lake, asOf, NO_PAST);
  }

  private String sentence(Job job, Lake lake, LocalDate asOf, PastConfig past) {
    JobContext context =
        new JobContext(
            spark, with(past), lake, snapshot(asOf), "bench", Instant.now(), notice -> {});
    return job.run(context).sentence();
  }

  /** The configuration, with the generated tables as its inputs. */
  private StratifyConfig with(PastConfig past) {
    Map<String, InputConfig> inputs = new LinkedHashMap<>();
    TABLES.forEach(t -> inputs.put(t.name(), input(t)));
    FeaturesConfig f = config.features();
    return new StratifyConfig(
        config.asOf(),
        config.output(),
        config.catalog(),
        config.log(),
        config.sources(),
        inputs,
        config.conform(),
        config.consent(),
        config.erasure(),
        config.history(),
        new FeaturesConfig(
            f.trendWindowDays(),
            SyntheticFacts.FUNNEL,
            f.lifecycle(),
            past,
            f.outcomeDays(),
            f.prediction(),
            List.of()),
        config.segments(),
        config.validation(),
        config.demo(),
        config.spark());
  }

  private static InputConfig input(TableSpec table) {
    Map<String, SqlExpression> columns = new LinkedHashMap<>();
    for (ColumnSpec column : Inputs.mappable(table)) {
      columns.put(column.name(), new SqlExpression(column.name(), "bench"));
    }
    return InputConfig.plain(
        table.name(),
        InputConfig.CONFIGURATION,
        Optional.empty(),
        Deduplicate.EXACT,
        columns,
        "bench");
  }

  private static Snapshot snapshot(LocalDate asOf) {
    return new Snapshot(asOf, 1);
  }

  private static PastConfig past(int back, PastConfig.Columns columns) {
    return new PastConfig(back, Period.ofMonths(3), columns);
  }

  private Step step(String name, Supplier<String> work) {
    return step(name, work, 1);
  }

  private Step step(String name, Supplier<String> work, double bound, Step... against) {
    progress.accept(name);
    long start = System.nanoTime();
    String said = work.get();
    double seconds = (System.nanoTime() - start) / 1e9;
    double before = Stream.of(against).mapToDouble(Step::seconds).sum();
    String names = Stream.of(against).map(Step::name).collect(Collectors.joining(" + "));
    return new Step(name, seconds, names, names.isEmpty() ? 1 : seconds / before, bound, said);
  }
}
