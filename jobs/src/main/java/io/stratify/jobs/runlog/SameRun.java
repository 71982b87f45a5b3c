package io.stratify.jobs.runlog;

import io.stratify.common.config.LoadedConfig;
import io.stratify.common.io.Lake;
import io.stratify.common.io.Snapshot;
import io.stratify.common.tables.RunLog;
import io.stratify.common.tables.Slice;
import io.stratify.common.tables.TableSpec;
import io.stratify.jobs.Job;
import io.stratify.jobs.Pipeline;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Whether what a command would publish is of one piece, where the jobs of a snapshot were commands
 * of their own: a job that was done again leaves what later jobs made of its tables before. What
 * each job read and wrote is in {@code run_log}; a job that is not there, though one before it is,
 * counts as left out. Nor may it be made of what conform wrote for another date.
 */
public final class SameRun {
  private static final List<String> ENDED =
      List.of(RunLog.DONE, RunLog.GATE_FAILED, RunLog.REFIT_PROPOSED);

  /** What a run replaces of tables that do not say which date they are of. */
  private static final Set<Slice> UNDATED = Set.of(Slice.WHOLE, Slice.AS_OF_DATES);

  private final Snapshot snapshot;
  private final Optional<String> part;
  private final List<JobRun> log;
  private final List<JobRun> runs;
  private final List<Job> jobs;
  private final Function<String, Optional<String>> settings;
  private final String options;

  private SameRun(
      Snapshot snapshot,
      Optional<String> part,
      List<JobRun> log,
      List<Job> jobs,
      Function<String, Optional<String>> settings,
      String options) {
    this.snapshot = snapshot;
    this.part = part;
    this.log = log;
    this.runs = log.stream().filter(r -> r.isOf(snapshot)).toList();
    this.jobs = jobs;
    this.settings = settings;
    this.options = options;
  }

  /**
   * What is not, and what to do; nothing if all is. To be asked before any of the jobs writes.
   *
   * @param jobs those of the command, which are about to be done
   * @param part the run that they are a part of
   * @param loaded the configuration of the command
   * @param options what another command needs to find the same tables
   */
  public static Optional<String> problem(
      Lake lake,
      Snapshot snapshot,
      List<Job> jobs,
      Optional<String> part,
      LoadedConfig loaded,
      String options) {
    if (jobs.containsAll(Pipeline.JOBS)) {
      return Optional.empty();
    }
    List<JobRun> log = JobRun.all(lake, "publish").toList();
    return problem(log, snapshot, jobs, part, job -> JobSettings.hash(loaded, job), options);
  }

  /** The same of what the log says. */
  static Optional<String> problem(
      List<JobRun> log,
      Snapshot snapshot,
      List<Job> jobs,
      Optional<String> part,
      Function<String, Optional<String>> settings,
      String options) {
    SameRun run = new SameRun(snapshot, part, log, jobs, settings, options);
    return run.unfinished()
        .or(run::outdated)
        .or(run::ofAnotherDate)
        .or(run::ofAnotherConfiguration);
  }

  /** What a job that stopped has written, nobody knows. */
  private Optional<String> unfinished() {
    return Pipeline.JOBS.stream()
        .filter(job -> !jobs.contains(job))
        .filter(job -> last(job, r -> true).filter(r -> !ENDED.contains(r.status())).isPresent())
        .findFirst()
        .map(job -> "the last try of " + job.name() + " did not end well. " + again(job));
  }

  private Optional<String> outdated() {
    for (Job later : Pipeline.JOBS) {
      for (Job job : Pipeline.needs(later)) {
        Optional<TableSpec> table =
            job.writes().stream()
                .filter(later.reads()::contains)
                .filter(t -> isOutdated(later, job, t))
                .findFirst();
        if (table.isPresent()) {
          return Optional.of(
              String.format(
                  "%s %s %s, which %s has not read since: readers would see two runs in one. %s",
                  job.name(),
                  jobs.contains(job) ? "would write" : "wrote",
                  table.get(),
                  later.name(),
                  again(jobs.contains(job) ? job : later)));
        }
      }
    }
    return Optional.empty();
  }

  /** The tables that conform writes for another date have its consents, identities, latest rows. */
  private Optional<String> ofAnotherDate() {
    for (Job later : Pipeline.JOBS) {
      for (Job job : Pipeline.needs(later)) {
        Optional<JobRun> other =
            jobs.contains(job)
                ? Optional.empty()
                : job.writes().stream()
                    .filter(t -> UNDATED.contains(t.slice()) && later.reads().contains(t))
                    .flatMap(t -> writer(job, t, later).stream())
                    .filter(r -> !r.asOf().equals(snapshot.asOf()) && !isOvertaken(r, job))
                    .findFirst();
        if (other.isPresent()) {
          return Optional.of(
              String.format(
                  "what %s reads of %s is that of %s (run %s). %s",
                  later.name(), job.name(), other.get().asOf(), other.get().runId(), again(job)));
        }
      }
    }
    return Optional.empty();
  }

  /**
   * What conform wrote has no date: where this snapshot has no conform, it is that of the last one.
   * A version before {@code settings_hash} has not told.
   */
  private Optional<String> ofAnotherConfiguration() {
    return Pipeline.JOBS.stream()
        .filter(job -> !jobs.contains(job))
        .filter(
            job ->
                last(job, r -> ENDED.contains(r.status()))
                    .or(() -> isUndated(job) ? last(log, job, SameRun::wrote) : Optional.empty())
                    .flatMap(JobRun::settings)
                    .filter(hash -> !Optional.of(hash).equals(settings.apply(job.name())))
                    .isPresent())
        .findFirst()
        .map(
            job ->
                String.format(
                    "%s was done with other settings than this command has (one of %s, or below"
                        + " it): what is learnt now would count as learnt with the new ones. It"
                        + " has to be done with these. %s",
                    job.name(), JobSettings.words(job.name()), again(job)));
  }

  /** What a killed one has written, nobody knows. */
  private static boolean wrote(JobRun run) {
    return !run.versionsWritten().isEmpty() || run.status().equals(RunLog.KILLED);
  }

  private static boolean isUndated(Job job) {
    return job.writes().stream().anyMatch(t -> UNDATED.contains(t.slice()));
  }

  /**
   * Whether the job was done for this date since, and had nothing to write or no need of a table.
   */
  private boolean isOvertaken(JobRun other, Job job) {
    return last(log, job, r -> r.asOf().equals(snapshot.asOf()) && ENDED.contains(r.status()))
        .filter(r -> r.startedAt().isAfter(other.startedAt()))
        .isPresent();
  }

  /** The run of a job that wrote what a later job has read of a table, or is about to read. */
  private Optional<JobRun> writer(Job job, TableSpec table, Job later) {
    Predicate<JobRun> wrote = r -> r.versionsWritten().containsKey(table.name());
    if (jobs.contains(later)) { // what a killed one has written, nobody knows
      return last(log, job, wrote.or(r -> r.status().equals(RunLog.KILLED)));
    }
    return last(later, r -> ENDED.contains(r.status()))
        .map(r -> r.versionsRead().get(table.name()))
        .flatMap(
            read -> last(log, job, wrote.and(r -> r.versionsWritten().get(table.name()) <= read)));
  }

  private String again(Job first) {
    return part.map(
            run -> "Do " + first.name() + " and the jobs after it again, with --part-of " + run)
        .orElseGet(
            () ->
                String.format(
                    "Do the rest again: ./stratify run --as-of %s --from %s%s",
                    snapshot.asOf(), first.name(), options.isEmpty() ? "" : " " + options));
  }

  private boolean isOutdated(Job later, Job job, TableSpec table) {
    if (jobs.contains(later)) {
      return false;
    }
    Optional<JobRun> reader = last(later, r -> ENDED.contains(r.status()));
    Optional<Long> read = reader.map(r -> r.versionsRead().get(table.name()));
    if (reader.isPresent() && read.isEmpty()) { // it had no need of the table
      return false;
    }
    return jobs.contains(job)
        || last(job, r -> r.versionsWritten().containsKey(table.name()))
            .filter(r -> r.versionsWritten().get(table.name()) > read.orElse(-1L))
            .isPresent();
  }

  private Optional<JobRun> last(Job job, Predicate<JobRun> which) {
    return last(runs, job, which);
  }

  private static Optional<JobRun> last(List<JobRun> runs, Job job, Predicate<JobRun> which) {
    return runs.stream()
        .filter(r -> r.job().equals(job.name()) && which.test(r))
        .max(Comparator.comparing(JobRun::startedAt));
  }
}
