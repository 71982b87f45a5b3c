package io.stratify.jobs.runlog;

import io.stratify.common.StratifyException;
import io.stratify.common.io.Lake;
import io.stratify.common.io.RootLock;
import io.stratify.common.tables.RunLog;
import java.io.IOException;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;

/** The runs below one root; also those that are at work or were killed. */
final class Runs {
  private static final String READER = "runs";
  private static final List<String> WORST =
      List.of(RunLog.FAILED, RunLog.GATE_FAILED, RunLog.REFIT_PROPOSED);

  private static final String AT_WORK = "at work";
  private static final List<String> UNDONE = List.of(RunLog.FAILED, RunLog.KILLED);

  /** A job that a scheduler tries again is what its last attempt was. */
  private static final BinaryOperator<JobRun> LATER =
      BinaryOperator.maxBy(Comparator.comparing(JobRun::startedAt));

  private final Lake lake;

  /** Of the tables below one root. */
  Runs(Lake lake) {
    this.lake = lake;
  }

  /**
   * One run.
   *
   * @param jobs its jobs in their order, as far as they have begun
   * @param status done, gate failed, refit proposed, failed, killed, at work or between two jobs
   */
  record Run(List<JobRun> jobs, String status) {
    JobRun first() {
      return jobs.get(0);
    }

    /** When the last of its jobs ended. */
    Instant endedAt() {
      return jobs.get(jobs.size() - 1).endedAt();
    }

    /** How many of its jobs did what they were to do. */
    long done() {
      return jobs.stream().filter(j -> !UNDONE.contains(j.status())).count();
    }

    /** The first line of its first error. */
    Optional<String> error() {
      return jobs.stream().flatMap(j -> j.error().stream()).findFirst();
    }

    /** Whether one of its jobs is being done now: its note says killed until it ends. */
    boolean isAtWork(JobRun job) {
      return status.equals(AT_WORK)
          && job.status().equals(RunLog.KILLED)
          && jobs.stream().reduce(LATER).equals(Optional.of(job));
    }

    /** Of one of its jobs. */
    String status(JobRun job) {
      return isAtWork(job) ? AT_WORK : job.status();
    }
  }

  /**
   * The latest runs, the newest last.
   *
   * @param last how many at most
   * @throws StratifyException if there are none
   */
  List<Run> latest(int last) {
    List<List<JobRun>> all = List.copyOf(byRun().values());
    return all.subList(Math.max(0, all.size() - last), all.size()).stream().map(this::run).toList();
  }

  /**
   * The run of an id.
   *
   * @throws StratifyException if there is none
   */
  Run one(String id) {
    List<JobRun> jobs = byRun().get(id);
    if (jobs == null) {
      throw new StratifyException(
          "Cannot show run %s: there is none in %s. ./stratify runs lists them", id, lake.root());
    }
    return run(jobs);
  }

  private Run run(List<JobRun> jobs) {
    return new Run(jobs, status(jobs));
  }

  /** The jobs of every run in their order, the newest run last. */
  private Map<String, List<JobRun>> byRun() {
    Map<String, JobRun> jobs = new LinkedHashMap<>();
    JobRun.all(lake, READER).forEach(j -> jobs.merge(j.runId() + " " + j.job(), j, LATER));
    if (jobs.isEmpty()) {
      throw new StratifyException(
          "Cannot list runs: there are none in %s yet. Run ./stratify run first, or give the folder"
              + " of a run: --set output.root=FOLDER",
          lake.root());
    }
    return jobs.values().stream()
        .sorted(Comparator.comparing(JobRun::startedAt).thenComparing(JobRun::place))
        .collect(
            Collectors.groupingBy(
                JobRun::runId,
                LinkedHashMap::new,
                Collectors.collectingAndThen(Collectors.toList(), Runs::sinceFirst)));
  }

  /** A run that begins again with its first job does all of them again. */
  private static List<JobRun> sinceFirst(List<JobRun> jobs) {
    Instant begun =
        jobs.stream().min(Comparator.comparing(JobRun::place)).orElseThrow().startedAt();
    return jobs.stream().filter(j -> !j.startedAt().isBefore(begun)).toList();
  }

  private String status(List<JobRun> jobs) {
    Optional<String> worst =
        WORST.stream().filter(s -> jobs.stream().anyMatch(j -> j.status().equals(s))).findFirst();
    long ended = jobs.stream().filter(j -> !j.status().equals(RunLog.KILLED)).count();
    if (ended == jobs.get(0).jobs() || worst.equals(Optional.of(RunLog.FAILED))) {
      return worst.orElse(RunLog.DONE);
    }
    String run = jobs.get(0).runId();
    if (atWork(run)) {
      return AT_WORK;
    }
    boolean isBetween =
        ended == jobs.size() && lake.output().lease().run().equals(Optional.of(run));
    return isBetween ? "between two jobs" : RunLog.KILLED;
  }

  private boolean atWork(String run) {
    try {
      return lake.output()
          .state()
          .holder()
          .filter(h -> !h.dead())
          .filter(h -> h.run().equals(run) || isDateOf(h, run))
          .isPresent();
    } catch (IOException e) {
      throw new StratifyException(
          e, "Cannot see whether a run is at work in %s: %s", lake.root(), e.getMessage());
    }
  }

  /**
   * Whether a run may be the date at which the holder's run of several dates is: each date is a run
   * of its own, and the one that holds the lock has no jobs.
   */
  private boolean isDateOf(RootLock.Holder holder, String run) {
    List<JobRun> noted =
        lake.output().journal().notes().values().stream()
            .flatMap(n -> JobRun.of(n).stream())
            .toList();
    return holder.command().equals("run")
        && noted.stream().noneMatch(j -> j.runId().equals(holder.run()))
        && noted.stream()
            .max(Comparator.comparing(JobRun::startedAt))
            .filter(j -> j.runId().equals(run))
            .isPresent();
  }
}
