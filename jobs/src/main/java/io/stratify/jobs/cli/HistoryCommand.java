package io.stratify.jobs.cli;

import io.stratify.jobs.Job;
import io.stratify.jobs.history.HistoryJob;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code stratify history}. */
@Command
final class HistoryCommand extends JobCommand {
  @Option(
      names = "--rebuild",
      description = "Compute all days anew, whether or not their facts changed.")
  private boolean rebuild;

  HistoryCommand(Job job) {
    super(job);
  }

  @Override
  Job job() {
    return new HistoryJob(rebuild);
  }
}
