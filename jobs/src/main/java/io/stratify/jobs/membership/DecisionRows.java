package io.stratify.jobs.membership;

import static org.apache.spark.sql.functions.lit;

import io.stratify.common.io.Snapshot;
import io.stratify.common.tables.SegmentDecision;
import io.stratify.common.tables.SegmentNames;
import io.stratify.common.tables.SegmentProposal;
import io.stratify.common.tables.SegmentationTable;
import io.stratify.common.tables.TableSpec;
import io.stratify.jobs.Job;
import io.stratify.jobs.JobContext;
import io.stratify.jobs.segments.ClusterModel;
import io.stratify.jobs.segments.Segmentation;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToIntFunction;
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

  /**
   * What the evidence proposes about segmentations and nobody decided otherwise, as decisions: a
   * segment that people merged, retired or pinned is theirs. A segmentation is proposed about in
   * the run that fitted it, which a repetition of the date does not undo, and keeps as many
   * segments as it needs to be published.
   *
   * @param published snapshots that count besides that of the run
   * @param fewest segments that a segmentation needs
   */
  static List<Decision> proposed(
      JobContext context,
      Job job,
      List<Segmentation> segmentations,
      List<Decision> decided,
      List<Snapshot> published,
      ToIntFunction<String> fewest) {
    List<Decision> all = new ArrayList<>();
    Set<String> fitted = Segmentation.fitted(context.readSnapshot(SegmentationTable.TABLE, job));
    for (Segmentation s : segmentations) {
      about(context, job, s, fitted.contains(s.id()), published).stream()
          .filter(r -> decided.stream().noneMatch(d -> d.settles(r)))
          .map(Decision::proposed)
          .sorted(Decision.ORDER)
          .limit(Math.max(0, clusters(s) - gone(s, decided) - fewest.applyAsInt(s.lens())))
          .forEach(all::add);
    }
    return all;
  }

  /** What was proposed about a segmentation in the run that judged it last and was published. */
  private static List<Row> about(
      JobContext context, Job job, Segmentation s, boolean fitted, List<Snapshot> published) {
    Optional<Snapshot> judged =
        fitted ? Optional.of(context.snapshot()) : lastFitted(context, job, s, published);
    return judged
        .map(
            snapshot ->
                context
                    .readSlice(SegmentProposal.TABLE, snapshot)
                    .where(SegmentProposal.SEGMENTATION_ID.col().equalTo(s.id()))
                    .collectAsList())
        .orElse(List.of());
  }

  private static Optional<Snapshot> lastFitted(
      JobContext context, Job job, Segmentation s, List<Snapshot> published) {
    Optional<Snapshot> newest =
        published.stream().filter(p -> p.asOf().equals(s.fittedAsOf())).findFirst();
    return newest.flatMap(
        last ->
            context
                .read(SegmentationTable.TABLE, job)
                .where(last.dated().and(TableSpec.REVISION.col().leq(lit(last.revision()))))
                .where(SegmentationTable.SEGMENTATION_ID.col().equalTo(s.id()))
                .where(SegmentationTable.STATUS.col().equalTo(Segmentation.CHALLENGER))
                .select(TableSpec.REVISION.col())
                .collectAsList()
                .stream()
                .map(r -> new Snapshot(s.fittedAsOf(), r.getInt(0)))
                .max(Comparator.comparing(Snapshot::revision)));
  }

  /** The segments that the gates count: not that of customers of whom nothing is known. */
  private static int clusters(Segmentation s) {
    return ClusterModel.of(s.model()).map(m -> m.centres().size()).orElse(s.segments().size());
  }

  /** Segments that what is decided already leaves no more of. */
  private static int gone(Segmentation s, List<Decision> decided) {
    List<Decision> own = decided.stream().filter(d -> d.lens().equals(s.lens())).toList();
    return (int)
        Judgement.of(List.of(s), own).outcomes().entrySet().stream()
            .filter(e -> e.getValue().equals(Judgement.APPLIED))
            .map(e -> e.getKey().kind())
            .filter(k -> k == Decision.Kind.MERGE || k == Decision.Kind.RETIRE)
            .count();
  }

  private static Optional<LocalDate> first(Decision d, List<Decision> before) {
    return before.stream().filter(d::sameAs).map(Decision::decidedOn).findFirst();
  }

  /** The decisions that a snapshot was published with, in the order in which they are applied. */
  static List<Decision> kept(JobContext context, Snapshot snapshot) {
    List<Decision> kept =
        new ArrayList<>(
            context.lake().readSlice(SegmentDecision.TABLE, snapshot).collectAsList().stream()
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
