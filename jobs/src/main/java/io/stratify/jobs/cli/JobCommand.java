package io.stratify.jobs.cli;

import io.stratify.common.config.LoadedConfig;
import io.stratify.jobs.Job;
import java.util.List;
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
    return Commands.runJobs(spec, options, whole, load(options), List.of(job()));
  }

  /** The configuration, with what options of the command stand for. */
  LoadedConfig load(CommonOptions common) {
    return common.load();
  }

  /** The job as the options want it. */
  Job job() {
    return job;
  }
}
