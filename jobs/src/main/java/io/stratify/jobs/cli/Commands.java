package io.stratify.jobs.cli;

import io.stratify.common.config.LoadedConfig;
import io.stratify.common.io.RunLease;
import io.stratify.jobs.Job;
import io.stratify.jobs.Pipeline;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;

/** What several commands do. */
final class Commands {
  private Commands() {}

  /** Checks the configuration, starts Spark and runs the jobs. */
  static int runJobs(
      CommandSpec spec,
      CommonOptions options,
      PartOption whole,
      LoadedConfig loaded,
      List<Job> jobs) {
    Optional<RunLease.Part> part = whole.part(Preflight.requireAsOf(loaded.config()), jobs);
    Preflight.check(loaded.config());
    Optional<String> run = part.map(RunLease.Part::run);
    try (Log log = options.log(spec).capture();
        Session session = Session.open(loaded, options.verbose, run)) {
      Runner runner = new Runner(spec.commandLine().getOut(), log, options.givenOfAnyDay());
      List<Job> all = part.isPresent() ? Pipeline.JOBS : jobs;
      Supplier<Integer> work = () -> runner.run(session, loaded, jobs, all);
      return part.isPresent()
          ? session.locked(spec.name(), part.get(), work)
          : session.locked(spec.name(), work);
    }
  }
}
