package io.stratify.jobs.serving;

import io.stratify.common.StratifyException;
import io.stratify.common.io.Lake;
import io.stratify.common.io.Snapshot;
import io.stratify.common.tables.CustomerFeatures;
import io.stratify.common.tables.SegmentationTable;
import io.stratify.common.tables.SegmentationValidation;
import io.stratify.common.tables.TableSpec;
import io.stratify.jobs.segments.Lineage;
import io.stratify.jobs.segments.Promotions;
import io.stratify.jobs.segments.Registry;
import io.stratify.jobs.segments.SegmentInfo;
import io.stratify.jobs.segments.Segmentation;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/** The registry of segmentations, for a terminal. */
public final class RegistryText {
  private static final String JOB = "segmentations";

  private final Lake lake;
  private final Promotions promotions;

  /** The registry of the tables below one root. */
  public RegistryText(Lake lake) {
    this.lake = lake;
    this.promotions = new Promotions(lake);
  }

  /**
   * Every segmentation: champion, retired (was one), or challenger (was never published).
   *
   * @throws StratifyException if there are none
   */
  public String list() {
    Map<String, String> champions = promotions.champions();
    Map<String, Row> newest = newest();
    Set<String> published = publishedEver(newest);
    Map<String, Boolean> failed = failed();
    Map<String, String> deciders = new LinkedHashMap<>();
    promotions.all().forEach(d -> deciders.put(d.segmentationId(), d.action() + " by " + d.by()));
    TextTable table =
        new TextTable(
            "segmentation",
            "lens",
            "status",
            "decided by",
            "fitted as of",
            "algorithm",
            "segments",
            "silhouette",
            "smallest");
    newest.forEach(
        (id, r) -> {
          boolean champion = id.equals(champions.get(SegmentationTable.LENS.text(r)));
          String status =
              champion
                  ? Segmentation.CHAMPION
                  : published.contains(id) ? "retired" : Segmentation.CHALLENGER;
          table.row(
              id,
              SegmentationTable.LENS.text(r),
              status,
              champion
                  ? deciders.getOrDefault(
                      id, failed.getOrDefault(id, false) ? "nobody, a gate failed" : "gates")
                  : "",
              r.<Object>getAs(SegmentationTable.FITTED_AS_OF.name()),
              SegmentationTable.ALGORITHM.text(r),
              r.<Object>getAs(SegmentationTable.SEGMENTS.name()),
              number("%.3f", r.getAs(SegmentationTable.SILHOUETTE.name())),
              number("%.3f", r.getAs(SegmentationTable.SMALLEST_SHARE.name())));
        });
    return table.toString();
  }

  private Map<String, Row> newest() {
    if (!lake.exists(SegmentationTable.TABLE)) {
      throw new StratifyException(
          "Cannot list segmentations: nothing has been fitted in %s yet. Run ./stratify run first,"
              + " or give the folder of a run: --set output.root=FOLDER",
          lake.root());
    }
    Map<String, Row> newest = new LinkedHashMap<>();
    // A champion has a row per run, and its model is most of it.
    lake.read(SegmentationTable.TABLE, JOB)
        .select(
            SegmentationTable.SEGMENTATION_ID.col(),
            SegmentationTable.LENS.col(),
            SegmentationTable.FITTED_AS_OF.col(),
            SegmentationTable.ALGORITHM.col(),
            SegmentationTable.SEGMENTS.col(),
            SegmentationTable.SILHOUETTE.col(),
            SegmentationTable.SMALLEST_SHARE.col(),
            TableSpec.AS_OF.col(),
            TableSpec.REVISION.col())
        .orderBy(
            SegmentationTable.LENS.col(),
            SegmentationTable.FITTED_AS_OF.col(),
            SegmentationTable.SEGMENTATION_ID.col(),
            TableSpec.AS_OF.col(),
            TableSpec.REVISION.col())
        .collectAsList()
        .forEach(r -> newest.put(SegmentationTable.SEGMENTATION_ID.text(r), r));
    return newest;
  }

  /**
   * Whether a gate failed when it was judged last: the first of a lens is published all the same.
   */
  private Map<String, Boolean> failed() {
    Map<String, Boolean> failed = new HashMap<>();
    lake.readIfThere(SegmentationValidation.TABLE, JOB)
        .groupBy(
            SegmentationValidation.SEGMENTATION_ID.col(),
            TableSpec.AS_OF.col(),
            TableSpec.REVISION.col())
        .agg(
            functions.max(
                SegmentationValidation.VERDICT.col().equalTo(SegmentationValidation.FAIL)))
        .orderBy(TableSpec.AS_OF.col(), TableSpec.REVISION.col())
        .collectAsList()
        .forEach(r -> failed.put(r.getString(0), r.getBoolean(3)));
    return failed;
  }

  private Set<String> publishedEver(Map<String, Row> newest) {
    Set<String> published = new HashSet<>();
    newest.values().stream()
        .map(SegmentationTable.LENS::text)
        .distinct()
        .forEach(lens -> published.addAll(promotions.published(lens)));
    return published;
  }

  /**
   * One segmentation.
   *
   * @throws StratifyException if there is none of this id, or its model is damaged
   */
  public String show(String id) {
    Row row = require("show", id);
    Segmentation s = Segmentation.fromRow(row);
    TextTable segments = new TextTable("segment", "name", "definition");
    for (SegmentInfo i : s.segments()) {
      segments.row(i.id(), i.name(), i.definition());
    }
    return String.format(
        Locale.ROOT,
        "%s: lens %s, %s, fitted as of %s%n  features    %s%n  parameters  %s%n  read       "
            + " %s%n%n%s%n%s",
        s.id(),
        s.lens(),
        s.algorithm(),
        s.fittedAsOf(),
        String.join(", ", s.model().features()),
        SegmentationTable.PARAMETERS.text(row),
        row.getJavaMap(row.fieldIndex(SegmentationTable.DATA_VERSIONS.name())),
        segments,
        EvidenceText.brief(validations(id), "in segmentation_validation"));
  }

  /** One sentence about the gates that a segmentation failed when it was judged last, if any. */
  public Optional<String> failures(String id) {
    List<Row> failed =
        validations(id).stream()
            .filter(r -> SegmentationValidation.FAIL.equals(SegmentationValidation.VERDICT.text(r)))
            .toList();
    if (failed.isEmpty()) {
      return Optional.empty();
    }
    String gates =
        failed.stream()
            .map(SegmentationValidation.EVIDENCE::text)
            .distinct()
            .collect(Collectors.joining(", "));
    return Optional.of(
        String.format(
            "%s failed gates as of %s: %s. See ./stratify segmentations show %s",
            id, failed.get(0).<Object>getAs(TableSpec.AS_OF.name()), gates, id));
  }

  /** The evidence of the newest run that judged it. */
  private List<Row> validations(String id) {
    if (!lake.exists(SegmentationValidation.TABLE)) {
      return List.of();
    }
    List<Row> all =
        lake.read(SegmentationValidation.TABLE, JOB)
            .where(SegmentationValidation.SEGMENTATION_ID.col().equalTo(id))
            .orderBy(TableSpec.AS_OF.col().desc(), TableSpec.REVISION.col().desc())
            .collectAsList();
    return all.stream().filter(r -> slice(r).equals(slice(all.get(0)))).toList();
  }

  private static String slice(Row r) {
    return r.getAs(TableSpec.AS_OF.name()) + "#" + r.getAs(TableSpec.REVISION.name());
  }

  /**
   * What became of the segments of one segmentation in another.
   *
   * @throws StratifyException if one of them is not there, they are of different lenses, or nothing
   *     has been published
   */
  public String compare(String earlier, String later) {
    Segmentation a = Segmentation.fromRow(require("compare", earlier));
    Segmentation b = Segmentation.fromRow(require("compare", later));
    if (!a.lens().equals(b.lens())) {
      throw new StratifyException(
          "Cannot compare %s with %s: they are of different lenses, %s and %s",
          earlier, later, a.lens(), b.lens());
    }
    Snapshot current =
        new Registry(lake)
            .current()
            .orElseThrow(
                () ->
                    new StratifyException(
                        "Cannot compare: nothing has been published in %s yet. Run ./stratify run"
                            + " first",
                        lake.root()));
    TextTable table =
        new TextTable(
            "event", "in " + earlier, "in " + later, "customers", "of the first", "of the second");
    for (Lineage.Link l : Lineage.between(a, b, lake.read(CustomerFeatures.TABLE, current, JOB))) {
      table.row(
          l.event().text(),
          l.before(),
          l.after(),
          String.format(Locale.ROOT, "%,d", l.customers()),
          percent(l.shareOfBefore()),
          percent(l.shareOfAfter()));
    }
    return String.format(Locale.ROOT, "On the customers of %s%n%s", current, table);
  }

  private Row require(String what, String id) {
    return promotions
        .find(id)
        .orElseThrow(
            () ->
                new StratifyException(
                    "Cannot %s %s: there is no such segmentation. See ./stratify segmentations"
                        + " list",
                    what, id));
  }

  private static String number(String format, Double value) {
    return value == null ? "" : String.format(Locale.ROOT, format, value);
  }

  /** A share with one digit; empty where there is none. */
  static String percent(Double share) {
    return share == null ? "" : String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }
}
