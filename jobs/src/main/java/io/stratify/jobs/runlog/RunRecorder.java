package io.stratify.jobs.runlog;

import io.stratify.common.config.LoadedConfig;
import io.stratify.common.io.CommitStamp;
import io.stratify.common.io.Lake;
import io.stratify.common.io.Snapshot;
import io.stratify.common.io.Traffic;
import io.stratify.common.tables.RunLog;
import io.stratify.jobs.Failures;
import io.stratify.jobs.HeapWatch;
import io.stratify.jobs.Job;
import io.stratify.jobs.JobContext;
import io.stratify.jobs.JobResult;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.FSError;

/**
 * Writes the jobs of a run into {@code run_log}.
 *
 * <p>A commit costs 0.1 to 0.2 seconds on a local disk, however little it writes, and a note in a
 * small file one millisecond (one request in an object store). So each job leaves a note as it
 * begins, and another in its place as it ends, and the run adds them all to the table in one
 * commit, also when it fails. The notes of a run that was killed are found by the next one below
 * the same root, which adds them with its own; until then {@code stratify runs} reads them where
 * they are. A run that is refused before its first job leaves nothing.
 *
 * <p>The log never stops a run: where it cannot be written there is a notice.
 */
public final class RunRecorder implements AutoCloseable {
  private static final String WRITER = "run log";

  private final JobContext context;
  private final List<Job> jobs;
  private final LoadedConfig loaded;
  private final List<JobRun> done = new ArrayList<>();
  private boolean broken;
  private Instant startedAt;
  private HeapWatch heap;

  /**
   * Of a run that is about to begin.
   *
   * @param jobs what it is to do, by this command and by others where it is done in parts
   * @param loaded the configuration
   */
  public RunRecorder(JobContext context, List<Job> jobs, LoadedConfig loaded) {
    this.context = context;
    this.jobs = jobs;
    this.loaded = loaded;
  }

  /** A job begins: unless it ends, it was killed. */
  public void begin(Job job) {
    startedAt = Instant.now();
    heap = HeapWatch.start();
    // What went on before it is not its own.
    context.lake().traffic().take();
    JobRun begun =
        run(job, RunLog.KILLED, startedAt, Map.of(), Traffic.Taken.NOTHING, Optional.empty());
    quietly(() -> put(begun));
  }

  /** It ended well. */
  public void end(Job job, JobResult result) {
    String status =
        result.gateFailed()
            ? RunLog.GATE_FAILED
            : result.refitProposed() ? RunLog.REFIT_PROPOSED : RunLog.DONE;
    quietly(() -> note(job, status, result.rowsIn(), Optional.empty()));
  }

  /** It failed. */
  public void fail(Job job, Throwable e) {
    Optional<String> error = Optional.of(loaded.hide(Failures.toKeep(e)));
    quietly(() -> note(job, RunLog.FAILED, Map.of(), error));
  }

  private void note(Job job, String status, Map<String, Long> sources, Optional<String> error) {
    heap.close();
    Traffic.Taken taken = context.lake().traffic().take();
    Map<String, Long> rowsIn = new HashMap<>(sources);
    rowsIn.putAll(taken.read().rows());
    JobRun run = run(job, status, Instant.now(), rowsIn, taken, error);
    done.add(run);
    put(run);
  }

  private JobRun run(
      Job job,
      String status,
      Instant endedAt,
      Map<String, Long> rowsIn,
      Traffic.Taken taken,
      Optional<String> error) {
    CommitStamp stamp = context.lake().stamp();
    Snapshot snapshot = context.snapshot();
    return new JobRun(
        context.runId(),
        job.name(),
        jobs.stream().map(Job::name).toList().indexOf(job.name()) + 1,
        jobs.size(),
        snapshot.asOf(),
        snapshot.revision(),
        startedAt,
        endedAt,
        status,
        rowsIn,
        taken.written().rows(),
        taken.read().versions(),
        taken.written().versions(),
        stamp.configHash(),
        JobSettings.hash(loaded, job.name()),
        stamp.version(),
        heap.peakMb(),
        error);
  }

  private void put(JobRun run) {
    String name = run.runId() + "-" + run.place() + "-" + run.startedAt().toEpochMilli();
    context.lake().output().journal().put(name, run.note());
  }

  /** Adds the jobs to the table, and those of runs that were killed before they could. */
  @Override
  public void close() {
    if (!done.isEmpty()) {
      quietly(this::commit);
    }
  }

  private void commit() {
    Lake lake = context.lake();
    Map<String, String> notes = lake.output().journal().notes();
    List<JobRun> runs = new ArrayList<>(leftBehind(lake, notes));
    runs.addAll(done);
    context.begin(WRITER);
    context.describe("write " + RunLog.TABLE);
    lake.replace(
        RunLog.TABLE,
        context.snapshot(),
        context.rows(RunLog.TABLE, runs.stream().map(JobRun::row).toList()),
        WRITER);
    lake.output().journal().remove(notes.keySet());
  }

  /**
   * Also of an earlier try of a job of this run. A run may have been killed between its commit and
   * the end of its notes, too.
   */
  private List<JobRun> leftBehind(Lake lake, Map<String, String> notes) {
    Set<String> own = done.stream().map(RunRecorder::tried).collect(Collectors.toSet());
    List<JobRun> left =
        notes.values().stream()
            .flatMap(note -> JobRun.of(note).stream())
            .filter(r -> !own.contains(tried(r)))
            .toList();
    if (left.isEmpty()) {
      return left;
    }
    Set<String> there =
        lake
            .readIfThere(RunLog.TABLE, WRITER)
            .where(RunLog.RUN_ID.col().isin(left.stream().map(JobRun::runId).toArray()))
            .select(RunLog.RUN_ID.col(), RunLog.JOB.col(), RunLog.STARTED_AT.col())
            .collectAsList()
            .stream()
            .map(r -> tried(r.getString(0), r.getString(1), r.getTimestamp(2).toInstant()))
            .collect(Collectors.toCollection(HashSet::new));
    return left.stream().filter(r -> there.add(tried(r))).toList();
  }

  /** A job may be tried again in its run. */
  private static String tried(JobRun r) {
    return tried(r.runId(), r.job(), r.startedAt());
  }

  private static String tried(String run, String job, Instant at) {
    return run + " " + job + " " + at.truncatedTo(ChronoUnit.MICROS);
  }

  /** One notice is enough: what stands in the way of one job stands in the way of all. */
  private void quietly(Runnable work) {
    try {
      work.run();
    } catch (Exception | FSError e) { // Scala throws what is checked, a full disk the other
      if (!broken) {
        context
            .notices()
            .accept(
                "the log of runs cannot be written, which the run itself does without: "
                    + loaded.hide(Failures.toKeep(e)));
      }
      broken = true;
    }
  }
}
