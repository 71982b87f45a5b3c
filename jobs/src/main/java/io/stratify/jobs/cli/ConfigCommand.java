package io.stratify.jobs.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
    name = "config",
    description = "Print the effective configuration and where each value comes from.")
final class ConfigCommand implements Callable<Integer> {
  @Mixin private CommonOptions options;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    spec.commandLine().getOut().print(options.load().table());
    spec.commandLine().getOut().flush();
    return ExitCodes.DONE;
  }
}
