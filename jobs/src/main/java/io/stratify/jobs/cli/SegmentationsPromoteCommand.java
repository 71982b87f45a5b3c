package io.stratify.jobs.cli;

import io.stratify.jobs.segments.Promotions;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code stratify segmentations promote ID}. */
@Command(
    name = "promote",
    description = "Make a segmentation the champion of its lens; the next run assigns by it.")
final class SegmentationsPromoteCommand implements Callable<Integer> {
  @Mixin private CommonOptions options;
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "ID", description = "e.g. behaviour-20260401")
  private String id;

  @Option(names = "--by", paramLabel = "NAME", description = "Who decides (default: the user).")
  private String by = System.getProperty("user.name");

  @Override
  public Integer call() {
    try (Session session = Session.open(options.load(), options.verbose)) {
      Promotions.Decided d =
          session.locked(
              "segmentations promote",
              () ->
                  new Promotions(session.lake())
                      .promote(id, by, session.startedAt(), session.runId()));
      SegmentationsRollbackCommand.say(spec, d);
    }
    return ExitCodes.DONE;
  }
}
