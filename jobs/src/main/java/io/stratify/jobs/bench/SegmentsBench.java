package io.stratify.jobs.bench;

import io.stratify.common.config.Algorithm;
import io.stratify.common.config.ClusterConfig;
import io.stratify.common.config.SearchConfig;
import io.stratify.common.config.StratifyConfig;
import io.stratify.jobs.segments.SearchTrial;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;

/**
 * Times the search for a segmentation on a coreset against the same search on all customers.
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
      new SyntheticFeatures(spark, customers).rows().write().parquet(folder);
      Dataset<Row> features = spark.read().parquet(folder).persist(StorageLevel.MEMORY_AND_DISK());
      try {
        features.count();
        return measure(features);
      } finally {
        features.unpersist(true);
      }
    } finally {
      BenchFolder.delete(spark, folder);
    }
  }

  private Result measure(Dataset<Row> features) {
    ClusterConfig lens = lens(config.segments().behaviour().search().algorithms(), 3, 6, 2);
    SearchTrial trial = trial(lens, features);
    Timed coreset = timed("search on a coreset", () -> trial.onCoreset(lens));
    progress.accept("collect all customers");
    SearchTrial.Everybody everybody = trial.everybody();
    Timed all = timed("the same search on all customers", everybody::search);
    progress.accept("compare the costs");
    double excess = trial.worstExcess(everybody, all.found());
    ClusterConfig full = lens(ALL, 2, 10, 2);
    SearchTrial fresh = trial(full, features);
    Timed three = timed("three algorithms, k 2 to 10, on a coreset", () -> fresh.onCoreset(full));
    return new Result(
        List.of(step(all, null, 0), step(coreset, all, 1 / 8.0), step(three, null, 0)), excess);
  }

  private SearchTrial trial(ClusterConfig lens, Dataset<Row> features) {
    return new SearchTrial(
        spark, lens, features, customers, config.segments().sample(), config.segments().seed());
  }

  /** The lens behaviour of the configuration with the features that are generated. */
  private ClusterConfig lens(List<Algorithm> algorithms, int kMin, int kMax, int restarts) {
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

  private record Timed(String name, double seconds, SearchTrial.Found found) {}

  private Timed timed(String name, Supplier<SearchTrial.Found> work) {
    progress.accept(name);
    long start = System.nanoTime();
    SearchTrial.Found found = work.get();
    return new Timed(name, (System.nanoTime() - start) / 1e9, found);
  }

  private static Step step(Timed timed, Timed against, double bound) {
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
