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
    try (Log log = options.log(spec).capture();
        Session session = Session.open(loaded, options.verbose)) {
      Runner runner = new Runner(spec.commandLine().getOut(), log);
      return session.locked(spec.name(), () -> runner.run(session, loaded, jobs));
    }
  }
}
