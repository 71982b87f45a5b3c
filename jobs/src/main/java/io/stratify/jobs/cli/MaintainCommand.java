package io.stratify.jobs.cli;

import io.stratify.common.config.LoadedConfig;
import io.stratify.common.config.OutputConfig;
import io.stratify.common.io.Maintenance;
import io.stratify.common.tables.TableSpec;
import io.stratify.jobs.serving.TextTable;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
    name = "maintain",
    description =
        "Put small files of the tables together, delete those that are out of date, and bring tables"
            + " of an earlier version to this one.")
final class MaintainCommand implements Callable<Integer> {
  @Mixin private CommonOptions options;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    LoadedConfig loaded = options.load();
    try (Log log = options.log(spec).capture();
        Session session = Session.open(loaded, options.verbose)) {
      List<TableSpec> tables =
          session.tables(
              "Cannot maintain: there are no tables in %s. Run ./stratify run first, or give the"
                  + " folder of a run: --set output.root=FOLDER");
      return session.locked(
          spec.name(), () -> maintain(session, log, loaded.config().output(), tables));
    }
  }

  private int maintain(Session session, Log log, OutputConfig output, List<TableSpec> all) {
    session
        .lake()
        .deleteStale(all)
        .forEach(t -> log.say("%s: of an earlier version, deleted; the next run makes it anew", t));
    session.lake().migrate(all).forEach(t -> log.say("%s: columns of this version added", t));
    List<TableSpec> tables = all.stream().filter(session.lake()::exists).toList();
    session.lake().preflight(tables); // what is not ours, is not ours to delete
    Maintenance maintenance =
        new Maintenance(session.lake(), output.retentionDays(), output.fileMb());
    TextTable table = new TextTable("table", "files before", "files", "MB", "deleted from disk");
    for (TableSpec each : tables) {
      log.say("maintain %s", each);
      Maintenance.Done done = maintenance.run(each, "maintain");
      table.row(
          each.name(),
          done.filesBefore(),
          done.filesAfter(),
          String.format(Locale.ROOT, "%.1f", done.mb()),
          done.deleted());
    }
    spec.commandLine().getOut().print(table);
    spec.commandLine().getOut().flush();
    return ExitCodes.DONE;
  }
}
