package io.stratify.jobs.bench;

import static org.apache.spark.sql.functions.col;

import io.stratify.common.config.Algorithm;
import io.stratify.common.config.ClusterConfig;
import io.stratify.common.config.SearchConfig;
import io.stratify.common.config.StratifyConfig;
import io.stratify.common.tables.CustomerFeatures;
import io.stratify.jobs.membership.AssignmentTrial;
import io.stratify.jobs.segments.ClusterModel;
import io.stratify.jobs.segments.SearchTrial;
import io.stratify.jobs.segments.SegmentInfo;
import io.stratify.jobs.segments.Segmentation;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;

/**
 * Times the search for a segmentation on a coreset against the same search on all customers, and
 * the assignment with its reasons against rewriting the features.
 *
 * @param spark session
 * @param config configuration; its lens behaviour says how to search
 * @param customers how many
 * @param progress hears what is being timed
 */
public record SegmentsBench(
    SparkSession spark, StratifyConfig config, long customers, Consumer<String> progress) {
  private static final List<Algorithm> ALL = List.of(Algorithm.values());

  /**
   * The steps, and what the coreset costs in quality.
   *
   * @param excess the share by which its clusters are worse than those of all customers
   */
  public record Result(List<Step> steps, double excess) {}

  /** Does every step, in a folder of its own below the output root, which is deleted. */
  public Result run() {
    String folder = config.output().root() + "/_bench/" + UUID.randomUUID();
    progress.accept("generate the features");
    try {
      new SyntheticFeatures(spark, customers, 0).rows().write().parquet(folder + "/features");
      Dataset<Row> all = spark.read().parquet(folder + "/features");
      Dataset<Row> features = searched(all).persist(StorageLevel.MEMORY_AND_DISK());
      Searches searches;
      try {
        features.count();
        searches = measure(features);
      } finally {
        features.unpersist(true);
      }
      List<Step> steps = new ArrayList<>(searches.steps());
      steps.addAll(assignment(all, searches.best(), folder));
      return new Result(steps, searches.excess());
    } finally {
      BenchFolder.delete(spark, folder);
    }
  }

  private static Dataset<Row> searched(Dataset<Row> all) {
    List<Column> columns = new ArrayList<>(List.of(CustomerFeatures.CUSTOMER_ID.col()));
    SyntheticFeatures.names().forEach(n -> columns.add(col(n)));
    return all.select(columns.toArray(Column[]::new));
  }

  private record Searches(List<Step> steps, double excess, SearchTrial.Found best) {}

  private Searches measure(Dataset<Row> features) {
    ClusterConfig lens = lens(config.segments().behaviour().search().algorithms(), 3, 6, 2);
    SearchTrial trial = trial(lens, features);
    progress.accept("learn the preparation");
    trial.prepare();
    Timed<SearchTrial.Found> coreset = timed("search on a coreset", () -> trial.onCoreset(lens));
    AtomicReference<SearchTrial.Everybody> everybody = new AtomicReference<>();
    Timed<SearchTrial.Found> all =
        timed(
            "the same search on all customers",
            () -> {
              everybody.set(trial.everybody());
              return everybody.get().search();
            });
    progress.accept("compare the costs");
    double excess = trial.worstExcess(everybody.get(), all.found());
    ClusterConfig full = lens(ALL, 2, 10, 2);
    SearchTrial fresh = trial(full, features);
    Timed<SearchTrial.Found> three =
        timed("three algorithms, k 2 to 10, on a coreset", () -> fresh.onCoreset(full));
    return new Searches(
        List.of(step(all, null, 0), step(coreset, all, 1 / 8.0), step(three, null, 0)),
        excess,
        three.found());
  }

  /** Assignment with reasons, against reading and writing the features. */
  private List<Step> assignment(Dataset<Row> all, SearchTrial.Found found, String folder) {
    ClusterModel model = found.model();
    Segmentation segmentation =
        new Segmentation(
            "bench",
            ClusterConfig.BEHAVIOUR,
            LocalDate.EPOCH,
            found.chosen(),
            model.segmentIds().stream().map(id -> new SegmentInfo(id, id, id)).toList(),
            model,
            null,
            null,
            "");
    Timed<String> copied =
        timed("read and rewrite the features", () -> write(all, folder + "/copy"));
    Timed<String> assigned =
        timed(
            "assign with reasons",
            () -> {
              List<Segmentation> one = List.of(segmentation);
              write(AssignmentTrial.memberships(all, one, LocalDate.EPOCH), folder + "/segment");
              return write(AssignmentTrial.reasons(all, one), folder + "/reason");
            });
    return List.of(
        new Step(copied.name(), copied.seconds(), "", 1, 1, ""),
        new Step(
            assigned.name(),
            assigned.seconds(),
            copied.name(),
            assigned.seconds() / copied.seconds(),
            3,
            ""));
  }

  private static String write(Dataset<Row> rows, String folder) {
    rows.write().format("delta").save(folder);
    return folder;
  }

  private SearchTrial trial(ClusterConfig lens, Dataset<Row> features) {
    return new SearchTrial(
        spark, lens, features, customers, config.segments().sample(), config.segments().seed());
  }

  /** The lens behaviour of the configuration with the features that are generated. */
  private ClusterConfig lens(List<Algorithm> algorithms, int kMin, int kMax, int restarts) {
    return lens(config, algorithms, kMin, kMax, restarts);
  }

  /** The same with the algorithms of the configuration. */
  static ClusterConfig lens(StratifyConfig config, int kMin, int kMax) {
    return lens(config, config.segments().behaviour().search().algorithms(), kMin, kMax, 2);
  }

  private static ClusterConfig lens(
      StratifyConfig config, List<Algorithm> algorithms, int kMin, int kMax, int restarts) {
    ClusterConfig own = config.segments().behaviour();
    SearchConfig s = own.search();
    return new ClusterConfig(
        own.name(),
        true,
        SyntheticFeatures.names(),
        new SearchConfig(
            s.path(),
            algorithms,
            kMin,
            kMax,
            Math.min(s.minShare(), 0.02),
            s.maxIterations(),
            restarts,
            s.coreset(),
            s.rulesDepth()),
        own.preparation(),
        own.policy());
  }

  private record Timed<T>(String name, double seconds, T found) {}

  private <T> Timed<T> timed(String name, Supplier<T> work) {
    progress.accept(name);
    long start = System.nanoTime();
    T found = work.get();
    return new Timed<>(name, (System.nanoTime() - start) / 1e9, found);
  }

  private static Step step(
      Timed<SearchTrial.Found> timed, Timed<SearchTrial.Found> against, double bound) {
    String said =
        String.format(
            Locale.ROOT,
            "%s of %,d points; cost on all %+.2f %%",
            timed.found().chosen(),
            timed.found().points(),
            100 * timed.found().above());
    return against == null
        ? new Step(timed.name(), timed.seconds(), "", 1, 1, said)
        : new Step(
            timed.name(),
            timed.seconds(),
            against.name(),
            timed.seconds() / against.seconds(),
            bound,
            said);
  }
}
