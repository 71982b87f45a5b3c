package io.stratify.jobs.runlog;

import io.stratify.common.io.CommitRow;
import io.stratify.common.io.Lake;
import io.stratify.common.tables.TableSpec;
import io.stratify.jobs.serving.TextTable;
import java.util.Locale;
import java.util.OptionalLong;

/** The commits of a table, for a terminal. */
public final class HistoryText {
  private HistoryText() {}

  /**
   * The commits of a table, the newest first, with the rows that each wrote and removed.
   *
   * @param last how many at most
   * @throws io.stratify.common.StratifyException if it has not been written
   */
  public static String of(Lake lake, TableSpec table, int last) {
    TextTable text =
        new TextTable(
            "version",
            "at (UTC)",
            "run",
            "job",
            "operation",
            "written",
            "removed",
            "as of",
            "configuration");
    for (CommitRow c : lake.history(table, last)) {
      text.row(
          c.version(),
          RunsText.time(c.at()),
          c.run(),
          c.job(),
          c.operation(),
          rows(c.written()),
          rows(c.removed()),
          c.snapshot(),
          c.config());
    }
    return text.toString();
  }

  private static String rows(OptionalLong rows) {
    return rows.isPresent() ? String.format(Locale.ROOT, "%,d", rows.getAsLong()) : "";
  }
}
