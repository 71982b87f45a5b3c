package io.stratify.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stratify.common.StratifyException;
import io.stratify.common.config.ConfigLoader;
import io.stratify.common.config.LoadedConfig;
import io.stratify.common.io.CommitStamp;
import io.stratify.common.io.Lake;
import io.stratify.common.io.RootLock;
import io.stratify.common.spark.SparkSuite;
import io.stratify.common.tables.RunLog;
import io.stratify.common.tables.TableSpec;
import io.stratify.jobs.Job;
import io.stratify.jobs.JobContext;
import io.stratify.jobs.JobResult;
import io.stratify.jobs.runlog.RunsText;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunnerTest extends SparkSuite {
  private static final Step FINE = new Step("fine", false, false);
  private static final Step GATE = new Step("gate", true, false);
  private static final Step REFIT = new Step("refit", false, true);
  private static final Step BROKEN =
      new Step(
          "broken",
          false,
          false,
          context -> {
            throw new StratifyException(
                "Cannot go on: password=hunter2-hunter2 is wrong.\nTry again");
          });
  private static final String NOTE =
      "\"place\":1,\"jobs\":9,\"as_of\":\"2026-05-01\",\"revision\":1,"
          + "\"started_at\":\"2026-05-01T01:00:00Z\",\"ended_at\":\"2026-05-01T01:00:07Z\","
          + "\"status\":\"done\",\"rows_in\":{\"orders\":7},\"rows_out\":{},"
          + "\"versions_read\":{\"orders\":3},\"versions_written\":{},\"config_hash\":\"h\","
          + "\"application_version\":\"1\",\"peak_heap_mb\":5}";

  private final StringWriter said = new StringWriter();

  @TempDir Path folder;

  /** A job with work and a result of one's choice. */
  private record Step(
      String name, boolean gateFailed, boolean refitProposed, Consumer<JobContext> work)
      implements Job, JobResult {
    private Step(String name, boolean gateFailed, boolean refitProposed) {
      this(name, gateFailed, refitProposed, context -> {});
    }

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
      work.accept(context);
      return this;
    }

    @Override
    public String sentence() {
      return "did " + name;
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"run", "several dates"})
  void theJobThatIsAtWorkIsNotCalledKilled(String holder) {
    List<String> seen = new ArrayList<>();
    Step look =
        new Step(
            "look",
            false,
            false,
            context ->
                new RunsText(context.lake()).one(context.runId()).lines().forEach(seen::add));
    RootLock lock = lake().output().lock("run", holder, false);
    run(FINE, look);
    lock.close();
    assertThat(seen.get(0)).contains("revision 1, at work,");
    assertThat(seen).anyMatch(line -> line.startsWith("  fine ") && line.contains(" done "));
    assertThat(seen).anyMatch(line -> line.startsWith("  look ") && line.endsWith(" at work"));
    assertThat(seen).noneMatch(line -> line.contains("killed"));
  }

  @Test
  void theExitCodeTellsTheSchedulerWhatCameOfTheRun() {
    assertThat(run(FINE)).isEqualTo(0);
    assertThat(run(FINE, GATE, FINE)).isEqualTo(3);
    assertThat(run(FINE, REFIT, FINE)).isEqualTo(4);
    assertThat(run(GATE, REFIT)).as("a gate wins").isEqualTo(3);
    assertThat(run(REFIT, GATE)).isEqualTo(3);
  }

  @Test
  void everyJobOfARunIsLogged() {
    run(FINE, GATE);
    List<Row> rows = log();
    assertThat(rows)
        .extracting(r -> r.getAs("place") + " " + r.getAs("job") + " " + r.getAs("status"))
        .containsExactly("1 fine done", "2 gate gate failed");
    assertThat(rows.get(0).<Integer>getAs("jobs")).isEqualTo(2);
    assertThat(rows.get(0).<String>getAs("error")).isNull();
    assertThat(rows.get(0).<Long>getAs("peak_heap_mb")).isPositive();
    assertThat(folder.resolve("_journal")).doesNotExist();
  }

  @Test
  void aJobThatFailsIsLoggedWithItsErrorAndWithoutSecrets() {
    assertThatThrownBy(() -> run(FINE, BROKEN, GATE)).hasMessageContaining("hunter2-hunter2");
    assertThat(log())
        .extracting(r -> r.getAs("job") + " " + r.getAs("status") + " " + r.getAs("error"))
        .containsExactly("fine done null", "broken failed Cannot go on: password=****** is wrong.");
    assertThat(said.toString()).contains("broken      failed; nothing was published");
    assertThat(new RunsText(lake()).list(5)).contains("1 of 3", "failed", "Cannot go on");
  }

  @Test
  void whatAKilledRunLeftIsAddedByTheNextOncePerAttempt() {
    run(FINE);
    String note = "{\"run_id\":\"run\",\"job\":\"fine\"," + NOTE;
    Instant began = log().get(0).<Timestamp>getAs("started_at").toInstant();
    String same = "\"started_at\":\"" + began.plusNanos(9) + "\"";
    lake()
        .output()
        .journal()
        .put("committed", note.replaceFirst("\"started_at\":\"[^\"]*\"", same));
    lake().output().journal().put("tried before", note);
    lake().output().journal().put("killed", note.replace("\"run\"", "\"before\""));
    lake().output().journal().put("cut off", note.substring(0, 20));
    assertThat(new RunsText(lake()).list(5)).contains("before", "1 of 9", "killed");
    run("next", FINE);
    assertThat(log())
        .extracting(r -> r.getAs("run_id") + " " + r.getAs("job"))
        .containsExactlyInAnyOrder("before fine", "next fine", "run fine", "run fine");
    assertThat(folder.resolve("_journal")).doesNotExist();
  }

  @Test
  void aTryThatWasKilledIsLoggedBesideTheOneThatWentWell() {
    String note = "{\"run_id\":\"run\",\"job\":\"fine\"," + NOTE;
    lake().output().journal().put("run-1-0", note.replace("\"done\"", "\"killed\""));
    run(FINE);
    assertThat(log())
        .extracting(r -> r.getAs("job") + " " + r.getAs("status"))
        .containsExactlyInAnyOrder("fine killed", "fine done");
    assertThat(new RunsText(lake()).list(5)).contains("1 of 1", "done").doesNotContain("killed");
  }

  @Test
  void aLogThatCannotBeWrittenDoesNotStopTheRun() throws IOException {
    Files.createDirectories(folder.resolve("run_log"));
    Files.writeString(folder.resolve("run_log/file"), "somebody's");
    assertThat(run(FINE)).isZero();
    assertThat(said.toString())
        .containsOnlyOnce("note: the log of runs cannot be written, which the run itself does")
        .contains("it holds files that are not a Delta table");
  }

  @Test
  void everyLineForProgramsNamesItsOwnRunAndJob() {
    LoadedConfig loaded = ConfigLoader.load(List.of(), Map.of("as-of", "2026-05-01"));
    Log log = new Log(new PrintWriter(said), true, loaded::hide);
    log.run("r0");
    log.job("publish");
    new Runner(new PrintWriter(said), log, "")
        .run(
            new Session(spark(), lake("r1"), "r1", Instant.EPOCH, false, false),
            loaded,
            List.of(FINE));
    assertThat(said.toString().lines())
        .extracting(line -> line.replaceFirst(".*(\"run\".*\"message\":\"\\w+).*", "$1"))
        .containsExactly(
            "\"run\":\"r1\",\"job\":\"\",\"message\":\"run",
            "\"run\":\"r1\",\"job\":\"fine\",\"message\":\"done",
            "\"run\":\"r1\",\"job\":\"\",\"message\":\"not");
  }

  private List<Row> log() {
    return lake()
        .read(RunLog.TABLE, "test")
        .orderBy(RunLog.RUN_ID.col(), RunLog.PLACE.col())
        .collectAsList();
  }

  private Lake lake() {
    return lake("run");
  }

  private Lake lake(String run) {
    return new Lake(spark(), folder.toString(), new CommitStamp(run, "hash", "0"));
  }

  private Path secret() {
    try {
      return Files.writeString(
          folder.resolveSibling(folder.getFileName() + ".conf"),
          "stratify.erasure.secret = hunter2-hunter2-hunter2");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private int run(Job... jobs) {
    return run("run", jobs);
  }

  private int run(String id, Job... jobs) {
    LoadedConfig loaded = ConfigLoader.load(List.of(secret()), Map.of("as-of", "2026-05-01"));
    PrintWriter out = new PrintWriter(said);
    int exit =
        new Runner(out, new Log(out, false, loaded::hide), "")
            .run(
                new Session(spark(), lake(id), id, Instant.EPOCH, false, false),
                loaded,
                List.of(jobs));
    assertThat(said.toString()).contains("did " + jobs[jobs.length - 1].name());
    return exit;
  }
}
