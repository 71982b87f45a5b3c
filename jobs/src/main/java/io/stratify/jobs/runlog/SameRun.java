package io.stratify.jobs.runlog;

import io.stratify.common.StratifyException;
import io.stratify.common.io.Lake;
import io.stratify.common.io.Snapshot;
import io.stratify.common.tables.RunLog;
import io.stratify.common.tables.TableSpec;
import io.stratify.jobs.Job;
import io.stratify.jobs.Pipeline;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Whether what a command would publish is of one piece, where the jobs of a snapshot were commands
 * of their own: a job that was done again leaves what later jobs made of its tables before. What
 * each job read and wrote is in {@code run_log}; what is not there is taken for right.
 */
public final class SameRun {
  private static final List<String> ENDED =
      List.of(RunLog.DONE, RunLog.GATE_FAILED, RunLog.REFIT_PROPOSED);

  private final List<JobRun> runs;
  private final List<Job> jobs;

  private SameRun(List<JobRun> runs, List<Job> jobs) {
    this.runs = runs;
    this.jobs = jobs;
  }

  /**
   * Looks before anything is written.
   *
   * @param jobs those of the command, which are about to be done
   * @throws StratifyException if it is not
   */
  public static void check(Lake lake, Snapshot snapshot, List<Job> jobs) {
    List<JobRun> runs =
        JobRun.all(lake, "publish")
            .filter(r -> r.asOf().equals(snapshot.asOf()) && r.revision() == snapshot.revision())
            .toList();
    SameRun all = new SameRun(runs, jobs);
    for (Job later : Pipeline.JOBS) {
      for (Job job : Pipeline.needs(later)) {
        Optional<TableSpec> table =
            job.writes().stream()
                .filter(later.reads()::contains)
                .filter(t -> all.isOutdated(later, job, t))
                .findFirst();
        if (table.isPresent()) {
          throw new StratifyException(
              "Cannot publish %s: %s %s %s, which %s has not read since. Readers would see two"
                  + " runs in one. Do the rest again: ./stratify run --as-of %s --from %s",
              snapshot,
              job.name(),
              jobs.contains(job) ? "would write" : "wrote",
              table.get(),
              later.name(),
              snapshot.asOf(),
              jobs.contains(job) ? job.name() : later.name());
        }
      }
    }
  }

  private boolean isOutdated(Job later, Job job, TableSpec table) {
    if (jobs.contains(later)) {
      return false;
    }
    Optional<Long> read =
        last(later, r -> ENDED.contains(r.status())).map(r -> r.versionsRead().get(table.name()));
    if (read.isEmpty()) {
      return false;
    }
    return jobs.contains(job)
        || last(job, r -> r.versionsWritten().containsKey(table.name()))
            .filter(r -> r.versionsWritten().get(table.name()) > read.get())
            .isPresent();
  }

  private Optional<JobRun> last(Job job, Predicate<JobRun> which) {
    return runs.stream()
        .filter(r -> r.job().equals(job.name()) && which.test(r))
        .max(Comparator.comparing(JobRun::startedAt));
  }
}
