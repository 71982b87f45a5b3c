package io.stratify.jobs.segments;

import io.stratify.common.StratifyException;
import io.stratify.common.config.RefitConfig;
import io.stratify.common.io.Lake;
import io.stratify.common.io.Snapshot;
import io.stratify.common.tables.ColumnSpec;
import io.stratify.common.tables.CustomerSegment;
import io.stratify.common.tables.Publication;
import io.stratify.common.tables.Segment;
import io.stratify.common.tables.SegmentDecision;
import io.stratify.common.tables.SegmentationTable;
import io.stratify.common.tables.TableSpec;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/** What has been published, and with which segmentations. */
public final class Registry {
  private final Lake lake;

  /** Hears of segmentations that cannot be read. */
  @FunctionalInterface
  public interface Unreadable {
    /** The segmentation of a lens cannot be read. */
    void because(String lens, String why);
  }

  /** The registry of the tables below one root. */
  public Registry(Lake lake) {
    this.lake = lake;
  }

  /** The revision that a new run of an as-of date will have. */
  public Snapshot next(LocalDate asOf) {
    return next(asOf, newestOf(asOf));
  }

  private static Snapshot next(LocalDate asOf, Optional<Row> last) {
    return new Snapshot(asOf, last.map(r -> snapshot(r).revision()).orElse(0) + 1);
  }

  /**
   * What a command that only publishes has to publish: the next revision, or, where none is there
   * to be published, the one that its run published before it was killed.
   *
   * @param run the run that the command is a part of
   */
  public Snapshot toPublish(LocalDate asOf, String run) {
    Optional<Row> last = newestOf(asOf);
    Snapshot next = next(asOf, last);
    boolean ours = last.filter(r -> Publication.RUN_ID.text(r).equals(run)).isPresent();
    return ours && isEmpty(next) ? snapshot(last.get()) : next;
  }

  private boolean isEmpty(Snapshot snapshot) {
    return lake.readSlice(CustomerSegment.TABLE, snapshot).isEmpty();
  }

  /** Whether a run of an as-of date has been published. */
  public boolean isPublished(LocalDate asOf) {
    return next(asOf).revision() > 1;
  }

  /** The published snapshot with the newest as-of date. */
  public Optional<Snapshot> current() {
    return newest(functions.lit(true)).map(Registry::snapshot);
  }

  /** The newest published snapshot of every as-of date, by date. */
  public List<Snapshot> published() {
    if (!lake.exists(Publication.TABLE)) {
      return List.of();
    }
    Map<LocalDate, Snapshot> newest = new TreeMap<>();
    lake.read(Publication.TABLE, "segments").collectAsList().stream()
        .map(Registry::snapshot)
        .forEach(
            s ->
                newest.merge(
                    s.asOf(), s, BinaryOperator.maxBy(Comparator.comparing(Snapshot::revision))));
    return List.copyOf(newest.values());
  }

  /** The lenses of the newest publication of an as-of date. */
  public Set<String> lenses(LocalDate asOf) {
    return segmentations(asOf).keySet();
  }

  /** Ids of the segmentations of the newest publication of an as-of date, by lens. */
  public Map<String, String> segmentations(LocalDate asOf) {
    return newestOf(asOf).map(published -> Map.copyOf(segmentations(published))).orElse(Map.of());
  }

  private static Map<String, String> segmentations(Row published) {
    return published.getJavaMap(published.fieldIndex(Publication.SEGMENTATIONS.name()));
  }

  /**
   * What lenses were published with last although it failed a gate: before the date of a run, and
   * by the revisions of that date before this one, whose fits stand where nothing is fitted.
   */
  public Set<String> provisionalBefore(Snapshot now) {
    Set<String> provisional = provisional(p -> p.asOf().isBefore(now.asOf()));
    provisional.addAll(
        provisional(p -> p.asOf().equals(now.asOf()) && p.snapshot().revision() < now.revision()));
    return provisional;
  }

  /** What lenses were published with last although it failed a gate. */
  Set<String> provisional() {
    return provisional(p -> true);
  }

  private Set<String> provisional(Predicate<Published> counts) {
    Set<String> provisional = new HashSet<>();
    lensesBySnapshot(counts)
        .forEach(
            (snapshot, lenses) ->
                lake.readSlice(Segment.TABLE, snapshot)
                    .where(Segment.PROVISIONAL.col().and(Segment.LENS.col().isin(lenses.toArray())))
                    .select(Segment.SEGMENTATION_ID.col())
                    .distinct()
                    .collectAsList()
                    .forEach(r -> provisional.add(r.getString(0))));
    return provisional;
  }

  /** The lenses by what they were published in last: a run may have left out some. */
  private Map<Snapshot, List<String>> lensesBySnapshot(Predicate<Published> counts) {
    return Published.last(lake, "segments", counts).values().stream()
        .collect(
            Collectors.groupingBy(
                Published::snapshot, Collectors.mapping(Published::lens, Collectors.toList())));
  }

  /** The published snapshot with the newest as-of date before this one. */
  public Optional<Snapshot> before(LocalDate asOf) {
    return newestBefore(asOf).map(Registry::snapshot);
  }

  /**
   * The champions, by lens: what the newest publication of the lens before the as-of date used, or
   * what people decided since, without those that cannot be read. A run of a past date does not
   * look into its future, and a repeated run does not look at itself.
   */
  public Map<String, Segmentation> championsBefore(LocalDate asOf, Unreadable unreadable) {
    Promotions promotions = new Promotions(lake);
    List<Row> newest = newestBefore(asOf).map(this::rows).orElse(List.of());
    Map<String, Segmentation> champions = new HashMap<>();
    promotions
        .champions(p -> p.asOf().isBefore(asOf), promotions.knownTo(asOf).values())
        .forEach(
            (lens, id) ->
                read(id, lens, row(newest, id).or(() -> promotions.find(id)), unreadable)
                    .ifPresent(s -> champions.put(lens, s)));
    return champions;
  }

  /**
   * The segmentations of the newest publication before the as-of date, by lens, without those that
   * cannot be read.
   */
  public Map<String, Segmentation> publishedBefore(LocalDate asOf, Unreadable unreadable) {
    Map<String, Segmentation> segmentations = new HashMap<>();
    newestBefore(asOf)
        .ifPresent(
            published -> {
              List<Row> rows = rows(published);
              segmentations(published)
                  .forEach(
                      (lens, id) ->
                          read(id, lens, row(rows, id), unreadable)
                              .ifPresent(s -> segmentations.put(lens, s)));
            });
    return segmentations;
  }

  /**
   * The segments that lenses had merged when they were published last before a date, with what
   * into.
   */
  Map<String, String> mergedBefore(LocalDate asOf) {
    Map<String, String> merged = new HashMap<>();
    lensesBySnapshot(p -> p.asOf().isBefore(asOf))
        .forEach(
            (snapshot, lenses) ->
                lake.readSlice(SegmentDecision.TABLE, snapshot)
                    .where(SegmentDecision.applied(SegmentDecision.MERGE))
                    .where(SegmentDecision.LENS.col().isin(lenses.toArray()))
                    .collectAsList()
                    .forEach(
                        r ->
                            merged.put(
                                fullId(r, SegmentDecision.SEGMENT_ID),
                                fullId(r, SegmentDecision.VALUE))));
    return merged;
  }

  /** People may leave the lens out of an id. */
  private static String fullId(Row decision, ColumnSpec id) {
    String lens = SegmentDecision.LENS.text(decision) + ".";
    String named = id.text(decision);
    return named.startsWith(lens) ? named : lens + named;
  }

  private Optional<Row> newestBefore(LocalDate asOf) {
    return newest(Publication.AS_OF.col().lt(functions.lit(Date.valueOf(asOf))));
  }

  private List<Row> rows(Row published) {
    return lake.readSlice(SegmentationTable.TABLE, snapshot(published)).collectAsList();
  }

  /**
   * What earlier revisions of the same as-of date fitted, by lens and the newest first, without
   * those that cannot be read.
   */
  public Map<String, List<Segmentation>> fittedBefore(Snapshot snapshot) {
    Map<String, List<Segmentation>> fitted = new HashMap<>();
    if (snapshot.revision() == 1 || !lake.exists(SegmentationTable.TABLE)) {
      return fitted;
    }
    Column date = functions.lit(Date.valueOf(snapshot.asOf()));
    lake
        .read(SegmentationTable.TABLE, "segments")
        .where(TableSpec.AS_OF.col().equalTo(date))
        .where(TableSpec.REVISION.col().lt(snapshot.revision()))
        .where(SegmentationTable.FITTED_AS_OF.col().equalTo(date))
        .orderBy(TableSpec.REVISION.col().desc(), SegmentationTable.STATUS.col().desc())
        .collectAsList()
        .stream()
        .flatMap(
            r ->
                read(
                    SegmentationTable.SEGMENTATION_ID.text(r),
                    SegmentationTable.LENS.text(r),
                    Optional.of(r),
                    (lens, why) -> {})
                    .stream())
        .forEach(s -> fitted.computeIfAbsent(s.lens(), l -> new ArrayList<>()).add(s));
    return fitted;
  }

  private static Optional<Row> row(List<Row> rows, String id) {
    return rows.stream()
        .filter(r -> id.equals(SegmentationTable.SEGMENTATION_ID.text(r)))
        .findFirst();
  }

  private static Optional<Segmentation> read(
      String id, String lens, Optional<Row> row, Unreadable unreadable) {
    if (row.isEmpty()) {
      unreadable.because(
          lens,
          "Cannot find segmentation "
              + id
              + ", the champion of lens "
              + lens
              + ": table segmentation has no such row. Refit it with "
              + RefitConfig.anew(lens));
      return Optional.empty();
    }
    try {
      return Optional.of(Segmentation.fromRow(row.get()));
    } catch (StratifyException e) {
      unreadable.because(lens, e.getMessage());
      return Optional.empty();
    }
  }

  private Optional<Row> newestOf(LocalDate asOf) {
    return newest(Publication.AS_OF.col().equalTo(functions.lit(Date.valueOf(asOf))));
  }

  private Optional<Row> newest(Column condition) {
    if (!lake.exists(Publication.TABLE)) {
      return Optional.empty();
    }
    TableSpec table = Publication.TABLE;
    return lake
        .read(table, "segments")
        .where(condition)
        .orderBy(Publication.AS_OF.col().desc(), Publication.REVISION.col().desc())
        .limit(1)
        .collectAsList()
        .stream()
        .findFirst();
  }

  static Snapshot snapshot(Row published) {
    return new Snapshot(
        published.<Date>getAs(Publication.AS_OF.name()).toLocalDate(),
        published.<Integer>getAs(Publication.REVISION.name()));
  }
}
