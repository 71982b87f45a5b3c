package io.stratify.jobs.validation;

import io.stratify.common.tables.SegmentNames;
import io.stratify.common.tables.SegmentationTable;
import io.stratify.jobs.segments.SegmentInfo;
import io.stratify.jobs.segments.Segmentation;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.sql.Row;

/** The segments that people pinned: a refit that lost one of them is not published. */
final class Pins {
  private Pins() {}

  /**
   * The pinned segments of the champions, by lens. A pin on anything else pins nothing; membership
   * says so.
   *
   * @param segmentations rows of the registry
   * @param segmentNames rows of {@code segment_names}
   */
  static Map<String, Set<String>> of(List<Row> segmentations, List<Row> segmentNames) {
    Map<String, Set<String>> pinned = new TreeMap<>();
    for (Row row : segmentations) {
      if (Segmentation.CHAMPION.equals(SegmentationTable.STATUS.text(row))) {
        Segmentation champion = Segmentation.fromRow(row);
        champion.segments().stream()
            .map(SegmentInfo::id)
            .filter(id -> segmentNames.stream().anyMatch(n -> pins(n, champion.lens(), id)))
            .forEach(id -> pinned.computeIfAbsent(champion.lens(), l -> new TreeSet<>()).add(id));
      }
    }
    return pinned;
  }

  private static boolean pins(Row names, String lens, String id) {
    String named = SegmentNames.SEGMENT_ID.text(names);
    boolean givenUp =
        SegmentNames.MERGE_INTO.text(names) != null
            || Boolean.TRUE.equals(names.getAs(SegmentNames.RETIRED.name()));
    return Boolean.TRUE.equals(names.getAs(SegmentNames.PINNED.name()))
        && !givenUp
        && SegmentNames.LENS.text(names).equals(lens)
        && (id.equals(named) || id.equals(lens + "." + named));
  }
}
