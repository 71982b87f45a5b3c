package io.stratify.jobs.history;

import io.stratify.common.io.Growth;
import io.stratify.common.io.Lake;
import io.stratify.common.tables.OrderLines;
import io.stratify.common.tables.Products;
import io.stratify.common.tables.TableSpec;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The conformed tables with facts in the states in which they are read.
 *
 * @param lake the tables
 * @param states by table, as {@link Growth#state} has them
 */
record Sources(Lake lake, Map<TableSpec, String> states) {
  /** The tables as they are now. */
  static Sources now(Lake lake) {
    Map<TableSpec, String> states = new LinkedHashMap<>();
    Facts.TABLES.forEach(t -> states.put(t, new Growth(lake, t).state()));
    return new Sources(lake, states);
  }

  /** The states in one text, to be remembered with the number of days of their facts. */
  String text(int days) {
    return days
        + states.entrySet().stream()
            .map(e -> " " + e.getKey() + "=" + e.getValue())
            .collect(Collectors.joining());
  }

  /** The rows of all tables; none of those that are absent. */
  Map<TableSpec, Dataset<Row>> all() {
    Map<TableSpec, Dataset<Row>> tables = new HashMap<>();
    states.forEach((table, state) -> tables.put(table, rows(table, state)));
    return tables;
  }

  private Dataset<Row> rows(TableSpec table, String state) {
    return lake.exists(table)
        ? new Growth(lake, table).read(state)
        : lake.spark().createDataFrame(List.of(), table.schema());
  }

  /**
   * The rows that were added since other states, where nothing else has happened since; all
   * products, by which new lines are costed.
   *
   * @param remembered a text of the states
   */
  Optional<Map<TableSpec, Dataset<Row>>> added(String remembered) {
    Map<String, String> before = new HashMap<>();
    for (String word : remembered.split(" ", -1)) {
      int at = word.indexOf('=');
      before.put(word.substring(0, Math.max(0, at)), word.substring(at + 1));
    }
    Map<TableSpec, Dataset<Row>> added = new HashMap<>();
    for (Map.Entry<TableSpec, String> e : states.entrySet()) {
      String state = before.get(e.getKey().name());
      Optional<Dataset<Row>> rows =
          state == null ? Optional.empty() : added(e.getKey(), state, e.getValue());
      if (rows.isEmpty()) {
        return Optional.empty();
      }
      added.put(e.getKey(), rows.get());
    }
    return Optional.of(added);
  }

  private Optional<Dataset<Row>> added(TableSpec table, String before, String now) {
    if (table.equals(Products.TABLE)) {
      // Another cost of a product changes the facts of lines that are there already.
      boolean counts = lake.exists(OrderLines.TABLE) && lake.exists(table);
      boolean changed = !before.equals(now);
      return changed && counts ? Optional.empty() : Optional.of(rows(table, now));
    }
    return new Growth(lake, table).added(before, now);
  }
}
