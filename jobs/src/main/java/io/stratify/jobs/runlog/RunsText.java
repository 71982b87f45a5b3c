package io.stratify.jobs.runlog;

import io.stratify.common.StratifyException;
import io.stratify.common.io.Lake;
import io.stratify.common.io.RootLock;
import io.stratify.common.tables.RunLog;
import io.stratify.jobs.serving.TextTable;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The runs below one root, for a terminal; also those that are at work or were killed. */
public final class RunsText {
  private static final String READER = "runs";
  private static final DateTimeFormatter UTC =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final List<String> WORST =
      List.of(RunLog.FAILED, RunLog.GATE_FAILED, RunLog.REFIT_PROPOSED);

  private static final String AT_WORK = "at work";
  private static final List<String> UNDONE = List.of(RunLog.FAILED, RunLog.KILLED);

  /** A job that a scheduler tries again is what its last attempt was. */
  private static final BinaryOperator<JobRun> LATER =
      BinaryOperator.maxBy(Comparator.comparing(JobRun::startedAt));

  private final Lake lake;

  /** Of the tables below one root. */
  public RunsText(Lake lake) {
    this.lake = lake;
  }

  /**
   * The latest runs, the newest last.
   *
   * @param last how many at most
   * @throws StratifyException if there are none
   */
  public String list(int last) {
    List<List<JobRun>> runs = List.copyOf(byRun().values());
    TextTable table =
        new TextTable("run", "as of", "started (UTC)", "took", "jobs done", "status", "error");
    for (List<JobRun> jobs : runs.subList(Math.max(0, runs.size() - last), runs.size())) {
      JobRun first = jobs.get(0);
      long done = jobs.stream().filter(j -> !UNDONE.contains(j.status())).count();
      table.row(
          first.runId(),
          first.asOf() + " revision " + first.revision(),
          time(first.startedAt()),
          took(Duration.between(first.startedAt(), jobs.get(jobs.size() - 1).endedAt())),
          done + " of " + first.jobs(),
          status(jobs),
          jobs.stream().flatMap(j -> j.error().stream()).findFirst().orElse(""));
    }
    return table.toString();
  }

  /**
   * One run, job by job.
   *
   * @throws StratifyException if there is none of this id
   */
  public String one(String run) {
    List<JobRun> jobs = byRun().get(run);
    if (jobs == null) {
      throw new StratifyException(
          "Cannot show run %s: there is none in %s. ./stratify runs lists them", run, lake.root());
    }
    JobRun first = jobs.get(0);
    String status = status(jobs);
    Optional<JobRun> atWork = jobs.stream().filter(j -> status.equals(AT_WORK)).reduce(LATER);
    TextTable table =
        new TextTable("job", "started (UTC)", "took", "status", "rows out", "peak heap");
    for (JobRun job : jobs) {
      // Its note says killed until it ends, and nothing of what it did so far.
      boolean open = job.status().equals(RunLog.KILLED) && atWork.equals(Optional.of(job));
      table.row(
          job.job(),
          time(job.startedAt()),
          took(open ? Duration.between(job.startedAt(), Instant.now()) : job.took()),
          open ? AT_WORK : job.status(),
          open ? "" : count(job.rowsOut().values().stream().mapToLong(Long::longValue).sum()),
          open ? "" : count(job.peakHeapMb()) + " MB");
    }
    String head =
        String.format(
            Locale.ROOT,
            "Run %s: %s revision %d, %s, configuration %s, stratify %s%n%n",
            run,
            first.asOf(),
            first.revision(),
            status,
            first.configHash(),
            first.version());
    return head + table + jobs.stream().map(RunsText::tables).collect(Collectors.joining());
  }

  /** The tables of a job, with versions and rows. */
  private static String tables(JobRun job) {
    TextTable table = new TextTable("table", "read: version", "rows", "written: version", "rows");
    TreeSet<String> names = new TreeSet<>(job.versionsRead().keySet());
    Stream.of(job.versionsWritten(), job.rowsIn(), job.rowsOut())
        .forEach(m -> names.addAll(m.keySet()));
    for (String name : names) {
      table.row(
          name,
          job.versionsRead().get(name),
          count(job.rowsIn().get(name)),
          job.versionsWritten().get(name),
          count(job.rowsOut().get(name)));
    }
    String error = job.error().map(e -> "  " + e + System.lineSeparator()).orElse("");
    return String.format(Locale.ROOT, "%n%s%n%s%s", job.job(), error, names.isEmpty() ? "" : table);
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
                Collectors.collectingAndThen(Collectors.toList(), RunsText::sinceFirst)));
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

  static String time(Instant at) {
    return UTC.format(at);
  }

  private static String took(Duration took) {
    return String.format(Locale.ROOT, "%,.1f s", took.toMillis() / 1000.0);
  }

  private static String count(Long n) {
    return n == null ? "" : String.format(Locale.ROOT, "%,d", n);
  }
}
