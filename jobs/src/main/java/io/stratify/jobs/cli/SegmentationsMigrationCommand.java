package io.stratify.jobs.cli;

import io.stratify.jobs.membership.MigrationBetween;
import io.stratify.jobs.serving.MigrationText;
import java.time.LocalDate;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code stratify segmentations migration}. */
@Command(
    name = "migration",
    description = "How customers moved between the segments of two published snapshots.")
final class SegmentationsMigrationCommand implements Callable<Integer> {
  @Mixin private CommonOptions options;
  @Spec private CommandSpec spec;

  @Option(
      names = "--from",
      paramLabel = "DATE",
      description = "As-of date of the earlier one (default: the one before the later).")
  private String from;

  @Option(
      names = "--to",
      paramLabel = "DATE",
      description = "As-of date of the later one (default: the newest).")
  private String to;

  @Option(names = "--lens", paramLabel = "LENS", description = "Only this lens (default: all).")
  private String lens;

  @Override
  public Integer call() {
    Optional<LocalDate> earlier = date("--from", from);
    Optional<LocalDate> later = date("--to", to);
    return Session.print(
        options,
        spec,
        lake ->
            MigrationText.of(MigrationBetween.of(lake, earlier, later, Optional.ofNullable(lens))));
  }

  private static Optional<LocalDate> date(String option, String text) {
    return Optional.ofNullable(text).map(day -> CommonOptions.date(option, day));
  }
}
