package io.stratify.jobs.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.stratify.common.config.StratifyConfig;
import io.stratify.common.spark.SparkSuite;
import io.stratify.jobs.Defaults;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ValidationBenchTest extends SparkSuite {
  @TempDir Path folder;

  @Test
  void aSampleOfAllCustomersSaysWhatAllCustomersSay() {
    StratifyConfig config =
        Defaults.config(
            Map.of(
                "output.root", folder.toString(),
                "segments.behaviour.policy.resamples", "1",
                "segments.behaviour.max-iterations", "5",
                "validation.bootstraps", "5",
                "validation.splits", "1"));
    List<String> heard = new ArrayList<>();
    ValidationBench.Result result = new ValidationBench(spark(), config, 2000, heard::add).run();
    assertThat(result.k()).isEqualTo(8);
    assertThat(result.gathered().dates()).isEqualTo(8);
    assertThat(result.gathered().cohorts()).isEqualTo(6);
    assertThat(result.gathered().figures()).isGreaterThan(200);
    assertThat(result.difference().rand()).isCloseTo(0, within(1e-9));
    assertThat(result.difference().jaccard()).isCloseTo(0, within(1e-9));
    assertThat(heard).contains("gather the evidence", "hold the sample against all customers");
    assertThat(folder.resolve("_bench")).isEmptyDirectory();
  }
}
