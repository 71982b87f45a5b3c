package io.stratify.jobs.cli;

import io.stratify.jobs.Job;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command of one job; its name and description come from the job. */
@Command
class JobCommand implements Callable<Integer> {
  private final Job job;
  @Mixin private CommonOptions options;
  @Mixin private PartOption whole;
  @Spec private CommandSpec spec;

  JobCommand(Job job) {
    this.job = job;
  }

  @Override
  public Integer call() {
    options.sets.putAll(settings());
    return Commands.runJobs(spec, options, whole, options.load(), List.of(job()));
  }

  /** Values of the configuration that the options of the command stand for. */
  Map<String, String> settings() {
    return Map.of();
  }

  /** The job as the options want it. */
  Job job() {
    return job;
  }
}
