package io.stratify.jobs.cli;

import io.stratify.common.StratifyException;
import io.stratify.common.config.CatalogConfig;
import io.stratify.common.config.LoadedConfig;
import io.stratify.common.io.Lake;
import io.stratify.common.io.Snapshot;
import io.stratify.common.tables.RunLog;
import io.stratify.common.tables.TableSpec;
import io.stratify.jobs.Failures;
import io.stratify.jobs.Job;
import io.stratify.jobs.JobContext;
import io.stratify.jobs.JobResult;
import io.stratify.jobs.Pipeline;
import io.stratify.jobs.runlog.RunRecorder;
import io.stratify.jobs.runlog.SameRun;
import io.stratify.jobs.segments.Registry;
import io.stratify.jobs.serving.CatalogTables;
import io.stratify.jobs.serving.PublishJob;
import io.stratify.jobs.serving.Summary;
import java.io.PrintWriter;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Runs jobs in order, one line each, and prints the summary once a run is published. */
final class Runner {
  private final PrintWriter out;
  private final Log log;
  private final String options;

  /**
   * Of one command.
   *
   * @param options what another command needs to find the same tables
   */
  Runner(PrintWriter out, Log log, String options) {
    this.out = out;
    this.log = log;
    this.options = options;
  }

  /** Runs the jobs for the configured as-of date; returns the exit code. */
  int run(Session session, LoadedConfig loaded, List<Job> jobs) {
    return run(session, loaded, jobs, jobs);
  }

  /** The same for some of the jobs of a run whose others are commands of their own. */
  int run(Session session, LoadedConfig loaded, List<Job> jobs, List<Job> all) {
    LocalDate asOf = Preflight.requireAsOf(loaded.config());
    log.run(session.runId());
    bringUp(session, jobs);
    session.lake().preflight(jobs.stream().flatMap(j -> j.writes().stream()).distinct().toList());
    CatalogConfig catalog = loaded.config().catalog();
    if (catalog.isUsed()) {
      CatalogTables.check(session.lake(), catalog.database());
    }
    Registry registry = new Registry(session.lake());
    Snapshot snapshot =
        jobs.stream().allMatch(PublishJob.class::isInstance)
            ? registry.toPublish(asOf, session.runId())
            : registry.next(asOf);
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
    List<String> problems = Pipeline.problems(jobs, context);
    if (!problems.isEmpty()) {
      throw new UsageException(String.join(System.lineSeparator(), problems));
    }
    if (publishes(jobs)) {
      Optional<String> part = Optional.of(session.runId()).filter(run -> !jobs.equals(all));
      requireOnePiece(session.lake(), snapshot, jobs, part, loaded);
    }
    List<JobResult> results = runAll(context, loaded, jobs, all);
    log.job("");
    if (publishes(jobs)) {
      if (catalog.isUsed()) {
        context.begin("catalog");
        register(session.lake(), catalog.database());
      }
      context.begin("summary");
      out.print(new Summary(session.lake(), snapshot).text());
      out.flush();
    }
    if (!publishes(all)) {
      String last = jobs.get(jobs.size() - 1).name();
      List<String> names = Pipeline.names();
      log.say(
          "not published: readers see what they saw before. For the rest: ./stratify run --as-of %s"
              + " --from %s%s",
          asOf, names.get(names.indexOf(last) + 1), options.isEmpty() ? "" : " " + options);
    }
    return exitCode(results);
  }

  /**
   * Tables of an earlier version get the columns of this one before anything is read; what the jobs
   * compute again goes.
   */
  private void bringUp(Session session, List<Job> jobs) {
    List<TableSpec> written = jobs.stream().flatMap(j -> j.writes().stream()).distinct().toList();
    List<TableSpec> tables =
        Stream.of(
                jobs.stream().flatMap(j -> j.reads().stream()),
                written.stream(),
                Stream.of(RunLog.TABLE)) // which no job writes, but the run
            .flatMap(t -> t)
            .distinct()
            .toList();
    session
        .lake()
        .deleteStale(written)
        .forEach(t -> log.note("an earlier version wrote " + t + ": it is made anew"));
    session
        .lake()
        .migrate(tables)
        .forEach(t -> log.note("an earlier version wrote " + t + ": columns added"));
  }

  private List<JobResult> runAll(
      JobContext context, LoadedConfig loaded, List<Job> jobs, List<Job> all) {
    List<JobResult> results = new ArrayList<>();
    try (RunRecorder recorder = new RunRecorder(context, all, loaded)) {
      for (Job job : jobs) {
        results.add(runOne(job, context, recorder));
      }
    }
    return results;
  }

  private void requireOnePiece(
      Lake lake, Snapshot snapshot, List<Job> jobs, Optional<String> part, LoadedConfig loaded) {
    Optional<String> problem = Optional.empty();
    try {
      problem = SameRun.problem(lake, snapshot, jobs, part, loaded, options);
    } catch (Exception e) { // a log that cannot be read stops no run, here as elsewhere
      log.note(
          "whether all of " + snapshot + " is of one run cannot be told: " + Failures.toKeep(e));
    }
    if (problem.isPresent()) {
      throw new StratifyException("Cannot publish %s: %s", snapshot, problem.get());
    }
  }

  private static boolean publishes(List<Job> jobs) {
    return jobs.stream().anyMatch(PublishJob.class::isInstance);
  }

  /** The run is published, whatever becomes of this; the views follow by themselves. */
  private void register(Lake lake, String database) {
    long start = System.nanoTime();
    try {
      List<CatalogTables.Entry> all = CatalogTables.register(lake, database);
      long news = all.stream().filter(e -> !e.state().isEmpty()).count();
      log.done(
          "catalog",
          (System.nanoTime() - start) / 1e9,
          all.size()
              + " tables and views in "
              + database
              + ", "
              + news
              + " of them new or changed");
    } catch (StratifyException e) {
      log.note(
          e.getMessage()
              + ". The run is published, and views that were in the catalog before show it; for"
              + " what is new: ./stratify catalog");
    }
  }

  private static int exitCode(List<JobResult> results) {
    return results.stream().mapToInt(Runner::exitCode).reduce(ExitCodes.DONE, ExitCodes::worse);
  }

  private static int exitCode(JobResult result) {
    return result.gateFailed()
        ? ExitCodes.GATE_FAILED
        : result.refitProposed() ? ExitCodes.REFIT_PROPOSED : ExitCodes.DONE;
  }

  /** The commit of the last job may have been made although its answer was lost. */
  private static String seen(Job job, JobContext context) {
    Snapshot snapshot = context.snapshot();
    try {
      if (job instanceof PublishJob
          && new Registry(context.lake()).next(snapshot.asOf()).revision() > snapshot.revision()) {
        return "but readers see " + snapshot + ", which was published before";
      }
    } catch (Exception e) { // Scala throws what is checked without saying so
      return "whether readers see "
          + snapshot
          + " cannot be told now; ./stratify query \"SELECT * FROM publication\" tells";
    }
    return "nothing was published, readers see what they saw before";
  }

  private JobResult runOne(Job job, JobContext context, RunRecorder recorder) {
    recorder.begin(job);
    log.job(job.name());
    context.begin(job.name());
    long start = System.nanoTime();
    JobResult result;
    try {
      result = job.run(context);
    } catch (Throwable e) { // Scala throws what is checked without saying so
      log.failed(job.name(), "failed; " + seen(job, context));
      recorder.fail(job, e);
      throw e;
    }
    log.done(job.name(), (System.nanoTime() - start) / 1e9, result.sentence());
    recorder.end(job, result);
    return result;
  }
}
