package io.stratify.jobs.cli;

import io.stratify.jobs.segments.Promotions;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code stratify segmentations rollback LENS}. */
@Command(
    name = "rollback",
    description = "Make the champion before the present one the champion of a lens again.")
final class SegmentationsRollbackCommand implements Callable<Integer> {
  @Mixin private CommonOptions options;
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "LENS", description = "e.g. behaviour")
  private String lens;

  @Option(names = "--by", paramLabel = "NAME", description = "Who decides (default: the user).")
  private String by = System.getProperty("user.name");

  @Override
  public Integer call() {
    try (Session session = Session.open(options.load(), options.verbose)) {
      Promotions.Decided d =
          session.locked(
              "segmentations rollback",
              () ->
                  new Promotions(session.lake())
                      .rollback(lens, by, session.startedAt(), session.runId()));
      say(spec, d);
    }
    return ExitCodes.DONE;
  }

  static void say(CommandSpec spec, Promotions.Decided d) {
    spec.commandLine()
        .getOut()
        .println(
            String.format(
                Locale.ROOT,
                "%s is the champion of lens %s in place of %s, decided by %s. Readers see it after"
                    + " the next run (or a run of %s again)",
                d.segmentationId(),
                d.lens(),
                d.previousId(),
                d.by(),
                d.asOf()));
    spec.commandLine().getOut().flush();
  }
}
