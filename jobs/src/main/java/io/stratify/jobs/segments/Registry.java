package io.stratify.jobs.segments;

import io.stratify.common.io.Lake;
import io.stratify.common.io.Snapshot;
import io.stratify.common.tables.Publication;
import io.stratify.common.tables.SegmentationTable;
import io.stratify.common.tables.TableSpec;
import java.sql.Date;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/** What has been published, and with which segmentations. */
public final class Registry {
  private final Lake lake;

  /** The registry of the tables below one root. */
  public Registry(Lake lake) {
    this.lake = lake;
  }

  /** The revision that a new run of an as-of date will have. */
  public Snapshot next(LocalDate asOf) {
    int published =
        newest(Publication.AS_OF.col().equalTo(functions.lit(Date.valueOf(asOf))))
            .map(r -> r.<Integer>getAs(Publication.REVISION.name()))
            .orElse(0);
    return new Snapshot(asOf, published + 1);
  }

  /** The published snapshot with the newest as-of date. */
  public Optional<Snapshot> current() {
    return newest(functions.lit(true)).map(Registry::snapshot);
  }

  /** The published snapshot with the newest as-of date before this one. */
  public Optional<Snapshot> before(LocalDate asOf) {
    return newest(Publication.AS_OF.col().lt(functions.lit(Date.valueOf(asOf))))
        .map(Registry::snapshot);
  }

  /**
   * The champions, by lens: what the newest publication before the as-of date used. A run of a past
   * date does not look into its future, and a repeated run does not look at itself.
   */
  public Map<String, Segmentation> championsBefore(LocalDate asOf) {
    Optional<Row> row = newest(Publication.AS_OF.col().lt(functions.lit(Date.valueOf(asOf))));
    Map<String, Segmentation> champions = new HashMap<>();
    row.ifPresent(
        published -> {
          Map<String, String> ids =
              published.getJavaMap(published.fieldIndex(Publication.SEGMENTATIONS.name()));
          List<Row> rows =
              lake.read(SegmentationTable.TABLE, snapshot(published), "segments").collectAsList();
          rows.stream()
              .map(Segmentation::fromRow)
              .filter(s -> s.id().equals(ids.get(s.lens())))
              .forEach(s -> champions.put(s.lens(), s));
        });
    return champions;
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

  private static Snapshot snapshot(Row published) {
    return new Snapshot(
        published.<Date>getAs(Publication.AS_OF.name()).toLocalDate(),
        published.<Integer>getAs(Publication.REVISION.name()));
  }
}
