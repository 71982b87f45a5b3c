package io.stratify.jobs.validation;

import io.stratify.common.config.CombinedConfig;
import io.stratify.common.config.LensConfig;
import io.stratify.common.tables.CustomerFeatures;
import io.stratify.common.tables.CustomerFeaturesPast;
import io.stratify.common.tables.CustomerOutcome;
import io.stratify.common.tables.SegmentNames;
import io.stratify.common.tables.SegmentProposal;
import io.stratify.common.tables.SegmentationTable;
import io.stratify.common.tables.SegmentationValidation;
import io.stratify.common.tables.TableSpec;
import io.stratify.jobs.Job;
import io.stratify.jobs.JobContext;
import io.stratify.jobs.JobResult;
import io.stratify.jobs.segments.Segmentation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Gathers the evidence about every challenger made of clusters and applies its gates; a lens that
 * crosses such a one with another is as good as they are. Rules and tiers are what people chose.
 */
public final class ValidationJob implements Job {
  record ValidationResult(int gates, List<String> failures, int unmeasured, int proposals)
      implements JobResult {
    @Override
    public String sentence() {
      String said =
          failures.isEmpty()
              ? gates - unmeasured + " gates passed"
              : failures.size() + " of " + gates + " gates failed: " + String.join("; ", failures);
      String open = unmeasured == 0 ? "" : "; " + unmeasured + " not measurable";
      String proposed =
          proposals == 0 ? "" : "; " + proposals + " segments to merge or retire are proposed";
      return said + open + proposed;
    }

    @Override
    public boolean gateFailed() {
      return !failures.isEmpty();
    }
  }

  /** A figure about a segmentation. */
  private record About(Segmentation judged, Figure figure) {}

  @Override
  public String name() {
    return "validation";
  }

  @Override
  public String description() {
    return "Apply the gates to new segmentations";
  }

  @Override
  public List<TableSpec> reads() {
    return List.of(
        SegmentationTable.TABLE,
        SegmentNames.TABLE,
        CustomerFeatures.TABLE,
        CustomerFeaturesPast.TABLE,
        CustomerOutcome.TABLE);
  }

  @Override
  public List<TableSpec> writes() {
    return List.of(SegmentationValidation.TABLE, SegmentProposal.TABLE);
  }

  @Override
  public JobResult run(JobContext context) {
    List<Row> rows = context.readSnapshot(SegmentationTable.TABLE, this).collectAsList();
    Map<String, Set<String>> pinned =
        Pins.of(rows, context.readIfThere(SegmentNames.TABLE, this).collectAsList());
    List<Segmentation> challengers =
        rows.stream()
            .filter(r -> Segmentation.CHALLENGER.equals(SegmentationTable.STATUS.text(r)))
            .map(Segmentation::fromRow)
            .toList();
    Judge judge = new Judge(context.spark(), context.config(), () -> customers(context));
    List<About> figures = new ArrayList<>();
    List<Row> proposals = new ArrayList<>();
    for (Segmentation s : challengers) {
      context.describe("validate " + s.id());
      Judge.Judged judged = judge.judge(s);
      judged.figures().forEach(f -> figures.add(new About(s, f)));
      proposals.addAll(judged.proposals());
      pinned
          .getOrDefault(s.lens(), Set.of())
          .forEach(id -> figures.add(new About(s, survives(s, id))));
    }
    figures.addAll(parts(challengers, context.config().segments().lenses(), figures));
    tell(context, figures);
    context.writeAll(
        Map.of(
            SegmentationValidation.TABLE,
            context.rows(
                SegmentationValidation.TABLE,
                figures.stream().map(a -> a.figure().row(a.judged())).toList()),
            SegmentProposal.TABLE,
            context.rows(SegmentProposal.TABLE, proposals)),
        this);
    return result(figures, proposals.size());
  }

  private Crowds.Source customers(JobContext context) {
    Dataset<Row> features = context.readSnapshot(CustomerFeatures.TABLE, this);
    return new Crowds.Source(
        features,
        features.count(),
        context.snapshot().asOf(),
        context.readIfThere(CustomerFeaturesPast.TABLE, this),
        context.readIfThere(CustomerOutcome.TABLE, this));
  }

  /** What no gate could judge, once per reason. */
  private static void tell(JobContext context, List<About> figures) {
    Map<String, Set<String>> gates = new TreeMap<>();
    figures.stream()
        .filter(a -> a.figure().decides() && !a.figure().measured() && !a.figure().failed())
        .forEach(
            a ->
                gates
                    .computeIfAbsent(
                        "of " + a.judged().id() + ", since " + a.figure().reason(),
                        why -> new TreeSet<>())
                    .add(a.figure().evidence()));
    gates.forEach(
        (why, evidence) ->
            context.notices().accept("not measurable: " + String.join(", ", evidence) + " " + why));
  }

  private static ValidationResult result(List<About> figures, int proposals) {
    List<About> gates = figures.stream().filter(a -> a.figure().decides()).toList();
    List<String> failures =
        gates.stream()
            .filter(a -> a.figure().failed())
            .map(a -> a.figure().sentence(a.judged().id()))
            .toList();
    long open = gates.stream().filter(a -> !a.figure().measured() && !a.figure().failed()).count();
    return new ValidationResult(gates.size(), failures, (int) open, proposals);
  }

  /** A lens that crosses two others is as good as they are. */
  private static List<About> parts(
      List<Segmentation> challengers, List<LensConfig> lenses, List<About> judged) {
    Map<String, Boolean> passed = new TreeMap<>();
    judged.stream()
        .filter(a -> a.figure().decides())
        .forEach(a -> passed.merge(a.judged().lens(), !a.figure().failed(), Boolean::logicalAnd));
    List<About> figures = new ArrayList<>();
    for (LensConfig lens : lenses) {
      if (lens instanceof CombinedConfig combined) {
        for (Segmentation s : challengers) {
          combined.of().stream()
              .filter(of -> s.lens().equals(combined.name()) && passed.containsKey(of))
              .forEach(of -> figures.add(new About(s, part(of, passed.get(of)))));
        }
      }
    }
    return figures;
  }

  private static Figure part(String of, boolean passed) {
    return Sizes.counted("lens " + of, passed ? 1 : 0, "through its gates (1)", passed);
  }

  private static Figure survives(Segmentation s, String pinned) {
    boolean there = s.segments().stream().anyMatch(i -> i.id().equals(pinned));
    return Sizes.counted("pinned segment " + pinned, there ? 1 : 0, "in the refit (1)", there);
  }
}
