package io.stratify.jobs.segments;

import io.stratify.common.StratifyException;
import io.stratify.common.io.Lake;
import io.stratify.common.io.Snapshot;
import io.stratify.common.tables.SegmentationDecision;
import io.stratify.common.tables.SegmentationTable;
import io.stratify.common.tables.TableSpec;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;

/**
 * What people decided about champions. A decision holds from the snapshot that was published when
 * it was taken: the next run, and a repetition of that one, assign by it.
 */
public final class Promotions {
  /** The segmentation becomes the champion of its lens. */
  public static final String PROMOTE = "promote";

  /** The lens goes back to the champion before. */
  public static final String ROLLBACK = "rollback";

  private static final String JOB = "segmentations";

  private final Lake lake;

  /** The decisions about the tables below one root. */
  public Promotions(Lake lake) {
    this.lake = lake;
  }

  /**
   * A decision.
   *
   * @param asOf as-of date that was published when it was taken
   * @param segmentationId the champion from then on
   */
  public record Decided(
      String lens,
      String action,
      String segmentationId,
      String previousId,
      LocalDate asOf,
      String by,
      Instant at) {
    static Decided of(Row r) {
      return new Decided(
          SegmentationDecision.LENS.text(r),
          SegmentationDecision.DECISION.text(r),
          SegmentationDecision.SEGMENTATION_ID.text(r),
          SegmentationDecision.PREVIOUS_SEGMENTATION_ID.text(r),
          r.<Date>getAs(SegmentationDecision.AS_OF.name()).toLocalDate(),
          SegmentationDecision.DECIDED_BY.text(r),
          r.<Timestamp>getAs(SegmentationDecision.DECIDED_AT.name()).toInstant());
    }
  }

  /** All decisions, the oldest first. */
  public List<Decided> all() {
    if (!lake.exists(SegmentationDecision.TABLE)) {
      return List.of();
    }
    List<Decided> all =
        new ArrayList<>(
            lake.read(SegmentationDecision.TABLE, JOB).collectAsList().stream()
                .map(Decided::of)
                .toList());
    all.sort(Comparator.comparing(Decided::at).thenComparing(Decided::lens));
    return all;
  }

  /** The latest decision per lens that a run of a date knows. */
  public Map<String, Decided> knownTo(LocalDate asOf) {
    Map<String, Decided> latest = new HashMap<>();
    all().stream().filter(d -> !d.asOf().isAfter(asOf)).forEach(d -> latest.put(d.lens(), d));
    return latest;
  }

  /** The newest row of a segmentation in the registry. */
  public Optional<Row> find(String id) {
    if (!lake.exists(SegmentationTable.TABLE)) {
      return Optional.empty();
    }
    return lake
        .read(SegmentationTable.TABLE, JOB)
        .where(SegmentationTable.SEGMENTATION_ID.col().equalTo(id))
        .orderBy(TableSpec.AS_OF.col().desc(), TableSpec.REVISION.col().desc())
        .limit(1)
        .collectAsList()
        .stream()
        .findFirst();
  }

  /**
   * Makes a segmentation the champion of its lens, or a provisional champion one that people chose;
   * one commit.
   *
   * @throws StratifyException if there is none of this id, it is the champion already, its model is
   *     damaged, or nothing has been published
   */
  public Decided promote(String id, String by, Instant at, String runId) {
    Segmentation s = Segmentation.fromRow(require(PROMOTE, id));
    return decide(s, PROMOTE, by, at, runId);
  }

  /**
   * Makes the champion before the present one the champion again; one commit.
   *
   * @throws StratifyException if there was none, or its model is damaged
   */
  public Decided rollback(String lens, String by, Instant at, String runId) {
    Snapshot current = current(ROLLBACK);
    Map<String, String> champions = champions();
    String present = champions.get(lens);
    if (present == null) {
      throw new StratifyException(
          "Cannot roll back lens %s: nothing is published for it. The lenses are: %s",
          lens, String.join(", ", champions.keySet()));
    }
    requireNotPending(lens, present);
    Set<String> rolledBack = rolledBack(lens);
    String before =
        published(lens).stream()
            .filter(id -> !id.equals(present) && !rolledBack.contains(id))
            .filter(id -> find(id).isPresent())
            .findFirst()
            .orElseThrow(
                () ->
                    new StratifyException(
                        "Cannot roll back lens %s: %s is its only champion up to %s%s. See"
                            + " ./stratify segmentations list",
                        lens,
                        present,
                        current.asOf(),
                        rolledBack.isEmpty()
                            ? ""
                            : " but for " + String.join(", ", rolledBack) + ", rolled back"));
    return decide(Segmentation.fromRow(require(ROLLBACK, before)), ROLLBACK, by, at, runId);
  }

  /** What people went back from and have not chosen since: no champion to go back to. */
  private Set<String> rolledBack(String lens) {
    Set<String> rolledBack = new TreeSet<>();
    for (Decided d : all()) {
      if (d.lens().equals(lens)) {
        rolledBack.remove(d.segmentationId());
        if (d.action().equals(ROLLBACK) && d.previousId() != null) {
          rolledBack.add(d.previousId());
        }
      }
    }
    return rolledBack;
  }

  /** Given a second time, before a run has taken it in, a rollback would undo itself. */
  private void requireNotPending(String lens, String present) {
    List<String> published = published(lens);
    List<Decided> all = all().stream().filter(d -> d.lens().equals(lens)).toList();
    Optional<Decided> last =
        all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
    last.filter(d -> d.action().equals(ROLLBACK) && d.segmentationId().equals(present))
        .filter(d -> !published.isEmpty() && !published.get(0).equals(present))
        .ifPresent(
            d -> {
              throw new StratifyException(
                  "Cannot roll back lens %s: %s rolled it back to %s at %s already, and no run has"
                      + " taken that in yet. Run ./stratify run --as-of %s, or take it back:"
                      + " ./stratify segmentations promote %s",
                  lens, d.by(), present, d.at(), d.asOf(), published.get(0));
            });
  }

  /** The present champions, by lens: what it was published with last, or what was decided since. */
  public Map<String, String> champions() {
    Map<String, Decided> latest = new HashMap<>();
    all().forEach(d -> latest.put(d.lens(), d));
    return champions(p -> true, latest.values());
  }

  /**
   * The champions, by lens.
   *
   * @param counts which publications count
   * @param latest the decisions that count, one per lens
   */
  Map<String, String> champions(Predicate<Published> counts, Collection<Decided> latest) {
    Map<String, Published> last = Published.last(lake, JOB, counts);
    Map<String, String> champions = new TreeMap<>();
    last.forEach((lens, p) -> champions.put(lens, p.segmentationId()));
    latest.stream()
        .filter(d -> !last.containsKey(d.lens()) || last.get(d.lens()).isBefore(d))
        .forEach(d -> champions.put(d.lens(), d.segmentationId()));
    return champions;
  }

  /** Segmentations that a lens was published with, the latest first. */
  public List<String> published(String lens) {
    return Published.latestFirst(lake, JOB).stream()
        .filter(p -> p.lens().equals(lens))
        .map(Published::segmentationId)
        .distinct()
        .toList();
  }

  private Decided decide(Segmentation s, String action, String by, Instant at, String runId) {
    Snapshot current = current(action);
    String present = champions().get(s.lens());
    boolean chosen = all().stream().anyMatch(d -> d.segmentationId().equals(s.id()));
    if (s.id().equals(present) && (chosen || !new Registry(lake).provisional().contains(s.id()))) {
      throw new StratifyException(
          "Cannot %s %s: it is the champion of lens %s already", action, s.id(), s.lens());
    }
    Decided d = new Decided(s.lens(), action, s.id(), present, current.asOf(), by, at);
    Row row =
        RowFactory.create(
            Timestamp.from(at),
            d.lens(),
            d.action(),
            d.segmentationId(),
            d.previousId(),
            Date.valueOf(d.asOf()),
            by,
            runId);
    lake.replace(
        SegmentationDecision.TABLE,
        current,
        lake.spark()
            .createDataFrame(List.of(row), SegmentationDecision.TABLE.bodySchema())
            .coalesce(1),
        JOB);
    return d;
  }

  private Snapshot current(String action) {
    return new Registry(lake)
        .current()
        .orElseThrow(
            () ->
                new StratifyException(
                    "Cannot %s: nothing has been published in %s yet. Run ./stratify run first",
                    action, lake.root()));
  }

  private Row require(String action, String id) {
    return find(id)
        .orElseThrow(
            () ->
                new StratifyException(
                    "Cannot %s %s: there is no such segmentation. There are: %s",
                    action, id, String.join(", ", ids())));
  }

  private List<String> ids() {
    return lake.exists(SegmentationTable.TABLE)
        ? lake
            .read(SegmentationTable.TABLE, JOB)
            .select(SegmentationTable.SEGMENTATION_ID.col())
            .distinct()
            .orderBy(functions.col(SegmentationTable.SEGMENTATION_ID.name()))
            .collectAsList()
            .stream()
            .map(r -> r.getString(0))
            .toList()
        : List.of();
  }
}
