package io.stratify.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.stratify.common.config.ConfigLoader;
import io.stratify.common.config.LoadedConfig;
import io.stratify.common.io.CommitStamp;
import io.stratify.common.io.Lake;
import io.stratify.common.spark.SparkSuite;
import io.stratify.common.tables.TableSpec;
import io.stratify.jobs.Job;
import io.stratify.jobs.JobContext;
import io.stratify.jobs.JobResult;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunnerTest extends SparkSuite {
  private static final Step FINE = new Step("fine", false, false);
  private static final Step GATE = new Step("gate", true, false);
  private static final Step REFIT = new Step("refit", false, true);

  @TempDir Path folder;

  /** A job that does nothing, with a result of one's choice. */
  private record Step(String name, boolean gateFailed, boolean refitProposed)
      implements Job, JobResult {
    @Override
    public String description() {
      return name;
    }

    @Override
    public List<TableSpec> reads() {
      return List.of();
    }

    @Override
    public List<TableSpec> writes() {
      return List.of();
    }

    @Override
    public JobResult run(JobContext context) {
      return this;
    }

    @Override
    public String sentence() {
      return "did " + name;
    }
  }

  @Test
  void theExitCodeTellsTheSchedulerWhatCameOfTheRun() {
    assertThat(run(FINE)).isEqualTo(0);
    assertThat(run(FINE, GATE, FINE)).isEqualTo(3);
    assertThat(run(FINE, REFIT, FINE)).isEqualTo(4);
    assertThat(run(GATE, REFIT)).as("a gate wins").isEqualTo(3);
    assertThat(run(REFIT, GATE)).isEqualTo(3);
  }

  private int run(Job... jobs) {
    LoadedConfig loaded = ConfigLoader.load(List.of(), Map.of("as-of", "2026-05-01"));
    Lake lake = new Lake(spark(), folder.toString(), new CommitStamp("run", "hash", "0"));
    StringWriter said = new StringWriter();
    PrintWriter out = new PrintWriter(said);
    int exit =
        new Runner(out, new Log(out, false, loaded::hide))
            .run(new Session(spark(), lake, "run", Instant.EPOCH, false), loaded, List.of(jobs));
    assertThat(said.toString()).contains("did " + jobs[jobs.length - 1].name());
    return exit;
  }
}
