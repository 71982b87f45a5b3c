package io.stratify.jobs.serving;

import io.stratify.common.io.Lake;
import io.stratify.common.tables.Publication;
import io.stratify.common.tables.Slice;
import io.stratify.common.tables.TableSpec;
import io.stratify.common.tables.Tables;
import java.util.List;
import java.util.Locale;

/** The views that readers use: {@code current_*} follows the newest publication. */
public final class Views {
  private Views() {}

  /**
   * One view.
   *
   * @param name its name
   * @param select the query behind it, for Spark SQL with Delta
   */
  public record View(String name, String select) {}

  /** A view for every published table that has been written; none before the first publication. */
  public static List<View> current(Lake lake) {
    if (!lake.exists(Publication.TABLE)) {
      return List.of();
    }
    return Tables.ALL.stream()
        .filter(t -> t.slice() == Slice.PUBLISHED && lake.exists(t))
        .map(t -> new View("current_" + t.name(), select(lake, t)))
        .toList();
  }

  /** The rows of the newest publication: of the newest as-of date, the highest revision. */
  private static String select(Lake lake, TableSpec table) {
    return String.format(
        Locale.ROOT,
        "SELECT t.* FROM delta.`%s` t JOIN (SELECT as_of, revision FROM delta.`%s` ORDER BY as_of"
            + " DESC, revision DESC LIMIT 1) p ON t.as_of = p.as_of AND t.revision = p.revision",
        lake.path(table),
        lake.path(Publication.TABLE));
  }
}
