package io.stratify.jobs.cli;

import io.stratify.common.Counted;
import io.stratify.common.config.LoadedConfig;
import io.stratify.jobs.serving.EvidenceText;
import io.stratify.jobs.validation.Revalidation;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code stratify validate --segmentation ID}. */
@Command(
    name = "validate",
    description =
        "Gather the evidence about a segmentation again, on the customers now published; writes"
            + " nothing. Exit code 3: a gate failed.")
final class ValidateCommand implements Callable<Integer> {
  @Mixin private CommonOptions options;
  @Spec private CommandSpec spec;

  @Option(
      names = "--segmentation",
      paramLabel = "ID",
      required = true,
      description = "e.g. behaviour-20260101")
  private String id;

  @Option(names = "--all", description = "Print the figures of single segments too.")
  private boolean all;

  @Override
  public Integer call() {
    LoadedConfig loaded = options.load();
    try (Session session = Session.open(loaded, options.verbose)) {
      Revalidation.Found found = new Revalidation(session.lake(), loaded.config()).of(id);
      var out = spec.commandLine().getOut();
      out.printf(
          Locale.ROOT,
          "%s: lens %s, %s, fitted as of %s, on the customers of %s%n%n%s%n%s%n",
          found.segmentation().id(),
          found.segmentation().lens(),
          found.segmentation().algorithm(),
          found.segmentation().fittedAsOf(),
          found.snapshot(),
          all
              ? EvidenceText.of(found.figures())
              : EvidenceText.brief(found.figures(), "printed with --all"),
          verdict(found.failed()));
      out.flush();
      return found.failed() == 0 ? ExitCodes.DONE : ExitCodes.GATE_FAILED;
    }
  }

  /** How many gates failed. */
  static String verdict(long failed) {
    return failed == 0 ? "No gate failed." : Counted.of(failed, "gate") + " failed.";
  }
}
