package io.stratify.jobs.cli;

import io.stratify.jobs.segments.Promotions;
import java.time.Instant;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code stratify segmentations rollback LENS}. */
@Command(
    name = "rollback",
    description = "Make the champion before the present one the champion of a lens again.")
final class SegmentationsRollbackCommand extends SegmentationsDecideCommand {
  @Parameters(paramLabel = "LENS", description = "e.g. behaviour")
  private String lens;

  @Override
  Promotions.Decided decide(Promotions promotions, String who, Session session) {
    return promotions.rollback(lens, who, Instant.now(), session.runId());
  }
}
