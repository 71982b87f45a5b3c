package io.stratify.jobs.endtoend;

import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.regexp_extract;
import static org.assertj.core.api.Assertions.assertThat;

import io.stratify.common.config.ClusterConfig;
import io.stratify.common.config.DemoConfig.World;
import io.stratify.common.config.StratifyConfig;
import io.stratify.common.io.CommitStamp;
import io.stratify.common.io.Lake;
import io.stratify.common.io.Snapshot;
import io.stratify.common.tables.CustomerFeatures;
import io.stratify.common.tables.CustomerFeaturesPast;
import io.stratify.common.tables.CustomerOutcome;
import io.stratify.jobs.Defaults;
import io.stratify.jobs.cli.Cli;
import io.stratify.jobs.demo.DemoSpec;
import io.stratify.jobs.demo.DemoWarehouse;
import io.stratify.jobs.demo.DemoWriter;
import io.stratify.jobs.segments.SearchTrial;
import io.stratify.jobs.segments.SegmentInfo;
import io.stratify.jobs.segments.Segmentation;
import io.stratify.jobs.validation.ValidationTrial;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the gates say of a world without segments, of one whose personas change completely half-way,
 * and of one where all is well. Twenty warehouses of twenty seeds are one warehouse of disjoint
 * customers, so that the pipeline runs once for all; each is then fitted and judged on its own.
 */
class HonestPowerTest {
  private static final Logger LOG = LoggerFactory.getLogger(HonestPowerTest.class);
  private static final int SEEDS = 20;
  private static final int EACH = 250;
  private static final LocalDate END = LocalDate.of(2026, 1, 1);

  /** Of the figures of one snapshot: enough to see that there is nothing. */
  private static final List<String> RESAMPLING =
      List.of(
          "prediction strength", "resampling: mean Jaccard", "resampling: Jaccard of a segment");

  private static final List<String> PAST =
      List.of(
          "time: mean adjusted Rand index",
          "persistence: least kappa",
          "drift: the feature that moved most",
          "drift of the shares");

  @TempDir Path folder;

  @Test
  void aCloudWithoutSegmentsIsRejected() {
    assertThat(right(World.ONE_CLOUD, g -> g.failed().stream().anyMatch(RESAMPLING::contains)))
        .isGreaterThanOrEqualTo(SEEDS - 1);
  }

  @Test
  void personasThatChangedCompletelyAreFlagged() {
    assertThat(right(World.UPHEAVAL, g -> g.failed().stream().anyMatch(PAST::contains)))
        .isGreaterThanOrEqualTo(SEEDS - 1);
  }

  /**
   * Gates that nothing passes would be right about the other two as well. With so few customers
   * chance alone fails one of the ten gates now and then.
   */
  @Test
  void personasThatAreAsTheyWereArePublished() {
    assertThat(right(World.PERSONAS, HonestPowerTest::isSound)).isGreaterThanOrEqualTo(SEEDS - 4);
  }

  private static boolean isSound(ValidationTrial.Gathered g) {
    return g.failed().isEmpty()
        && g.passed().containsAll(RESAMPLING)
        && g.passed().containsAll(PAST);
  }

  /** Number of the seeds with a right verdict. */
  private int right(World world, Predicate<ValidationTrial.Gathered> verdict) {
    SharedSpark.compiled();
    generate(world);
    StratifyConfig config = config();
    features();
    Lake lake =
        new Lake(SharedSpark.session(), folder.toString(), new CommitStamp("test", "none", "0"));
    Dataset<Row> now = lake.read(CustomerFeatures.TABLE, new Snapshot(END, 1), "test").cache();
    Dataset<Row> past = lake.read(CustomerFeaturesPast.TABLE, "test").cache();
    Dataset<Row> outcomes = lake.read(CustomerOutcome.TABLE, "test").cache();
    int right = 0;
    for (int seed = 0; seed < SEEDS; seed++) {
      Column own = world(seed);
      ValidationTrial.Gathered found =
          judged(config, seed, now.where(own), past.where(own), outcomes.where(own));
      boolean good = verdict.test(found);
      LOG.info("{} seed {}: {} {}", world.label(), seed, good ? "right" : "WRONG", found.failed());
      right += good ? 1 : 0;
    }
    LOG.info("{}: right verdicts {} of {}", world.label(), right, SEEDS);
    List.of(now, past, outcomes).forEach(Dataset::unpersist);
    return right;
  }

  private static Column world(int seed) {
    return floor(
            regexp_extract(CustomerFeatures.CUSTOMER_ID.col(), "(\\d+)", 1)
                .cast("int")
                .divide(EACH))
        .equalTo(lit(seed));
  }

  private void generate(World world) {
    Map<String, Dataset<Row>> all = new LinkedHashMap<>();
    for (int seed = 0; seed < SEEDS; seed++) {
      DemoSpec spec = new DemoSpec(SEEDS * EACH, 24, END, 1000 + seed, world);
      DemoWarehouse own =
          DemoWarehouse.of(SharedSpark.session(), spec)
              .only((long) seed * EACH, (seed + 1L) * EACH)
              .in(1);
      own.tables().forEach((name, rows) -> all.merge(name, rows, Dataset::union));
    }
    Map<String, Dataset<Row>> few = new LinkedHashMap<>();
    all.forEach((name, rows) -> few.put(name, rows.coalesce(2)));
    new DemoWriter(w -> {}).write(few, folder + "/source");
  }

  private void features() {
    Cli.Result result =
        Cli.run(
            List.of(
                "run",
                "--to",
                "features",
                "--conf",
                System.getenv().getOrDefault("STRATIFY_HOME", "..") + "/conf/demo.conf",
                "--as-of",
                END.toString(),
                "--set",
                "output.root=" + folder,
                "--set",
                "spark.shuffle-partitions=4",
                "--set",
                "features.past.back=4",
                "--set",
                "features.past.every=5 months"));
    assertThat(result.exit()).as(result.toString()).isZero();
  }

  private static StratifyConfig config() {
    return Defaults.config(
        Map.of(
            "segments.behaviour.restarts", "1",
            "validation.bootstraps", "30",
            "validation.splits", "5"));
  }

  private static ValidationTrial.Gathered judged(
      StratifyConfig config, int seed, Dataset<Row> now, Dataset<Row> past, Dataset<Row> outcomes) {
    long customers = now.count();
    assertThat(customers).isGreaterThan(EACH / 2);
    ClusterConfig lens = config.segments().behaviour();
    SearchTrial.Found found =
        new SearchTrial(
                SharedSpark.session(), lens, now, customers, config.segments().sample(), seed)
            .onCoreset(lens);
    List<SegmentInfo> segments = new ArrayList<>();
    found.model().segmentIds().forEach(id -> segments.add(new SegmentInfo(id, id, id)));
    Segmentation s =
        new Segmentation(
            "behaviour-" + seed, "behaviour", END, "kmeans", segments, found.model(), 0.5, 0.1, "");
    return new ValidationTrial(
            SharedSpark.session(), config, s, now, customers, END, past, outcomes)
        .gather();
  }
}
