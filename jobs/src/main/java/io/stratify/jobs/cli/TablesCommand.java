package io.stratify.jobs.cli;

import io.stratify.common.tables.ColumnSpec;
import io.stratify.common.tables.TableSpec;
import io.stratify.common.tables.Tables;
import io.stratify.jobs.serving.TextTable;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "tables",
    description = "Print the data dictionary: every table and column, or those of some tables.")
final class TablesCommand implements Callable<Integer> {
  @Mixin CommonOptions options;
  @Spec private CommandSpec spec;

  @Option(names = "--markdown", description = "Print Markdown.")
  private boolean markdown;

  @Parameters(
      paramLabel = "TABLE",
      arity = "0..*",
      description = "Names of tables, e.g. customer_segment (default: all).")
  private List<String> names = List.of();

  @Override
  public Integer call() {
    options.load(); // what is wrong is refused, although nothing of it is needed
    PrintWriter out = spec.commandLine().getOut();
    List<TableSpec> tables =
        names.isEmpty() ? Tables.ALL : names.stream().map(KnownTables::named).toList();
    tables.forEach(t -> out.print(markdown ? markdown(t) : text(t)));
    out.flush();
    return ExitCodes.DONE;
  }

  private static String text(TableSpec table) {
    TextTable columns = new TextTable("column", "type", "null", "meaning");
    for (ColumnSpec c : table.columns()) {
      columns.row(c.name() + mark(table, c), type(c), c.required() ? "no" : "yes", c.doc());
    }
    return String.format(
        Locale.ROOT,
        "%n%s: %s%n  A run replaces %s. * marks the key.%n%s",
        table.name(),
        table.doc(),
        table.slice().text(),
        columns);
  }

  private static String markdown(TableSpec table) {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "## %s%n%n%s A run replaces %s. * marks the key.%n%n"
                + "| column | type | null | meaning |%n|---|---|---|---|%n",
            table.name(),
            table.doc(),
            table.slice().text()));
    for (ColumnSpec c : table.columns()) {
      text.append(
          String.format(
              Locale.ROOT,
              "| %s | %s | %s | %s |%n",
              c.name() + mark(table, c).replace("*", "\\*"),
              type(c),
              c.required() ? "no" : "yes",
              c.doc().replace("|", "\\|")));
    }
    return text.append(System.lineSeparator()).toString();
  }

  private static String mark(TableSpec table, ColumnSpec column) {
    return table.key().contains(column.name()) ? "*" : "";
  }

  private static String type(ColumnSpec column) {
    return column.type().simpleString();
  }
}
