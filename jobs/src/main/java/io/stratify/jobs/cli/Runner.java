package io.stratify.jobs.cli;

import io.stratify.common.config.LoadedConfig;
import io.stratify.common.io.Snapshot;
import io.stratify.common.tables.TableSpec;
import io.stratify.jobs.Job;
import io.stratify.jobs.JobContext;
import io.stratify.jobs.JobResult;
import io.stratify.jobs.runlog.RunRecorder;
import io.stratify.jobs.segments.Registry;
import io.stratify.jobs.serving.PublishJob;
import io.stratify.jobs.serving.Summary;
import java.io.PrintWriter;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Runs jobs in order, one line each, and prints the summary once a run is published. */
final class Runner {
  private final PrintWriter out;
  private final Log log;

  Runner(PrintWriter out, Log log) {
    this.out = out;
    this.log = log;
  }

  /** Runs the jobs for the configured as-of date; returns the exit code. */
  int run(Session session, LoadedConfig loaded, List<Job> jobs) {
    LocalDate asOf = Preflight.requireAsOf(loaded.config());
    bringUp(session, jobs);
    session.lake().preflight(jobs.stream().flatMap(j -> j.writes().stream()).distinct().toList());
    Snapshot snapshot = new Registry(session.lake()).next(asOf);
    log.run(session.runId());
    log.say("run %s: %s -> %s", session.runId(), snapshot, session.lake().root());
    JobContext context =
        new JobContext(
            session.spark(),
            loaded.config(),
            session.lake().describing(snapshot),
            snapshot,
            session.runId(),
            session.startedAt(),
            log::note);
    jobs.forEach(j -> j.check(context));
    List<JobResult> results = runAll(context, loaded, jobs);
    if (jobs.stream().anyMatch(PublishJob.class::isInstance)) {
      context.begin("summary");
      out.print(new Summary(session.lake(), snapshot).text());
      out.flush();
    }
    return exitCode(results);
  }

  /** Tables of an earlier version get the columns of this one before anything is read. */
  private void bringUp(Session session, List<Job> jobs) {
    List<TableSpec> tables =
        jobs.stream()
            .flatMap(j -> Stream.concat(j.reads().stream(), j.writes().stream()))
            .distinct()
            .toList();
    session
        .lake()
        .migrate(tables)
        .forEach(t -> log.note("an earlier version wrote " + t + ": columns added"));
  }

  private List<JobResult> runAll(JobContext context, LoadedConfig loaded, List<Job> jobs) {
    List<JobResult> results = new ArrayList<>();
    try (RunRecorder recorder = new RunRecorder(context, jobs.size(), loaded::hide)) {
      for (Job job : jobs) {
        results.add(runOne(job, context, recorder));
      }
    }
    return results;
  }

  private static int exitCode(List<JobResult> results) {
    return results.stream().mapToInt(Runner::exitCode).reduce(ExitCodes.DONE, ExitCodes::worse);
  }

  private static int exitCode(JobResult result) {
    return result.gateFailed()
        ? ExitCodes.CHAMPION_KEPT
        : result.refitProposed() ? ExitCodes.REFIT_PROPOSED : ExitCodes.DONE;
  }

  private JobResult runOne(Job job, JobContext context, RunRecorder recorder) {
    recorder.begin();
    log.job(job.name());
    context.begin(job.name());
    long start = System.nanoTime();
    JobResult result;
    try {
      result = job.run(context);
    } catch (RuntimeException | Error e) {
      log.failed(job.name(), "failed; nothing was published, readers see what they saw before");
      recorder.fail(job, e);
      throw e;
    }
    log.done(job.name(), (System.nanoTime() - start) / 1e9, result.sentence());
    recorder.end(job, result);
    return result;
  }
}
