package io.stratify.jobs.cli;

import io.stratify.common.config.LoadedConfig;
import io.stratify.jobs.Job;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** What several commands do. */
final class Commands {
  private Commands() {}

  /** Checks the configuration, starts Spark and runs the jobs. */
  static int runJobs(CommandSpec spec, CommonOptions options, LoadedConfig loaded, List<Job> jobs) {
    Preflight.check(loaded.config());
    try (Session session = Session.open(loaded, options.verbose)) {
      return session.locked(spec.name(), () -> runner(spec).run(session, loaded, jobs));
    }
  }

  static Runner runner(CommandSpec spec) {
    return new Runner(spec.commandLine().getOut(), spec.commandLine().getErr());
  }
}
