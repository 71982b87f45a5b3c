package io.stratify.common.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Where raw data is read from.
 *
 * @param name name that inputs and queries use
 * @param format Spark format; empty where a table or a query says what is read
 * @param path file, folder or glob
 * @param table table of the catalog
 * @param query SQL query
 * @param options options of the Spark reader
 * @param origin where the configuration declares it
 */
public record SourceConfig(
    String name,
    String format,
    Optional<String> path,
    Optional<String> table,
    Optional<String> query,
    Map<String, String> options,
    String origin) {

  /** Checks that it is clear what is read. */
  public SourceConfig {
    options = Collections.unmodifiableMap(new TreeMap<>(options));
    String key = key(name);
    List<String> given = given(path, table, query);
    boolean inOptions = given.isEmpty() && namesTable(options);
    new Checks()
        .that(
            given.size() <= 1,
            key,
            key
                + " has "
                + String.join(" and ", given)
                + "; it must have exactly one of path, table and query")
        .that(
            !given.isEmpty() || inOptions,
            key,
            key + " has no path, table or query; it must have exactly one of them",
            key + ".path",
            key + ".table",
            key + ".query",
            key + ".options")
        .that(
            !format.isBlank() || !(given.contains("path") || inOptions),
            key,
            key + " has no format; it must name a Spark format such as csv, parquet, delta or jdbc",
            key + ".format")
        .that(
            format.isBlank()
                || given.contains("path")
                || given.isEmpty()
                || isDeltaTable(given, format),
            key + ".format",
            key
                + " has format "
                + format
                + " and "
                + String.join(" and ", given)
                + ", which is of the catalog or of SQL and has none; leave format out, or give"
                + " what it reads with path"
                + (format.equalsIgnoreCase("jdbc") ? "; of a database with options.dbtable" : ""))
        .all(SourceOptions.problems(key, format, given, options))
        .done();
  }

  /** The value of an option of the reader, whatever its case: Spark does not tell them apart. */
  public Optional<String> option(String option) {
    return SourceOptions.find(options, option);
  }

  /** Whether the types of columns are those of the values that are there when it is read. */
  public boolean infersTypes() {
    return format.equalsIgnoreCase("json")
        || option("inferSchema").map(Boolean::parseBoolean).orElse(false);
  }

  /** A text that may be shown: what it says of the secrets of this source is masked. */
  public String hide(String text) {
    List<String> secrets =
        options.entrySet().stream()
            .filter(o -> Secrets.isSecret(o.getKey()))
            .map(Map.Entry::getValue)
            .toList();
    return new Secrets(secrets).hide(text);
  }

  static String key(String name) {
    return "sources." + name;
  }

  static Key<String> format(String name) {
    return Key.text(
        key(name) + ".format", "the name of a Spark format such as csv, parquet, delta or jdbc");
  }

  static Key<Optional<String>> path(String name) {
    return Key.optionalText(key(name) + ".path");
  }

  static Key<Optional<String>> table(String name) {
    return Key.optionalText(key(name) + ".table");
  }

  static Key<Optional<String>> query(String name) {
    return Key.optionalText(key(name) + ".query");
  }

  /** Shows no secret: records end up in logs. */
  @Override
  public String toString() {
    Map<String, String> masked = new TreeMap<>(options);
    masked.replaceAll(Secrets::mask);
    return "SourceConfig[name=%s, format=%s, path=%s, table=%s, query=%s, options=%s, origin=%s]"
        .formatted(
            name, format, path.map(Secrets::mask), table, query.map(Secrets::mask), masked, origin);
  }

  private static List<String> given(
      Optional<String> path, Optional<String> table, Optional<String> query) {
    List<String> given = new ArrayList<>();
    path.ifPresent(p -> given.add("path"));
    table.ifPresent(t -> given.add("table"));
    query.ifPresent(q -> given.add("query"));
    return given;
  }

  private static boolean isDeltaTable(List<String> given, String format) {
    return given.contains("table") && format.equalsIgnoreCase("delta");
  }

  /** Connectors such as jdbc take what to read as an option, whatever its case. */
  private static boolean namesTable(Map<String, String> options) {
    return options.keySet().stream()
        .map(option -> option.toLowerCase(Locale.ROOT))
        .anyMatch(option -> option.equals("dbtable") || option.equals("query"));
  }
}
