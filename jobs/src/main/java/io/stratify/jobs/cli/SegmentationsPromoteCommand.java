package io.stratify.jobs.cli;

import io.stratify.jobs.segments.Promotions;
import java.time.Instant;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code stratify segmentations promote ID}. */
@Command(
    name = "promote",
    description = "Make a segmentation the champion of its lens; the next run assigns by it.")
final class SegmentationsPromoteCommand extends SegmentationsDecideCommand {
  @Parameters(paramLabel = "ID", description = "e.g. behaviour-20260401")
  private String id;

  @Override
  Promotions.Decided decide(Promotions promotions, String who, Session session) {
    return promotions.promote(id, who, Instant.now(), session.runId());
  }
}
