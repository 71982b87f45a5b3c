package io.stratify.jobs.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.stratify.common.config.StratifyConfig;
import io.stratify.common.spark.SparkSuite;
import io.stratify.jobs.Defaults;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SegmentsBenchTest extends SparkSuite {
  @TempDir Path folder;

  @Test
  void theCoresetIsHeldAgainstAllCustomers() {
    StratifyConfig config =
        Defaults.config(
            Map.of(
                "output.root", folder.toString(),
                "segments.behaviour.coreset", "500",
                "segments.behaviour.policy.resamples", "1",
                "segments.behaviour.max-iterations", "5"));
    List<String> heard = new ArrayList<>();
    SegmentsBench.Result result = new SegmentsBench(spark(), config, 2000, heard::add).run();
    assertThat(result.steps())
        .extracting(Step::name)
        .containsExactly(
            "the same search on all customers",
            "search on a coreset",
            "three algorithms, k 2 to 10, on a coreset",
            "read and rewrite the features",
            "assign with reasons");
    assertThat(result.excess()).as("a quarter of the customers").isBetween(-0.01, 0.2);
    assertThat(heard).contains("generate the features", "compare the costs");
    assertThat(folder.resolve("_bench")).isEmptyDirectory();
  }
}
