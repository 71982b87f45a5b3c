package io.stratify.jobs.segments;

import io.stratify.common.io.Lake;
import io.stratify.common.io.Snapshot;
import io.stratify.common.tables.Publication;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;

/**
 * What a lens was published with.
 *
 * @param at when the run that published began
 */
record Published(String lens, String segmentationId, Snapshot snapshot, Instant at) {
  /** What every lens was published with last, of the publications that count. */
  static Map<String, Published> last(Lake lake, String reader, Predicate<Published> counts) {
    Map<String, Published> last = new TreeMap<>();
    latestFirst(lake, reader).stream().filter(counts).forEach(p -> last.putIfAbsent(p.lens(), p));
    return last;
  }

  /** All of all lenses, the latest first. */
  static List<Published> latestFirst(Lake lake, String reader) {
    return lake.exists(Publication.TABLE)
        ? lake
            .read(Publication.TABLE, reader)
            .orderBy(Publication.AS_OF.col().desc(), Publication.REVISION.col().desc())
            .collectAsList()
            .stream()
            .flatMap(Published::of)
            .toList()
        : List.of();
  }

  private static Stream<Published> of(Row r) {
    Snapshot snapshot = Registry.snapshot(r);
    Instant at = r.<Timestamp>getAs(Publication.PUBLISHED_AT.name()).toInstant();
    Map<String, String> ids = r.getJavaMap(r.fieldIndex(Publication.SEGMENTATIONS.name()));
    return ids.entrySet().stream().map(e -> new Published(e.getKey(), e.getValue(), snapshot, at));
  }

  LocalDate asOf() {
    return snapshot.asOf();
  }

  /** Whether a decision is about what came after it. */
  boolean isBefore(Promotions.Decided d) {
    return d.asOf().isAfter(asOf()) || (d.asOf().equals(asOf()) && d.at().isAfter(at));
  }
}
