package io.stratify.jobs.segments;

import io.stratify.common.config.CustomFeature;
import io.stratify.common.tables.CustomerFeatures;
import io.stratify.common.tables.CustomerFeaturesPast;
import io.stratify.common.tables.CustomerOutcome;
import io.stratify.common.tables.SegmentRuleTable;
import io.stratify.common.tables.SegmentationCandidate;
import io.stratify.common.tables.SegmentationTable;
import io.stratify.common.tables.TableSpec;
import io.stratify.jobs.Job;
import io.stratify.jobs.JobContext;
import io.stratify.jobs.JobResult;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.storage.StorageLevel;

/** Fits a challenger for every lens that is due, and carries the champions on. */
public final class SegmentsJob implements Job {
  record SegmentsResult(List<String> parts) implements JobResult {
    @Override
    public String sentence() {
      return String.join("; ", parts);
    }
  }

  /** What the run has found so far. */
  private record Found(
      List<Row> segmentations,
      List<Row> candidates,
      List<Row> rules,
      Map<String, Segmentation> models,
      List<String> sentences) {
    Found() {
      this(
          new ArrayList<>(),
          new ArrayList<>(),
          new ArrayList<>(),
          new HashMap<>(),
          new ArrayList<>());
    }
  }

  @Override
  public String name() {
    return "segments";
  }

  @Override
  public String description() {
    return "Fit the lenses that are due for a refit";
  }

  @Override
  public List<TableSpec> reads() {
    return List.of(CustomerFeatures.TABLE, CustomerFeaturesPast.TABLE, CustomerOutcome.TABLE);
  }

  @Override
  public List<TableSpec> writes() {
    return List.of(SegmentationTable.TABLE, SegmentationCandidate.TABLE, SegmentRuleTable.TABLE);
  }

  @Override
  public JobResult run(JobContext context) {
    Map<String, Segmentation> champions =
        new Registry(context.lake()).championsBefore(context.snapshot().asOf());
    Dataset<Row> features =
        context.readSnapshot(CustomerFeatures.TABLE, this).persist(StorageLevel.MEMORY_AND_DISK());
    Found found = new Found();
    try {
      List<Lens> lenses = Lenses.of(context);
      long customers = features.count();
      Optional<Dataset<Row>> past = PastOutcomes.latest(context, this);
      for (Lens lens : lenses) {
        Lens.Input input =
            new Lens.Input(
                features,
                customers,
                context.snapshot().asOf(),
                hash(lens.configuration()),
                past,
                found.models(),
                context.notices());
        fitOrCarry(context, lens, usable(context, champions.get(lens.name())), input, found);
      }
    } finally {
      features.unpersist(false);
    }
    write(context, found);
    return new SegmentsResult(found.sentences());
  }

  /** The champion, unless it needs features that are no more. */
  private static Segmentation usable(JobContext context, Segmentation champion) {
    if (champion == null) {
      return null;
    }
    List<String> custom =
        context.config().features().custom().stream().map(CustomFeature::name).toList();
    List<String> gone =
        champion.model().features().stream()
            .distinct()
            .filter(
                f ->
                    CustomerFeatures.TABLE.column(f).isEmpty()
                        && CustomerFeatures.keyed(f).isEmpty()
                        && !custom.contains(f))
            .toList();
    if (gone.isEmpty()) {
      return champion;
    }
    context
        .notices()
        .accept(
            "champion "
                + champion.id()
                + " is given up: it needs features that are no more: "
                + String.join(", ", gone));
    return null;
  }

  private static void fitOrCarry(
      JobContext context, Lens lens, Segmentation champion, Lens.Input input, Found found) {
    Optional<String> absent = lens.absent(input);
    if (absent.isPresent()) {
      context.notices().accept("lens " + lens.name() + " is left out: " + absent.get());
      return;
    }
    int every = context.config().segments().refitEveryDays();
    if (champion != null) {
      found.segmentations().add(champion.toRow(Segmentation.CHAMPION));
      found.models().put(lens.name(), champion);
    }
    if (champion != null && !champion.isDue(input.asOf(), every, input.configHash())) {
      found.sentences().add(lens.name() + " keeps " + champion.id());
      found.rules().addAll(rules(champion));
      return;
    }
    context.describe("fit " + lens.name());
    Lens.Fit fit = lens.fit(input);
    Segmentation fitted = fit.segmentation();
    found.segmentations().add(fitted.toRow(Segmentation.CHALLENGER));
    found.models().put(lens.name(), fitted);
    fit.candidates().forEach(c -> found.candidates().add(row(fitted, c)));
    found.rules().addAll(rules(fitted));
    found
        .sentences()
        .add(
            String.format(
                Locale.ROOT,
                "%s fitted: %d segments%s",
                fitted.lens(),
                fitted.segments().size(),
                fit.said().isEmpty() ? "" : ", " + fit.said()));
  }

  private static List<Row> rules(Segmentation s) {
    return s.segments().stream()
        .filter(i -> i.rule() != null)
        .map(
            i ->
                RowFactory.create(
                    s.id(),
                    i.id(),
                    s.lens(),
                    i.rule().sql(),
                    i.rule().depth(),
                    i.rule().agreement(),
                    i.rule().precision(),
                    i.rule().coverage()))
        .toList();
  }

  private static Row row(Segmentation s, Lens.Candidate c) {
    Figures f = c.figures();
    return RowFactory.create(
        s.id(),
        c.algorithm().label(),
        c.k(),
        s.lens(),
        (long) c.points(),
        f == null ? null : (Double) f.cost(),
        c.costOfAll(),
        f == null ? null : (Double) f.silhouette(),
        f == null ? null : (Double) f.calinskiHarabasz(),
        f == null ? null : (Double) f.daviesBouldin(),
        f == null ? null : f.bic(),
        f == null ? null : f.stability(),
        f == null ? null : (Double) f.smallestShare(),
        f == null ? null : f.outcomeEffect(),
        c.score(),
        c.chosen(),
        c.reason());
  }

  private void write(JobContext context, Found found) {
    context.writeAll(
        Map.of(
            SegmentationTable.TABLE,
            context.rows(SegmentationTable.TABLE, found.segmentations()),
            SegmentationCandidate.TABLE,
            context.rows(SegmentationCandidate.TABLE, found.candidates()),
            SegmentRuleTable.TABLE,
            context.rows(SegmentRuleTable.TABLE, found.rules())),
        this);
  }

  /** A short hash of a text, the same on every machine. */
  private static String hash(String text) {
    return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8))
        .toString()
        .substring(0, 13);
  }
}
