package io.stratify.jobs.cli;

import io.stratify.common.StratifyException;
import io.stratify.common.io.Lake;
import io.stratify.jobs.segments.Promotions;
import io.stratify.jobs.serving.RegistryText;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A decision about the champion of a lens; it is taken under the lock of the tables. */
abstract class SegmentationsDecideCommand implements Callable<Integer> {
  @Mixin private CommonOptions options;
  @Spec private CommandSpec spec;

  @Option(names = "--by", paramLabel = "NAME", description = "Who decides (default: the user).")
  private String by = System.getProperty("user.name");

  /** Takes the decision. */
  abstract Promotions.Decided decide(Promotions promotions, String who, Session session);

  @Override
  public Integer call() {
    try (Session session = Session.open(options.load(), options.verbose)) {
      Promotions.Decided d =
          session.locked(
              "segmentations " + spec.name(),
              () -> decide(new Promotions(session.lake()), by, session));
      spec.commandLine()
          .getOut()
          .println(
              String.format(
                  Locale.ROOT,
                  "%s is the champion of lens %s%s, decided by %s. Readers see it after"
                      + " the next run (or a run of %s again)",
                  d.segmentationId(),
                  d.lens(),
                  d.segmentationId().equals(d.previousId())
                      ? " and provisional no longer"
                      : " in place of " + d.previousId(),
                  d.by(),
                  d.asOf()));
      spec.commandLine().getOut().flush();
      warning(session.lake(), d.segmentationId())
          .ifPresent(why -> spec.commandLine().getErr().println(why));
      spec.commandLine().getErr().flush();
    }
    return ExitCodes.DONE;
  }

  /** The decision is taken already: what cannot be read is only told. */
  private static Optional<String> warning(Lake lake, String id) {
    try {
      return new RegistryText(lake).failures(id);
    } catch (StratifyException e) {
      return Optional.of(e.getMessage());
    }
  }
}
