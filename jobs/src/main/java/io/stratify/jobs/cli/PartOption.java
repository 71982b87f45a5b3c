package io.stratify.jobs.cli;

import io.stratify.common.io.RunLease;
import io.stratify.jobs.Job;
import io.stratify.jobs.Pipeline;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** The option by which several commands are one run. */
final class PartOption {
  /** What Airflow allows as the id of a run, so that none has to be quoted anywhere. */
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_.~:+-]{1,250}");

  @Option(
      names = "--part-of",
      paramLabel = "RUN",
      description =
          "These jobs are a part of run RUN. The first job of the pipeline begins it, the last one"
              + " ends it; in between no other command may write.")
  private String run;

  /** Whether the option was given. */
  boolean isPart() {
    return run != null;
  }

  /**
   * The part of a run that some jobs are; nothing where they are a run of their own.
   *
   * @throws UsageException if the id has other characters than letters, digits and _ . ~ : + -
   */
  Optional<RunLease.Part> part(LocalDate asOf, List<Job> jobs) {
    if (run == null) {
      return Optional.empty();
    }
    if (!ID.matcher(run).matches()) {
      throw new UsageException(
          "--part-of is \""
              + run
              + "\"; it must be 1 to 250 letters, digits and characters of _.~:+-");
    }
    List<String> names = jobs.stream().map(Job::name).toList();
    return Optional.of(
        new RunLease.Part(
            run,
            asOf.toString(),
            names.contains(Pipeline.names().get(0)),
            names.contains(Pipeline.names().get(Pipeline.names().size() - 1))));
  }
}
