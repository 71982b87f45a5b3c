package io.stratify.common.config;

import io.stratify.common.tables.ColumnSpec;
import io.stratify.common.tables.Inputs;
import io.stratify.common.tables.TableSpec;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which source feeds a canonical table, and how.
 *
 * @param table name of the canonical table
 * @param source name of the source
 * @param where row filter, applied before anything is counted
 * @param deduplicate which rows count once
 * @param columns one SQL expression per mapped canonical column
 * @param origin where the configuration declares it
 */
public record InputConfig(
    String table,
    String source,
    Optional<String> where,
    Deduplicate deduplicate,
    Map<String, SqlExpression> columns,
    String origin) {

  /** Checks the mapping against the declaration of the table. */
  public InputConfig {
    columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
    String key = key(table);
    Checks checks = new Checks();
    checks.that(
        !source.isBlank(),
        key,
        key + " has no source; it must name one of the sources",
        key + ".source");
    Optional<TableSpec> spec = Inputs.find(table);
    if (spec.isPresent()) {
      checkColumns(spec.get(), columns, checks);
    } else {
      List<String> tables = Inputs.ALL.stream().map(TableSpec::name).toList();
      checks.that(false, key, key + " is no input; inputs are " + String.join(", ", tables));
    }
    checks.done();
  }

  static String key(String table) {
    return "inputs." + table;
  }

  static Key<String> source(String table) {
    return Key.text(key(table) + ".source", "the name of a source");
  }

  static Key<Optional<String>> where(String table) {
    return Key.optionalText(key(table) + ".where");
  }

  static Key<Deduplicate> deduplicate(String table) {
    return Key.oneOf(key(table) + ".deduplicate", Deduplicate.class);
  }

  static Key<String> column(String table, String column) {
    return new Key<>(
        key(table) + ".columns." + column,
        "a SQL expression",
        value -> Values.text(value).filter(sql -> !sql.isBlank()),
        sql -> true);
  }

  private static void checkColumns(
      TableSpec spec, Map<String, SqlExpression> columns, Checks checks) {
    String key = key(spec.name()) + ".columns";
    List<String> derived = Inputs.derived(spec).stream().map(ColumnSpec::name).toList();
    for (String column : columns.keySet()) {
      String columnKey = key + "." + column;
      checks.that(
          spec.column(column).isPresent(),
          columnKey,
          columnKey + " is no column of " + spec.name());
      checks.that(
          !derived.contains(column),
          columnKey,
          columnKey + " cannot be mapped; Stratify derives it from the other columns");
    }
    List<String> missing =
        Inputs.required(spec).stream()
            .map(ColumnSpec::name)
            .filter(column -> !columns.containsKey(column))
            .toList();
    checks.that(
        missing.isEmpty(),
        key,
        key + " does not map " + String.join(", ", missing) + "; every required column needs it");
  }
}
