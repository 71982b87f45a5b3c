package io.stratify.jobs.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.stratify.common.config.StratifyConfig;
import io.stratify.common.spark.SparkSuite;
import io.stratify.jobs.Defaults;
import io.stratify.jobs.bench.FeaturesBench.Size;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeaturesBenchTest extends SparkSuite {
  private static final int CUSTOMERS = 200;

  @TempDir Path folder;

  @Override
  protected boolean interpreted() {
    return true;
  }

  /** The next day is new, and a week before it there are late facts: two days to recompute. */
  @Test
  void everyStepDoesWhatItIsNamedAfter() {
    StratifyConfig config = Defaults.config(Map.of("output.root", folder.toString()));
    List<String> heard = new ArrayList<>();
    List<Step> steps =
        new FeaturesBench(spark(), config, new Size(CUSTOMERS, 2200, 4400), heard::add).run();
    assertThat(steps)
        .extracting(Step::name)
        .containsExactly(
            "scan and count",
            "first history",
            "one snapshot",
            "eight snapshots",
            "eight with all",
            "next day");
    assertThat(heard).containsSubsequence("generate the facts", "first history", "next day");
    assertThat(steps.get(1).said()).contains("first build");
    assertThat(steps.get(2).said()).startsWith("200 customers");
    assertThat(steps.get(3).said()).contains("1,400 rows of 7 past snapshots");
    assertThat(steps.get(3).said()).endsWith(" with the features that lenses read");
    assertThat(steps.get(4).said()).endsWith("1,400 rows of 7 past snapshots");
    assertThat(steps.get(5).said()).startsWith("2 of ").contains(" days recomputed (");
    Step next = steps.get(5);
    double first = steps.get(1).seconds() + steps.get(2).seconds();
    assertThat(next.against()).isEqualTo("first history + one snapshot");
    assertThat(next.ratio()).isCloseTo(next.seconds() / first, within(1e-9));
    assertThat(folder.resolve("_bench")).isEmptyDirectory();
  }
}
