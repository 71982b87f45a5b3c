package io.stratify.jobs.validation;

import io.stratify.common.config.CombinedConfig;
import io.stratify.common.config.LensConfig;
import io.stratify.common.config.ValidationConfig;
import io.stratify.common.tables.SegmentNames;
import io.stratify.common.tables.SegmentationTable;
import io.stratify.common.tables.SegmentationValidation;
import io.stratify.common.tables.TableSpec;
import io.stratify.jobs.Job;
import io.stratify.jobs.JobContext;
import io.stratify.jobs.JobResult;
import io.stratify.jobs.segments.Segmentation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * Applies the gates to every challenger made of clusters, and to those that cross such a one with
 * another lens; rules and tiers are what people chose.
 */
public final class ValidationJob implements Job {
  record ValidationResult(int gates, List<String> failures) implements JobResult {
    @Override
    public String sentence() {
      return failures.isEmpty()
          ? gates + " gates passed"
          : failures.size() + " of " + gates + " gates failed: " + String.join("; ", failures);
    }

    @Override
    public boolean gateFailed() {
      return !failures.isEmpty();
    }
  }

  /** The verdict of one gate on one segmentation. */
  private record Gate(
      Segmentation judged, String evidence, double value, String threshold, boolean pass) {
    Row row() {
      return RowFactory.create(
          judged.id(), evidence, judged.lens(), value, threshold, pass ? "pass" : "fail");
    }

    String sentence() {
      return String.format(
          Locale.ROOT, "%s %s is %.3f, must be %s", judged.id(), evidence, value, threshold);
    }
  }

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
    return List.of(SegmentationTable.TABLE, SegmentNames.TABLE);
  }

  @Override
  public List<TableSpec> writes() {
    return List.of(SegmentationValidation.TABLE);
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
    List<Gate> gates = new ArrayList<>();
    for (Segmentation s : challengers) {
      if (s.smallestShare() != null) {
        gates.addAll(judge(s, context.config().validation()));
        pinned.getOrDefault(s.lens(), Set.of()).forEach(id -> gates.add(survives(s, id)));
      }
    }
    gates.addAll(parts(challengers, context.config().segments().lenses(), gates));
    context.write(
        SegmentationValidation.TABLE,
        context.rows(SegmentationValidation.TABLE, gates.stream().map(Gate::row).toList()),
        this);
    return new ValidationResult(
        gates.size(), gates.stream().filter(g -> !g.pass()).map(Gate::sentence).toList());
  }

  /** A lens that crosses two others is as good as they are. */
  private static List<Gate> parts(
      List<Segmentation> challengers, List<LensConfig> lenses, List<Gate> judged) {
    Map<String, Boolean> passed = new TreeMap<>();
    judged.forEach(g -> passed.merge(g.judged().lens(), g.pass(), Boolean::logicalAnd));
    List<Gate> gates = new ArrayList<>();
    for (LensConfig lens : lenses) {
      if (lens instanceof CombinedConfig combined) {
        for (Segmentation s : challengers) {
          combined.of().stream()
              .filter(of -> s.lens().equals(combined.name()) && passed.containsKey(of))
              .forEach(of -> gates.add(part(s, of, passed.get(of))));
        }
      }
    }
    return gates;
  }

  private static Gate part(Segmentation s, String of, boolean passed) {
    return new Gate(s, "lens " + of, passed ? 1 : 0, "through its gates (1)", passed);
  }

  private static Gate survives(Segmentation s, String pinned) {
    boolean there = s.segments().stream().anyMatch(i -> i.id().equals(pinned));
    return new Gate(s, "pinned segment " + pinned, there ? 1 : 0, "in the refit (1)", there);
  }

  private static List<Gate> judge(Segmentation s, ValidationConfig config) {
    int k = s.segments().size();
    return List.of(
        new Gate(
            s,
            "number of segments",
            k,
            "from " + config.minSegments() + " to " + config.maxSegments(),
            k >= config.minSegments() && k <= config.maxSegments()),
        new Gate(
            s,
            "smallest segment share",
            s.smallestShare(),
            "at least " + config.minShare(),
            s.smallestShare() >= config.minShare()));
  }
}
