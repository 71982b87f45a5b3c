package io.stratify.jobs.cli;

import io.stratify.common.tables.TableSpec;
import io.stratify.jobs.runlog.HistoryText;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "history-of",
    description = "List the commits of a table: when, by which run and job, how many rows.")
final class HistoryOfCommand implements Callable<Integer> {
  @Mixin private CommonOptions options;
  @Spec private CommandSpec spec;

  @Option(
      names = "--last",
      paramLabel = "N",
      defaultValue = "20",
      description = "Most commits to list (default ${DEFAULT-VALUE}).")
  private int last;

  @Parameters(paramLabel = "TABLE", description = "Name of the table, e.g. segment.")
  private String table;

  @Override
  public Integer call() {
    if (last < 1) {
      throw new UsageException("--last is " + last + "; it must be at least 1");
    }
    TableSpec known = KnownTables.named(table);
    return Session.print(options, spec, lake -> HistoryText.of(lake, known, last));
  }
}
