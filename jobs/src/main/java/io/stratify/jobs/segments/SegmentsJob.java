package io.stratify.jobs.segments;

import io.stratify.common.StratifyException;
import io.stratify.common.config.CustomFeature;
import io.stratify.common.config.SegmentsConfig;
import io.stratify.common.tables.CustomerFeatures;
import io.stratify.common.tables.SegmentationCandidate;
import io.stratify.common.tables.SegmentationTable;
import io.stratify.common.tables.TableSpec;
import io.stratify.jobs.Job;
import io.stratify.jobs.JobContext;
import io.stratify.jobs.JobResult;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
  private record Found(List<Row> segmentations, List<Row> candidates, List<String> sentences) {}

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
    return List.of(CustomerFeatures.TABLE);
  }

  @Override
  public List<TableSpec> writes() {
    return List.of(SegmentationTable.TABLE, SegmentationCandidate.TABLE);
  }

  @Override
  public JobResult run(JobContext context) {
    Map<String, Segmentation> champions = champions(context);
    Dataset<Row> features =
        context.readSnapshot(CustomerFeatures.TABLE, this).persist(StorageLevel.MEMORY_AND_DISK());
    Found found = new Found(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    try {
      long customers = features.count();
      for (Lens lens : lenses(context)) {
        fitOrCarry(context, lens, champions.get(lens.name()), features, customers, found);
      }
    } finally {
      features.unpersist(false);
    }
    write(context, found);
    return new SegmentsResult(found.sentences());
  }

  /** Where everything is fitted anyway, a champion that cannot be read is no more than news. */
  private static Map<String, Segmentation> champions(JobContext context) {
    Registry registry = new Registry(context.lake());
    boolean anew = context.config().segments().refitEveryDays() == 0;
    return anew
        ? registry.championsBefore(context.snapshot().asOf(), context.notices())
        : registry.championsBefore(context.snapshot().asOf());
  }

  private static List<Lens> lenses(JobContext context) {
    SegmentsConfig config = context.config().segments();
    List<Lens> lenses = new ArrayList<>();
    boolean orders =
        context.config().inputs().containsKey("orders")
            || context.config().inputs().containsKey("order_lines");
    if (!orders && (config.rfm().enabled() || config.value().enabled())) {
      context.notices().accept("lenses rfm and value are left out: there are no orders");
    }
    if (orders && config.rfm().enabled()) {
      lenses.add(new RfmLens(config.rfm()));
    }
    if (orders && config.value().enabled()) {
      lenses.add(new ValueLens(config.value()));
    }
    if (config.behaviour().enabled()) {
      lenses.add(new BehaviourLens(context.spark(), config));
    }
    if (lenses.isEmpty()) {
      throw new StratifyException(
          "Cannot fit segments: no lens is enabled and has its inputs. Set one of"
              + " segments.rfm.enabled, segments.value.enabled, segments.behaviour.enabled");
    }
    return lenses;
  }

  private static void fitOrCarry(
      JobContext context,
      Lens lens,
      Segmentation champion,
      Dataset<Row> features,
      long customers,
      Found found) {
    String hash = hash(lens.configuration());
    int every = context.config().segments().refitEveryDays();
    if (champion != null) {
      found.segmentations().add(champion.toRow(Segmentation.CHAMPION));
    }
    if (champion != null && !isDue(context, champion, every, hash)) {
      found.sentences().add(lens.name() + " keeps " + champion.id());
      return;
    }
    context.describe("fit " + lens.name());
    Lens.Fit fit =
        lens.fit(
            new Lens.Input(
                features, customers, context.snapshot().asOf(), hash, context.notices()));
    List<String> custom =
        context.config().features().custom().stream().map(CustomFeature::name).toList();
    Segmentation fitted =
        Continuity.continued(champion, fit.segmentation(), features, custom, context.notices());
    Provenance made =
        new Provenance(
            lens.configuration(),
            Map.of(CustomerFeatures.TABLE.name(), context.lake().version(CustomerFeatures.TABLE)));
    found.segmentations().add(fitted.with(made).toRow(Segmentation.CHALLENGER));
    fit.candidates().forEach(c -> found.candidates().add(row(fit.segmentation(), c)));
    found.sentences().add(sentence(fit.segmentation()));
  }

  /** A champion that people chose is as old as their decision. */
  private static boolean isDue(JobContext context, Segmentation champion, int every, String hash) {
    LocalDate asOf = context.snapshot().asOf();
    Promotions.Decided decided = new Promotions(context.lake()).knownTo(asOf).get(champion.lens());
    boolean chosen = decided != null && decided.segmentationId().equals(champion.id());
    return chosen
        ? ChronoUnit.DAYS.between(decided.asOf(), asOf) >= every
        : champion.isDue(asOf, every, hash);
  }

  private static String sentence(Segmentation s) {
    String figures =
        s.silhouette() == null
            ? ""
            : String.format(Locale.ROOT, ", silhouette %.3f", s.silhouette());
    return String.format(
        Locale.ROOT, "%s fitted: %d segments%s", s.lens(), s.segments().size(), figures);
  }

  private static Row row(Segmentation s, Lens.Candidate c) {
    return RowFactory.create(
        s.id(),
        c.k(),
        s.lens(),
        s.algorithm(),
        c.cost(),
        c.silhouette(),
        c.smallestShare(),
        c.chosen(),
        c.reason());
  }

  private void write(JobContext context, Found found) {
    context.writeAll(
        Map.of(
            SegmentationTable.TABLE,
            context.rows(SegmentationTable.TABLE, found.segmentations()),
            SegmentationCandidate.TABLE,
            context.rows(SegmentationCandidate.TABLE, found.candidates())),
        this);
  }

  /** A short hash of a text, the same on every machine. */
  private static String hash(String text) {
    return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8))
        .toString()
        .substring(0, 13);
  }
}
