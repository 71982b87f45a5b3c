package io.stratify.jobs.cli;

import io.stratify.common.StratifyException;
import io.stratify.common.config.ConfigException;
import io.stratify.common.config.LoadedConfig;
import io.stratify.jobs.doctor.Doctor;
import io.stratify.jobs.doctor.Finding;
import io.stratify.jobs.doctor.Finding.Verdict;
import io.stratify.jobs.serving.TextTable;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
    name = "doctor",
    description = {
      "Check Java, Spark, memory, the output root, the clock, the catalog, every source with its"
          + " mapping, and erasure; say what to do. It writes nothing that stays.",
      "Exit code 1 if a check fails; \"look\" is no failure."
    })
final class DoctorCommand implements Callable<Integer> {
  /** As many words as are wide enough for a line, or one that is wider. */
  private static final String WORDS = "(.{1,90})(?:\\s+|$)";

  @Mixin private CommonOptions options;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    List<Finding> findings = findings();
    PrintWriter out = spec.commandLine().getOut();
    out.print(text(findings));
    out.flush();
    boolean failed = findings.stream().anyMatch(f -> f.verdict() == Verdict.FAILS);
    return failed ? ExitCodes.FAILED : ExitCodes.DONE;
  }

  /** What can be checked is checked, also where the configuration or Spark is not to be had. */
  private List<Finding> findings() {
    LoadedConfig loaded;
    try {
      loaded = options.load();
    } catch (ConfigException e) {
      return new Doctor(UnaryOperator.identity()).machine().failed("configuration", e).findings();
    }
    Doctor doctor = new Doctor(loaded::hide).machine();
    if (loaded.config().asOf().isPresent()) {
      asOf(loaded, doctor);
    }
    try (Session session = Session.open(loaded, options.verbose)) {
      return doctor.data(loaded, session.lake()).findings();
    } catch (RuntimeException e) {
      return doctor.failed("session", e).findings();
    }
  }

  private static void asOf(LoadedConfig loaded, Doctor doctor) {
    try {
      Preflight.requireAsOf(loaded.config());
    } catch (UsageException e) {
      doctor.failed("as-of date", new StratifyException("%s", e.getMessage()));
    }
  }

  private static String text(List<Finding> findings) {
    TextTable table = new TextTable("check", "verdict", "what was found, and what to do");
    for (Finding f : findings) {
      String check = f.check();
      String verdict = f.verdict().label();
      for (String line : wrapped(f.found())) {
        table.row(check, verdict, line);
        check = "";
        verdict = "";
      }
    }
    long failed = findings.stream().filter(f -> f.verdict() == Verdict.FAILS).count();
    return table
        + String.format(
            "%n%s%n",
            failed == 0
                ? "A run can begin."
                : failed
                    + " of "
                    + findings.size()
                    + " checks fail: do what they say, and look again.");
  }

  private static List<String> wrapped(String text) {
    return text.lines().flatMap(l -> l.replaceAll(WORDS, "$1\n").lines()).toList();
  }
}
