package io.stratify.jobs.runlog;

import io.stratify.common.StratifyException;
import io.stratify.common.io.Lake;
import io.stratify.jobs.serving.TextTable;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The runs below one root, for a terminal. */
public final class RunsText {
  private static final DateTimeFormatter UTC =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
  private final Runs runs;

  /** Of the tables below one root. */
  public RunsText(Lake lake) {
    this.runs = new Runs(lake);
  }

  /**
   * The latest runs, the newest last.
   *
   * @param last how many at most
   * @throws StratifyException if there are none
   */
  public String list(int last) {
    TextTable table =
        new TextTable("run", "as of", "started (UTC)", "took", "jobs done", "status", "error");
    for (Runs.Run run : runs.latest(last)) {
      JobRun first = run.first();
      table.row(
          first.runId(),
          first.asOf() + " revision " + first.revision(),
          time(first.startedAt()),
          took(Duration.between(first.startedAt(), run.endedAt())),
          run.done() + " of " + first.jobs(),
          run.status(),
          run.error().orElse(""));
    }
    return table.toString();
  }

  /**
   * One run, job by job.
   *
   * @throws StratifyException if there is none of this id
   */
  public String one(String run) {
    Runs.Run found = runs.one(run);
    JobRun first = found.first();
    TextTable table =
        new TextTable("job", "started (UTC)", "took", "status", "rows out", "peak heap");
    for (JobRun job : found.jobs()) {
      boolean open = found.isAtWork(job); // its note says nothing of what it did so far
      table.row(
          job.job(),
          time(job.startedAt()),
          took(open ? Duration.between(job.startedAt(), Instant.now()) : job.took()),
          found.status(job),
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
            found.status(),
            first.configHash(),
            first.version());
    return head + table + found.jobs().stream().map(RunsText::tables).collect(Collectors.joining());
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
