package io.stratify.jobs.runlog;

import static org.assertj.core.api.Assertions.assertThat;

import io.stratify.common.io.Snapshot;
import io.stratify.common.tables.RunLog;
import io.stratify.jobs.Job;
import io.stratify.jobs.Pipeline;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Commands of their own for 1 April and for 1 May. */
class SameRunTest {
  private static final LocalDate APRIL = LocalDate.of(2026, 4, 1);
  private static final LocalDate MAY = LocalDate.of(2026, 5, 1);

  private final List<JobRun> log = new ArrayList<>();
  private Optional<String> settings = Optional.empty();

  @Test
  void whatConformWroteForAnotherDateIsNotPublished() {
    conform(APRIL, RunLog.DONE, Map.of("orders", 1L));
    assertThat(problem(APRIL, "history")).isEmpty();
    assertThat(problem(MAY, "history"))
        .contains(
            "what history reads of conform is that of 2026-04-01 (run conform 1). Do the rest"
                + " again: ./stratify run --as-of 2026-05-01 --from conform --conf shop.conf");
    assertThat(problem(MAY, "conform")).as("it is done first").isEmpty();
    conform(MAY, RunLog.DONE, Map.of("orders", 2L));
    assertThat(problem(MAY, "history")).isEmpty();
    assertThat(problem(APRIL, "history")).isPresent();
  }

  @Test
  void whatAKilledConformOfAnotherDateWroteNobodyKnows() {
    conform(APRIL, RunLog.DONE, Map.of("customers", 1L));
    conform(MAY, RunLog.FAILED, Map.of());
    assertThat(problem(APRIL, "history")).as("it wrote nothing").isEmpty();
    conform(MAY, RunLog.KILLED, Map.of());
    assertThat(problem(APRIL, "history")).isPresent();
  }

  /** Its rows are those of April, as an input that is none any more stays empty. */
  @Test
  void aTableThatConformHadNoNeedToWriteIsOfItsDateToo() {
    conform(APRIL, RunLog.DONE, Map.of("customers", 1L, "feedback", 1L));
    conform(MAY, RunLog.DONE, Map.of("customers", 2L));
    run("history", MAY, RunLog.DONE, Map.of("customers", 2L, "feedback", 1L), Map.of());
    assertThat(problem(MAY, "features")).isEmpty();
  }

  @Test
  void whatWasReadBeforeConformWroteForAnotherDateIsPublished() {
    conform(MAY, RunLog.DONE, Map.of("customers", 1L));
    run("features", MAY, RunLog.DONE, Map.of("customers", 1L), Map.of());
    conform(APRIL, RunLog.DONE, Map.of("customers", 2L));
    assertThat(problem(MAY, "segments")).isEmpty();
    assertThat(problem(MAY, "features")).as("they would be read anew").isPresent();
    run("features", MAY, RunLog.DONE, Map.of("customers", 2L), Map.of());
    assertThat(problem(MAY, "segments"))
        .hasValueSatisfying(p -> assertThat(p).contains("features reads of conform"));
  }

  @Test
  void whatWasDoneWithOtherSettingsIsNotGoneOnWith() {
    settings = Optional.of("old");
    conform(MAY, RunLog.DONE, Map.of("customers", 1L));
    run("features", MAY, RunLog.DONE, Map.of("customers", 1L), Map.of());
    assertThat(problem(MAY, "segments")).isEmpty();
    settings = Optional.of("new");
    assertThat(problem(MAY, "segments").orElse("none"))
        .isEqualTo(
            "conform was done with other settings than this command has (one of inputs, conform,"
                + " consent, or below it): what is learnt now would count as learnt with the new"
                + " ones. It has to be done with these. Do the rest again: ./stratify run --as-of"
                + " 2026-05-01 --from conform --conf shop.conf");
    conform(MAY, RunLog.DONE, Map.of("customers", 2L));
    assertThat(problem(MAY, "features")).as("features are made with the new ones").isEmpty();
    run("features", MAY, RunLog.DONE, Map.of("customers", 2L), Map.of());
    assertThat(problem(MAY, "segments")).isEmpty();
    settings = Optional.empty();
    assertThat(problem(MAY, "segments")).as("nothing is told of the present").isPresent();
  }

  @Test
  void whatTheConformOfAnotherRevisionWroteCountsToo() {
    settings = Optional.of("old");
    run("conform", MAY, RunLog.DONE, Map.of(), Map.of("customers", 1L));
    settings = Optional.of("new");
    List<Job> jobs = Pipeline.JOBS.subList(1, Pipeline.JOBS.size());
    assertThat(
            SameRun.problem(log, new Snapshot(MAY, 2), jobs, Optional.empty(), job -> settings, ""))
        .hasValueSatisfying(p -> assertThat(p).startsWith("conform was done with other settings"));
    conform(MAY, RunLog.DONE, Map.of("customers", 2L));
    settings = Optional.of("refused");
    run("conform", MAY.plusDays(1), RunLog.FAILED, Map.of(), Map.of());
    settings = Optional.of("new");
    assertThat(
            SameRun.problem(log, new Snapshot(MAY, 2), jobs, Optional.empty(), job -> settings, ""))
        .as("one that failed before it wrote is not what is there")
        .isEmpty();
  }

  @Test
  void aVersionThatDidNotNoteItsSettingsIsBelieved() {
    conform(MAY, RunLog.DONE, Map.of("customers", 1L));
    settings = Optional.of("new");
    assertThat(problem(MAY, "history")).isEmpty();
  }

  @Test
  void onlyWhatEndedIsPublishedAlsoWhereItFailedAGateOrProposedARefit() {
    run("validation", MAY, RunLog.GATE_FAILED, Map.of(), Map.of());
    run("health", MAY, RunLog.REFIT_PROPOSED, Map.of(), Map.of());
    assertThat(problem(MAY, "publish")).isEmpty();
    for (String status : List.of(RunLog.FAILED, RunLog.KILLED)) {
      run("insight", MAY, status, Map.of(), Map.of());
      assertThat(problem(MAY, "publish"))
          .contains(
              "the last try of insight did not end well. Do the rest again: ./stratify run --as-of"
                  + " 2026-05-01 --from insight --conf shop.conf");
      assertThat(problem(MAY, "insight")).as("it is done first").isEmpty();
      run("insight", MAY, RunLog.DONE, Map.of(), Map.of());
      assertThat(problem(MAY, "publish")).as("it was done again").isEmpty();
    }
  }

  private Optional<String> problem(LocalDate asOf, String first) {
    List<Job> jobs = Pipeline.JOBS.subList(Pipeline.names().indexOf(first), Pipeline.JOBS.size());
    Snapshot snapshot = new Snapshot(asOf, 1);
    return SameRun.problem(
        log, snapshot, jobs, Optional.empty(), job -> settings, "--conf shop.conf");
  }

  private void conform(LocalDate asOf, String status, Map<String, Long> written) {
    run("conform", asOf, status, Map.of(), written);
  }

  private void run(
      String job,
      LocalDate asOf,
      String status,
      Map<String, Long> read,
      Map<String, Long> written) {
    Instant at = Instant.parse("2026-06-01T00:00:00Z").plusSeconds(60L * log.size());
    log.add(
        new JobRun(
            job + " " + (log.size() + 1),
            job,
            1,
            9,
            asOf,
            1,
            at,
            at.plusSeconds(1),
            status,
            Map.of(),
            Map.of(),
            read,
            written,
            "hash",
            settings,
            "0",
            1,
            Optional.empty()));
  }
}
