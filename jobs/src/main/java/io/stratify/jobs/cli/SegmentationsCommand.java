package io.stratify.jobs.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code stratify segmentations}: the registry. */
@Command(
    name = "segmentations",
    description =
        "List, show and compare segmentations, count moves between their segments; promote one or roll back to the one before.",
    subcommands = {
      SegmentationsListCommand.class,
      SegmentationsShowCommand.class,
      SegmentationsCompareCommand.class,
      SegmentationsMigrationCommand.class,
      SegmentationsPromoteCommand.class,
      SegmentationsRollbackCommand.class
    })
final class SegmentationsCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  boolean help;

  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        spec.commandLine(), "Say what to do: list, show, compare, migration, promote or rollback.");
  }
}
