package io.stratify.jobs.segments;

import io.stratify.common.StratifyException;
import io.stratify.common.config.CustomFeature;
import io.stratify.common.config.RefitConfig;
import io.stratify.common.tables.CustomerFeatures;
import io.stratify.common.tables.CustomerFeaturesPast;
import io.stratify.common.tables.CustomerOutcome;
import io.stratify.common.tables.SegmentRuleTable;
import io.stratify.common.tables.SegmentationCandidate;
import io.stratify.common.tables.SegmentationTable;
import io.stratify.common.tables.SegmentationValidation;
import io.stratify.common.tables.TableSpec;
import io.stratify.jobs.Job;
import io.stratify.jobs.JobContext;
import io.stratify.jobs.JobResult;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
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

  /** Proves the rules of lenses, which need no data for that. */
  @Override
  public void check(JobContext context) {
    Lenses.requireRules(context.spark(), context.config().segments());
  }

  @Override
  public JobResult run(JobContext context) {
    List<Lens> lenses = Lenses.of(context);
    SameDate again = SameDate.of(context.lake(), context.snapshot());
    Dues dues =
        new Dues(
            champions(context, lenses),
            new Promotions(context.lake()).knownTo(context.snapshot().asOf()),
            again,
            custom(context),
            context.config().segments().refit());
    Dataset<Row> features = context.readSnapshot(CustomerFeatures.TABLE, this);
    Found found = new Found();
    try {
      long customers = features.count();
      Optional<Dataset<Row>> past = PastOutcomes.latest(context, this);
      for (Lens lens : lenses) {
        Lens.Input input =
            new Lens.Input(
                features,
                customers,
                context.snapshot().asOf(),
                LensHash.of(context.config(), lens),
                past,
                found.models(),
                context.notices());
        Dues.Due due = dues.of(lens, input);
        if (due.fit() && features.storageLevel().equals(StorageLevel.NONE())) {
          features.persist(StorageLevel.MEMORY_AND_DISK()); // on most days no lens is fitted
        }
        fitOrCarry(context, lens, due, again.of(lens.name()), input, found);
      }
    } finally {
      features.unpersist(false);
    }
    if (found.models().isEmpty()) {
      throw new StratifyException(
          "Cannot divide the customers as of %s: every lens is left out, for the reasons in the notes"
              + " above. Add data, or enable a lens that needs less: segments.rfm.enabled = true where there"
              + " are orders, else segments.lenses.lifecycle.enabled = true",
          context.snapshot().asOf());
    }
    write(context, found);
    return new SegmentsResult(found.sentences());
  }

  /** Where a lens is fitted anyway, or is no more, an unreadable champion is only news. */
  private static Map<String, Segmentation> champions(JobContext context, List<Lens> lenses) {
    RefitConfig refit = context.config().segments().refit();
    Set<String> needed =
        lenses.stream()
            .map(Lens::name)
            .filter(name -> !refit.always(name))
            .collect(Collectors.toSet());
    return new Registry(context.lake())
        .championsBefore(
            context.snapshot().asOf(),
            (lens, why) -> {
              if (needed.contains(lens)) {
                throw new StratifyException("%s", why);
              }
              context.notices().accept(why);
            });
  }

  private static void fitOrCarry(
      JobContext context,
      Lens lens,
      Dues.Due due,
      List<Segmentation> again,
      Lens.Input input,
      Found found) {
    Segmentation champion = due.kept();
    Optional<String> absent = lens.absent(input);
    if (absent.isPresent()) {
      context.notices().accept("lens " + lens.name() + " is left out: " + absent.get());
      return;
    }
    if (champion != null) {
      found.segmentations().add(champion.toRow(Segmentation.CHAMPION));
      found.models().put(lens.name(), champion);
      found.rules().addAll(FitRows.rules(champion));
    }
    if (!due.fit()) {
      found.sentences().add(lens.name() + " keeps " + champion.id());
      return;
    }
    context.describe("fit " + lens.name());
    Optional<Lens.Fit> maybe = fit(context, lens, champion, input);
    if (maybe.isEmpty()) {
      return;
    }
    Lens.Fit fit = maybe.get();
    Provenance made = new Provenance(lens.parameters(), versions(context, input));
    Segmentation fitted =
        new Continuity(
                input.features(),
                custom(context),
                new PublishedMembers(context.lake(), context.snapshot().asOf())::of,
                () -> new Registry(context.lake()).mergedBefore(context.snapshot().asOf()),
                context.notices())
            .continued(champion, again, fit.segmentation(), fit.traits())
            .with(made);
    found.segmentations().add(fitted.toRow(Segmentation.CHALLENGER));
    found.models().put(lens.name(), fitted);
    fit.candidates().forEach(c -> found.candidates().add(FitRows.candidate(fitted, c)));
    found.rules().addAll(FitRows.rules(fitted));
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

  /** The fit of a lens; none where it cannot divide the customers and readers do not have it. */
  private static Optional<Lens.Fit> fit(
      JobContext context, Lens lens, Segmentation champion, Lens.Input input) {
    try {
      return Optional.of(lens.fit(input));
    } catch (IndivisibleException e) {
      Set<String> published = new Registry(context.lake()).lenses(context.snapshot().asOf());
      if (champion != null || published.contains(lens.name())) {
        throw e;
      }
      context.notices().accept("lens " + lens.name() + " is left out: " + e.getMessage());
      return Optional.empty();
    }
  }

  private static Map<String, Long> versions(JobContext context, Lens.Input input) {
    List<TableSpec> read = new ArrayList<>(List.of(CustomerFeatures.TABLE));
    if (input.past().isPresent()) {
      read.addAll(List.of(CustomerFeaturesPast.TABLE, CustomerOutcome.TABLE));
    }
    return read.stream().collect(Collectors.toMap(TableSpec::name, context.lake()::version));
  }

  private static List<String> custom(JobContext context) {
    return context.config().features().custom().stream().map(CustomFeature::name).toList();
  }

  private void write(JobContext context, Found found) {
    Dataset<Row> segmentations = context.rows(SegmentationTable.TABLE, found.segmentations());
    if (!models(segmentations)
        .equals(models(context.readSlice(SegmentationTable.TABLE, context.snapshot())))) {
      forgetVerdicts(context);
    }
    context.writeAll(
        Map.of(
            SegmentationTable.TABLE,
            segmentations,
            SegmentationCandidate.TABLE,
            context.rows(SegmentationCandidate.TABLE, found.candidates()),
            SegmentRuleTable.TABLE,
            context.rows(SegmentRuleTable.TABLE, found.rules())),
        this);
  }

  /** What the gates said of a segmentation says nothing of another of the same id. */
  private void forgetVerdicts(JobContext context) {
    if (!context.readSlice(SegmentationValidation.TABLE, context.snapshot()).isEmpty()) {
      context.write(
          SegmentationValidation.TABLE, context.empty(SegmentationValidation.TABLE), this);
    }
  }

  private static Set<Row> models(Dataset<Row> segmentations) {
    return Set.copyOf(
        segmentations
            .select(SegmentationTable.SEGMENTATION_ID.col(), SegmentationTable.MODEL.col())
            .collectAsList());
  }
}
