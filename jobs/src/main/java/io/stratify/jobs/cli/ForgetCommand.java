package io.stratify.jobs.cli;

import io.stratify.common.Counted;
import io.stratify.common.config.LoadedConfig;
import io.stratify.common.tables.TableSpec;
import io.stratify.jobs.erasure.Erasure;
import io.stratify.jobs.erasure.ErasureReport;
import io.stratify.jobs.serving.TextTable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "forget",
    description = {
      "Erase customers from every table, for good, and keep them out.",
      "",
      "Removes every row that names the customer, or another id of the same person, from all"
          + " tables below output.root: all as-of dates, all revisions, and the quarantine, where"
          + " any value of a source row that equals the id counts. Then deletes from the disk"
          + " every file that the newest versions of these tables do not need. Later runs keep"
          + " the customer out by a keyed hash of the id (erasure.secret), which is written"
          + " first: if the command ends half-way, give it again.",
      "",
      "Older versions of the tables can no longer be read: whoever is reading one fails, and time"
          + " travel ends here. While it is at work no run can write to the same output.root. The"
          + " sources are not changed.",
      ""
    })
final class ForgetCommand implements Callable<Integer> {
  @Mixin private CommonOptions options;
  @Spec private CommandSpec spec;

  @Option(
      names = "--customer",
      paramLabel = "ID",
      description = "Customer to forget; may be given again.")
  private List<String> customers = new ArrayList<>();

  @Option(
      names = "--file",
      paramLabel = "FILE",
      description =
          "Customers to forget, one id per line in UTF-8; blank lines and lines that begin with #"
              + " are left out. Keeps ids out of the list of processes and the shell's history.")
  private Path file;

  @Override
  public Integer call() {
    Map<String, String> wishes = Wishes.read(customers, file);
    LoadedConfig loaded = options.load();
    if (loaded.config().erasure().secret().isEmpty()) {
      throw new UsageException(
          "Cannot forget: erasure.secret is not configured, and without it a later run would bring"
              + " the customers back. Nothing was done. Set STRATIFY_ERASURE_SECRET to a key of at"
              + " least 16 characters, the same for every run from now on");
    }
    try (Session session = Session.open(loaded, options.verbose)) {
      requireTables(session);
      forget(session, loaded, wishes);
    }
    return ExitCodes.DONE;
  }

  private void forget(Session session, LoadedConfig loaded, Map<String, String> wishes) {
    Erasure erasure = new Erasure(session.lake(), loaded.config().erasure(), session.startedAt());
    ErasureReport report = session.locked(Erasure.JOB, () -> erasure.erase(wishes.keySet()));
    spec.commandLine().getOut().print(text(report, wishes));
    spec.commandLine().getOut().flush();
  }

  /** A wrong folder must not look like a customer who is in no table. */
  private static void requireTables(Session session) {
    List<TableSpec> tables =
        session.tables(
            "Cannot forget: there are no tables in %s. Nothing was done. Give the folder of a run:"
                + " --set output.root=FOLDER");
    session.lake().preflight(tables);
  }

  /** The report names no id, since it may end in the log of a scheduler. */
  private static String text(ErasureReport report, Map<String, String> wishes) {
    TextTable table = new TextTable("table", "rows removed", "files removed");
    report.tables().forEach(t -> table.row(t.table(), count(t.rows()), count(t.files())));
    table.row("all", count(report.rows()), count(report.files()));
    StringBuilder text = new StringBuilder(table.toString());
    line(
        text,
        "%n%s given, %s with the other ids of the same persons.",
        Counted.of(report.given().size(), "id"),
        count(report.ids().size()));
    if (!report.before().isEmpty()) {
      line(text, "%s forgotten before.", Counted.were(report.before().size(), "id"));
    }
    if (!report.nowhere().isEmpty()) {
      line(
          text,
          "%s in no table (%s). Check the spelling; later runs keep them out all the same.",
          Counted.were(report.nowhere().size(), "id"),
          report.nowhere().stream().map(wishes::get).collect(Collectors.joining(", ")));
    }
    line(text, "Later runs keep them out for as long as erasure.secret stays the same.");
    return text.toString();
  }

  private static void line(StringBuilder text, String format, Object... args) {
    text.append(String.format(Locale.ROOT, format, args)).append(System.lineSeparator());
  }

  private static String count(long n) {
    return String.format(Locale.ROOT, "%,d", n);
  }
}
