package io.stratify.jobs.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "bench",
    description = "Measure, on generated data, what must stay fast.",
    subcommands = {
      BenchConformCommand.class,
      BenchFeaturesCommand.class,
      BenchIdentityCommand.class,
      BenchSegmentsCommand.class,
      BenchValidationCommand.class
    })
final class BenchCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  boolean help;

  @Override
  public void run() {
    throw new CommandLine.ParameterException(spec.commandLine(), "Say what to measure.");
  }
}
