package io.stratify.jobs.validation;

import io.stratify.common.Counted;
import io.stratify.common.config.RefitConfig;
import io.stratify.common.io.Snapshot;
import io.stratify.common.tables.CustomerSegment;
import io.stratify.common.tables.FeatureStats;
import io.stratify.common.tables.Segment;
import io.stratify.common.tables.SegmentDecision;
import io.stratify.common.tables.SegmentationHealth;
import io.stratify.common.tables.SegmentationTable;
import io.stratify.common.tables.TableSpec;
import io.stratify.jobs.Job;
import io.stratify.jobs.JobContext;
import io.stratify.jobs.JobResult;
import io.stratify.jobs.segments.Registry;
import io.stratify.jobs.segments.Segmentation;
import java.sql.Date;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;

/** Says whether what was fitted once still fits the customers, and proposes a refit if not. */
public final class HealthJob implements Job {
  record HealthResult(List<Measured> measures) implements JobResult {
    @Override
    public String sentence() {
      return refitProposed() ? proposals() : counts();
    }

    @Override
    public boolean refitProposed() {
      return measures.stream().anyMatch(Measured::proposesRefit);
    }

    /** The lenses that should be refitted. */
    Set<String> lenses() {
      return byLens().keySet();
    }

    private String proposals() {
      return byLens().entrySet().stream()
          .map(e -> "refit proposed for " + e.getKey() + ": " + e.getValue())
          .collect(Collectors.joining("; "));
    }

    private Map<String, String> byLens() {
      return measures.stream()
          .filter(Measured::proposesRefit)
          .collect(
              Collectors.groupingBy(
                  m -> m.of().lens(),
                  TreeMap::new,
                  Collectors.mapping(Measured::sentence, Collectors.joining("; "))));
    }

    private String counts() {
      long ok = measures.stream().filter(Measured::isMeasurable).count();
      long lenses = measures.stream().map(m -> m.of().lens()).distinct().count();
      String all =
          Counted.of(measures.size(), "measure")
              + (lenses == 1 ? " of 1 lens" : " of " + lenses + " lenses");
      return ok == measures.size()
          ? all + ", all ok"
          : all
              + String.format(Locale.ROOT, ": %d ok, %d not measurable", ok, measures.size() - ok);
    }
  }

  @Override
  public String name() {
    return "health";
  }

  @Override
  public String description() {
    return "Measure whether the segmentations still fit, and propose refits";
  }

  @Override
  public List<TableSpec> reads() {
    return List.of(
        FeatureStats.TABLE,
        SegmentationTable.TABLE,
        CustomerSegment.TABLE,
        Segment.TABLE,
        SegmentDecision.TABLE);
  }

  @Override
  public List<TableSpec> writes() {
    return List.of(SegmentationHealth.TABLE);
  }

  @Override
  public JobResult run(JobContext context) {
    context.describe("health of segmentations");
    LocalDate asOf = context.snapshot().asOf();
    Portrait now =
        new Portrait(
            asOf,
            context.readSnapshot(FeatureStats.TABLE, this).collectAsList(),
            context.readSnapshot(Segment.TABLE, this).collectAsList());
    List<Segmentation> segmentations = segmentations(context, now);
    References references =
        new References(
            asOf,
            Segmentation.fitted(context.readSnapshot(SegmentationTable.TABLE, this)),
            new Registry(context.lake()).published());
    Map<LocalDate, Portrait> before =
        portraits(
            context,
            segmentations.stream()
                .flatMap(s -> references.of(s).stream())
                .collect(Collectors.toSet()));
    Map<String, Divided> crowds = Divided.of(context.readSnapshot(CustomerSegment.TABLE, this));
    Set<String> retired = retired(context);
    List<Measured> measures =
        segmentations.stream()
            .flatMap(
                s ->
                    new LensHealth(
                            s,
                            references.fresh(s),
                            retired.contains(s.lens()),
                            context.config().validation().health())
                            .measures(
                                references.of(s).map(Snapshot::asOf).map(before::get),
                                now,
                                crowds.getOrDefault(s.lens(), Divided.NOBODY))
                            .stream())
            .toList();
    return written(context, measures);
  }

  /** Lenses of which segments were retired. */
  private static Set<String> retired(JobContext context) {
    return context
        .readSlice(SegmentDecision.TABLE, context.snapshot())
        .where(SegmentDecision.applied(SegmentDecision.RETIRE))
        .select(SegmentDecision.LENS.col())
        .collectAsList()
        .stream()
        .map(r -> r.getString(0))
        .collect(Collectors.toSet());
  }

  private JobResult written(JobContext context, List<Measured> measures) {
    context.write(
        SegmentationHealth.TABLE,
        context.rows(SegmentationHealth.TABLE, measures.stream().map(Measured::row).toList()),
        this);
    HealthResult result = new HealthResult(measures);
    result
        .lenses()
        .forEach(
            lens ->
                context
                    .notices()
                    .accept("to fit lens " + lens + " anew, run with " + RefitConfig.anew(lens)));
    return result;
  }

  /** What the lenses of this run are published with, by lens. */
  private List<Segmentation> segmentations(JobContext context, Portrait now) {
    Set<String> published =
        now.segments().stream().map(Segment.SEGMENTATION_ID::text).collect(Collectors.toSet());
    Map<String, Segmentation> byLens = new TreeMap<>();
    context.readSnapshot(SegmentationTable.TABLE, this).collectAsList().stream()
        .filter(r -> published.contains(SegmentationTable.SEGMENTATION_ID.text(r)))
        .map(Segmentation::fromRow)
        .forEach(s -> byLens.put(s.lens(), s));
    return List.copyOf(byLens.values());
  }

  /** The portraits of some snapshots by their as-of dates. */
  private Map<LocalDate, Portrait> portraits(JobContext context, Set<Snapshot> snapshots) {
    Map<LocalDate, List<Row>> stats = rows(context, FeatureStats.TABLE, snapshots);
    Map<LocalDate, List<Row>> segments = rows(context, Segment.TABLE, snapshots);
    Map<LocalDate, Portrait> portraits = new LinkedHashMap<>();
    snapshots.stream()
        .map(Snapshot::asOf)
        .forEach(
            date ->
                portraits.put(
                    date,
                    new Portrait(
                        date,
                        stats.getOrDefault(date, List.of()),
                        segments.getOrDefault(date, List.of()))));
    return portraits;
  }

  private Map<LocalDate, List<Row>> rows(
      JobContext context, TableSpec table, Set<Snapshot> snapshots) {
    return snapshots.stream()
        .map(Snapshot::published)
        .reduce(Column::or)
        .map(any -> context.read(table, this).where(any).collectAsList())
        .orElse(List.of())
        .stream()
        .collect(Collectors.groupingBy(r -> r.<Date>getAs(TableSpec.AS_OF.name()).toLocalDate()));
  }
}
