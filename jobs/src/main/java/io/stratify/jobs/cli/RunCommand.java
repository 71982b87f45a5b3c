package io.stratify.jobs.cli;

import io.stratify.jobs.Job;
import io.stratify.jobs.Pipeline;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(name = "run", description = "Run all jobs in order, or a part of them.")
final class RunCommand implements Callable<Integer> {
  @Mixin private CommonOptions options;
  @Mixin private PartOption whole;
  @Spec private CommandSpec spec;

  @Option(names = "--from", paramLabel = "JOB", description = "First job to run.")
  private String from;

  @Option(names = "--to", paramLabel = "JOB", description = "Last job to run.")
  private String to;

  @Option(
      names = "--only",
      paramLabel = "JOB",
      split = ",",
      description = "Run these jobs only, in the order of the pipeline.")
  private List<String> only = List.of();

  @Option(
      names = "--from-date",
      paramLabel = "YYYY-MM-DD",
      description =
          "First as-of date of a backfill; dates that are published are left as they are.")
  private String fromDate;

  @Option(
      names = "--to-date",
      paramLabel = "YYYY-MM-DD",
      description = "End of the backfill: no as-of date after it.")
  private String toDate;

  @Option(
      names = "--every",
      paramLabel = "PERIOD",
      description = "How far the dates are apart: day (as by default), week, \"3 months\" ...")
  private String every;

  @Option(names = "--again", description = "Publish dates of the backfill anew.")
  private boolean again;

  @Override
  public Integer call() {
    List<Job> jobs = jobs();
    if (fromDate == null && toDate == null) {
      if (every != null || again) {
        throw new UsageException("--every and --again need --from-date and --to-date");
      }
      return Commands.runJobs(spec, options, whole, options.load(), jobs);
    }
    if (whole.isPart()) {
      throw new UsageException("--part-of is for one as-of date; leave it out of a backfill");
    }
    if (options.asOf != null) {
      throw new UsageException("--as-of is one date; leave it out with --from-date and --to-date");
    }
    return Backfill.between(fromDate, toDate, every == null ? "day" : every, again)
        .run(spec, options, jobs);
  }

  private List<Job> jobs() {
    if (!only.isEmpty() && (from != null || to != null)) {
      throw new UsageException("--only cannot be combined with --from or --to");
    }
    only.forEach(RunCommand::index);
    int first = from == null ? 0 : index(from);
    int last = to == null ? Pipeline.JOBS.size() - 1 : index(to);
    if (first > last) {
      throw new UsageException(
          "--from " + from + " comes after --to " + to + ". The order is: " + order());
    }
    return only.isEmpty()
        ? Pipeline.JOBS.subList(first, last + 1)
        : Pipeline.JOBS.stream().filter(j -> only.contains(j.name())).toList();
  }

  private static int index(String job) {
    int index = Pipeline.names().indexOf(job);
    if (index < 0) {
      throw new UsageException("There is no job " + job + ". The jobs are: " + order());
    }
    return index;
  }

  private static String order() {
    return String.join(", ", Pipeline.names());
  }
}
