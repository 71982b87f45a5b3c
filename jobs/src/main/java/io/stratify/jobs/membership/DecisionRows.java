package io.stratify.jobs.membership;

import io.stratify.common.io.Snapshot;
import io.stratify.common.tables.SegmentDecision;
import io.stratify.common.tables.SegmentNames;
import io.stratify.jobs.Job;
import io.stratify.jobs.JobContext;
import io.stratify.jobs.segments.Segmentation;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** Decisions as they come from people and as they are kept. */
final class DecisionRows {
  private DecisionRows() {}

  /** What people have decided by now; a decision without a date has that of its first snapshot. */
  static List<Decision> now(JobContext context, Job job, Optional<Snapshot> previous) {
    List<Decision> before = previous.map(s -> kept(context, s)).orElse(List.of());
    LocalDate today = context.snapshot().asOf();
    return Decision.of(context.readIfThere(SegmentNames.TABLE, job).collectAsList()).stream()
        .map(d -> d.decidedOn() != null ? d : d.on(first(d, before).orElse(today)))
        .toList();
  }

  private static Optional<LocalDate> first(Decision d, List<Decision> before) {
    return before.stream().filter(d::sameAs).map(Decision::decidedOn).findFirst();
  }

  /** The decisions that a snapshot was published with, in the order in which they are applied. */
  static List<Decision> kept(JobContext context, Snapshot snapshot) {
    if (!context.lake().exists(SegmentDecision.TABLE)) {
      return List.of();
    }
    List<Decision> kept =
        new ArrayList<>(
            context
                .lake()
                .read(SegmentDecision.TABLE, "membership")
                .where(snapshot.published())
                .collectAsList()
                .stream()
                .map(Decision::kept)
                .toList());
    kept.sort(Decision.ORDER);
    return kept;
  }

  /** Segmentations as a snapshot was published with them, decisions applied. */
  static Judgement judged(
      JobContext context, Snapshot snapshot, Collection<Segmentation> segmentations) {
    return Judgement.of(List.copyOf(segmentations), kept(context, snapshot));
  }

  /** The body of {@code segment_decision}. */
  static List<Row> rows(Map<Decision, String> outcomes) {
    List<Row> rows = new ArrayList<>();
    outcomes.forEach(
        (d, outcome) ->
            rows.add(
                RowFactory.create(
                    d.lens(),
                    d.segmentId(),
                    d.kind().text(),
                    d.value(),
                    Date.valueOf(d.decidedOn()),
                    d.decidedBy(),
                    outcome)));
    return rows;
  }
}
