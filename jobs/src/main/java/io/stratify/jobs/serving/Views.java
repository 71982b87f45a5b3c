package io.stratify.jobs.serving;

import io.stratify.common.io.Lake;
import io.stratify.common.io.Snapshot;
import io.stratify.common.spark.Names;
import io.stratify.common.tables.CustomerSegment;
import io.stratify.common.tables.Publication;
import io.stratify.common.tables.Segment;
import io.stratify.common.tables.SegmentChange;
import io.stratify.common.tables.SegmentDecision;
import io.stratify.common.tables.SegmentLineage;
import io.stratify.common.tables.SegmentMigration;
import io.stratify.common.tables.SegmentProposal;
import io.stratify.common.tables.SegmentationCandidate;
import io.stratify.common.tables.SegmentationValidation;
import io.stratify.common.tables.ShiftReason;
import io.stratify.common.tables.Slice;
import io.stratify.common.tables.TableSpec;
import io.stratify.common.tables.Tables;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The views that readers use: {@code current_*} follows the newest publication, {@code history_*}
 * holds every as-of date as it was published last.
 */
public final class Views {
  /**
   * The newest publication: of the newest as-of date, the highest revision. The condition holds for
   * all; Spark leaves other partitions of a table unread only where the other side of the join has
   * one.
   */
  private static final String CURRENT =
      "SELECT as_of, revision FROM %s WHERE revision > 0 ORDER BY as_of DESC, revision DESC LIMIT 1";

  /** The highest revision of every as-of date. */
  private static final String HISTORY =
      "SELECT as_of, max(revision) AS revision FROM %s GROUP BY as_of";

  private static final String CURRENT_NAMES = "current_";

  private Views() {}

  /**
   * One view.
   *
   * @param name its name
   * @param table whose columns it has
   * @param doc one sentence on what a row is
   * @param select the query behind it, for Spark SQL with Delta
   */
  public record View(String name, TableSpec table, String doc, String select) {
    /**
     * The rows, found the quickest way.
     *
     * @param current the newest publication
     */
    public Dataset<Row> rows(Lake lake, Snapshot current) {
      return name.startsWith(CURRENT_NAMES)
          ? lake.readSlice(table, current)
          : lake.spark().sql(select);
    }
  }

  /** The tables of which every published date can be asked for. */
  private static final Set<TableSpec> DATED =
      Set.of(
          CustomerSegment.TABLE,
          Segment.TABLE,
          SegmentDecision.TABLE,
          SegmentChange.TABLE,
          SegmentLineage.TABLE,
          ShiftReason.TABLE,
          SegmentMigration.TABLE,
          SegmentProposal.TABLE,
          SegmentationValidation.TABLE,
          SegmentationCandidate.TABLE);

  /** The views, on the folders of the tables; none before the first publication. */
  public static List<View> all(Lake lake) {
    return all(lake, t -> "delta." + Names.quoted(lake.path(t)));
  }

  /**
   * The views for every published table that has been written, and those of all published dates for
   * the tables on memberships and on fits; none before the first publication.
   *
   * @param reference what the query calls a table
   */
  public static List<View> all(Lake lake, Function<TableSpec, String> reference) {
    if (!lake.exists(Publication.TABLE)) {
      return List.of();
    }
    return of(Tables.ALL.stream().filter(lake::exists).toList(), reference);
  }

  /**
   * The same for some tables, whether they have been written or not.
   *
   * @param tables of which those that are published have views
   */
  static List<View> of(List<TableSpec> tables, Function<TableSpec, String> reference) {
    List<TableSpec> published = tables.stream().filter(t -> t.slice() == Slice.PUBLISHED).toList();
    List<View> views = new ArrayList<>();
    for (TableSpec t : published) {
      String doc = t.doc() + " Only of the newest publication.";
      views.add(new View(CURRENT_NAMES + t.name(), t, doc, select(t, CURRENT, reference)));
    }
    published.stream()
        .filter(DATED::contains)
        .forEach(
            t -> {
              String doc = t.doc() + " Every as-of date as it was published last.";
              views.add(new View("history_" + t.name(), t, doc, select(t, HISTORY, reference)));
            });
    return views;
  }

  /**
   * The publication comes first: engines open the tables of a query one after the other, and a
   * table that is opened later than the publication has the rows that it names.
   */
  private static String select(
      TableSpec table, String publications, Function<TableSpec, String> reference) {
    return String.format(
        Locale.ROOT,
        "SELECT t.* FROM ("
            + publications
            + ") p JOIN %s t ON t.as_of = p.as_of AND t.revision = p.revision",
        reference.apply(Publication.TABLE),
        reference.apply(table));
  }
}
