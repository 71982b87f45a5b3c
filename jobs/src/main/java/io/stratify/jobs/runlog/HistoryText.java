package io.stratify.jobs.runlog;

import io.stratify.common.io.CommitRow;
import io.stratify.common.io.Lake;
import io.stratify.common.tables.TableSpec;
import io.stratify.jobs.serving.TextTable;
import java.util.Locale;

/** The commits of a table, for a terminal. */
public final class HistoryText {
  private HistoryText() {}

  /**
   * The commits of a table, the newest first.
   *
   * @param last how many at most
   * @throws io.stratify.common.StratifyException if it has not been written
   */
  public static String of(Lake lake, TableSpec table, int last) {
    TextTable text =
        new TextTable(
            "version", "at (UTC)", "run", "job", "operation", "rows", "as of", "configuration");
    for (CommitRow c : lake.history(table, last)) {
      text.row(
          c.version(),
          RunsText.time(c.at()),
          c.run(),
          c.job(),
          c.operation(),
          c.rows().isPresent() ? String.format(Locale.ROOT, "%,d", c.rows().getAsLong()) : "",
          c.snapshot(),
          c.config());
    }
    return text.toString();
  }
}
