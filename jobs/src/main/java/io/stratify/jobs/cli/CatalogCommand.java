package io.stratify.jobs.cli;

import io.stratify.common.config.CatalogConfig;
import io.stratify.common.config.LoadedConfig;
import io.stratify.jobs.serving.CatalogTables;
import io.stratify.jobs.serving.TextTable;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
    name = "catalog",
    description =
        "Enter the published tables and the current_* and history_* views in the catalog, as every"
            + " run does that publishes, and print them.")
final class CatalogCommand implements Callable<Integer> {
  @Mixin private CommonOptions options;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    LoadedConfig loaded = options.load();
    CatalogConfig catalog = loaded.config().catalog();
    if (!catalog.isUsed()) {
      throw new UsageException(
          "There is no catalog: catalog.kind is none. Give --set catalog.kind=hive, or embedded to"
              + " try it");
    }
    try (Session session = Session.open(loaded, options.verbose)) {
      session.tables(
          "There are no tables in %s yet. Run ./stratify run first, or give the folder of a run:"
              + " --set output.root=FOLDER");
      List<CatalogTables.Entry> entries =
          CatalogTables.register(session.lake(), catalog.database());
      TextTable table = new TextTable("name", "is a", "");
      entries.forEach(e -> table.row(catalog.database() + "." + e.name(), e.kind(), e.state()));
      spec.commandLine().getOut().print(table);
      spec.commandLine().getOut().flush();
    }
    return ExitCodes.DONE;
  }
}
