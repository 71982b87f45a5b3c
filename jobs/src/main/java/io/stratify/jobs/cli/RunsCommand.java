package io.stratify.jobs.cli;

import io.stratify.common.io.Lake;
import io.stratify.jobs.runlog.RunsJson;
import io.stratify.jobs.runlog.RunsText;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "runs",
    description = "List the latest runs, or show one of them job by job with its tables.")
final class RunsCommand implements Callable<Integer> {
  @Mixin private CommonOptions options;
  @Spec private CommandSpec spec;

  @Option(
      names = "--last",
      paramLabel = "N",
      defaultValue = "20",
      description = "Most runs to list (default ${DEFAULT-VALUE}).")
  private int last;

  @Option(
      names = "--json",
      description =
          "Print one JSON object per line and run, with its rows of run_log below \"run_log\".")
  private boolean json;

  @Parameters(paramLabel = "RUN", arity = "0..1", description = "Id of the run to show.")
  private String run;

  @Override
  public Integer call() {
    if (last < 1) {
      throw new UsageException("--last is " + last + "; it must be at least 1");
    }
    return Session.print(options, spec, this::text);
  }

  private String text(Lake lake) {
    if (json) {
      RunsJson runs = new RunsJson(lake);
      return run == null ? runs.list(last) : runs.one(run);
    }
    RunsText runs = new RunsText(lake);
    return run == null ? runs.list(last) : runs.one(run);
  }
}
