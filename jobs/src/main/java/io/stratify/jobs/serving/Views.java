package io.stratify.jobs.serving;

import io.stratify.common.io.Lake;
import io.stratify.common.tables.CustomerSegment;
import io.stratify.common.tables.Publication;
import io.stratify.common.tables.Segment;
import io.stratify.common.tables.SegmentChange;
import io.stratify.common.tables.SegmentDecision;
import io.stratify.common.tables.SegmentLineage;
import io.stratify.common.tables.SegmentMigration;
import io.stratify.common.tables.ShiftReason;
import io.stratify.common.tables.Slice;
import io.stratify.common.tables.TableSpec;
import io.stratify.common.tables.Tables;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The views that readers use: {@code current_*} follows the newest publication, {@code history_*}
 * holds every as-of date as it was published last.
 */
public final class Views {
  /** The newest publication: of the newest as-of date, the highest revision. */
  private static final String CURRENT =
      "SELECT as_of, revision FROM delta.`%s` ORDER BY as_of DESC, revision DESC LIMIT 1";

  /** The highest revision of every as-of date. */
  private static final String HISTORY =
      "SELECT as_of, max(revision) AS revision FROM delta.`%s` GROUP BY as_of";

  private Views() {}

  /**
   * One view.
   *
   * @param name its name
   * @param select the query behind it, for Spark SQL with Delta
   */
  public record View(String name, String select) {}

  /** The tables of which every published date can be asked for. */
  private static final Set<TableSpec> DATED =
      Set.of(
          CustomerSegment.TABLE,
          Segment.TABLE,
          SegmentDecision.TABLE,
          SegmentChange.TABLE,
          SegmentLineage.TABLE,
          ShiftReason.TABLE,
          SegmentMigration.TABLE);

  /** A view for every published table that has been written; none before the first publication. */
  public static List<View> current(Lake lake) {
    return views(lake, "current_", t -> true, CURRENT);
  }

  /** A view of all published dates for the tables on memberships. */
  public static List<View> history(Lake lake) {
    return views(lake, "history_", DATED::contains, HISTORY);
  }

  private static List<View> views(
      Lake lake, String prefix, Predicate<TableSpec> which, String publications) {
    if (!lake.exists(Publication.TABLE)) {
      return List.of();
    }
    return Tables.ALL.stream()
        .filter(t -> t.slice() == Slice.PUBLISHED && which.test(t) && lake.exists(t))
        .map(t -> new View(prefix + t.name(), select(lake, t, publications)))
        .toList();
  }

  /**
   * The publication comes first: engines open the tables of a query one after the other, and a
   * table that is opened later than the publication has the rows that it names.
   */
  private static String select(Lake lake, TableSpec table, String publications) {
    return String.format(
        Locale.ROOT,
        "SELECT t.* FROM ("
            + publications
            + ") p JOIN delta.`%s` t ON t.as_of = p.as_of AND t.revision = p.revision",
        lake.path(Publication.TABLE),
        lake.path(table));
  }
}
