package io.stratify.common.config;

import io.stratify.common.tables.ColumnSpec;
import io.stratify.common.tables.Consents;
import io.stratify.common.tables.InputSpec;
import io.stratify.common.tables.Inputs;
import io.stratify.common.tables.TableSpec;
import java.time.ZoneId;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which source feeds a canonical table, and how.
 *
 * @param table name of the canonical table
 * @param source name of the source
 * @param where row filter, applied before anything is counted
 * @param identity which rows are the same row
 * @param timeZone zone of timestamps that carry none; empty for that of all inputs
 * @param currency what gives the currency code of a row; empty where money is in the base currency
 * @param rules quality rules besides the built-in ones
 * @param rows rows written in the configuration in place of a source
 * @param columns one SQL expression per mapped canonical column
 * @param origin where the configuration declares it
 */
public record InputConfig(
    String table,
    String source,
    Optional<SqlExpression> where,
    RowIdentity identity,
    Optional<ZoneId> timeZone,
    Optional<SqlExpression> currency,
    List<QualityRule> rules,
    List<Map<String, String>> rows,
    Map<String, SqlExpression> columns,
    String origin) {
  /** The name that stands for the source of rows written in the configuration. */
  public static final String CONFIGURATION = "configuration";

  /** Checks the mapping against the declaration of the table. */
  public InputConfig {
    rules = List.copyOf(rules);
    rows = List.copyOf(rows);
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
      checkIdentity(spec.get(), identity, columns, checks);
      checkCurrency(spec.get(), currency, columns, checks);
      rules.forEach(r -> checks.all(r.unknownColumns(spec.get())));
      Set<String> filled = filled(spec.get(), columns);
      rules.forEach(r -> checks.all(r.unmappedColumns(spec.get(), filled)));
      rules.forEach(r -> checks.all(r.noNumbers(spec.get())));
      checkFreshness(spec.get(), rules, columns, checks);
      checkTwins(spec.get(), rules, checks);
    } else {
      List<String> tables = Inputs.ALL.stream().map(TableSpec::name).toList();
      checks.that(false, key, key + " is no input; inputs are " + String.join(", ", tables));
    }
    checks.done();
  }

  /** Whether an expression gives a column. */
  public boolean maps(ColumnSpec column) {
    return columns.containsKey(column.name());
  }

  static String key(String table) {
    return "inputs." + table;
  }

  static Key<String> source(String table) {
    return Key.text(key(table) + ".source", "the name of a source");
  }

  static Key<String> where(String table) {
    return Key.text(key(table) + ".where", "a SQL condition");
  }

  /** A mapping without rules of its own. */
  public static InputConfig plain(
      String table,
      String source,
      Optional<SqlExpression> where,
      Deduplicate deduplicate,
      Map<String, SqlExpression> columns,
      String origin) {
    return new InputConfig(
        table,
        source,
        where,
        new RowIdentity(deduplicate, List.of(), Optional.empty()),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        List.of(),
        columns,
        origin);
  }

  static Key<List<String>> rowKey(String table) {
    return Key.list(key(table) + ".key", "a list of different columns", Values::text, t -> true);
  }

  static Key<String> latestBy(String table) {
    return Key.text(key(table) + ".latest-by", "a SQL expression");
  }

  static Key<ZoneId> timeZone(String table) {
    return Key.zone(key(table) + ".time-zone");
  }

  static Key<String> currency(String table) {
    return Key.text(key(table) + ".currency", "a SQL expression that gives a currency code");
  }

  static Key<Deduplicate> deduplicate(String table) {
    return Key.oneOf(key(table) + ".deduplicate", Deduplicate.class);
  }

  static Key<String> column(String table, String column) {
    return Key.sql(key(table) + ".columns." + column, "a SQL expression");
  }

  /** The columns that have values, from the mapping or from other inputs. */
  private static Set<String> filled(TableSpec spec, Map<String, SqlExpression> columns) {
    Set<String> filled = new HashSet<>(columns.keySet());
    Stream.concat(Inputs.derived(spec).stream(), Inputs.filledIn(spec).stream())
        .forEach(column -> filled.add(column.name()));
    return filled;
  }

  private static void checkCurrency(
      TableSpec spec,
      Optional<SqlExpression> currency,
      Map<String, SqlExpression> columns,
      Checks checks) {
    List<String> money =
        Inputs.money(spec).stream()
            .filter(c -> !Inputs.derived(spec).contains(c))
            .map(ColumnSpec::name)
            .toList();
    String key = currency(spec.name()).path();
    checks.that(
        currency.isEmpty() || money.stream().anyMatch(columns::containsKey),
        key,
        key
            + " is of no use; "
            + (money.isEmpty()
                ? spec + " has no money"
                : "none of " + String.join(", ", money) + " is mapped"),
        key(spec.name()) + ".columns");
  }

  private static void checkIdentity(
      TableSpec spec, RowIdentity identity, Map<String, SqlExpression> columns, Checks checks) {
    String key = key(spec.name());
    for (String column : identity.key()) {
      checks.that(
          spec.column(column).isEmpty() || columns.containsKey(column),
          key + ".key",
          key + ".key names " + column + ", which is not mapped; a row needs a key of its own",
          key + ".columns");
      checks.that(
          spec.column(column).isPresent(),
          key + ".key",
          key + ".key names " + column + ", which is no column of " + spec.name());
    }
    InputSpec input = Inputs.spec(spec);
    if (input.lookedUp()) {
      checks.all(identity.sharing(spec.name(), input.key(), "other tables find their row"));
    }
    checks.that(
        !spec.equals(Consents.TABLE)
            || identity.key().isEmpty()
            || identity.key().contains(Consents.DECIDED_AT.name()),
        key + ".key",
        key
            + ".key has no decided_at; it must, since every decision counts up to the next one and"
            + " a later one would take those before it away");
    boolean latest = identity.deduplicate() == Deduplicate.LATEST;
    checks.that(
        !latest || identity.latestBy().isPresent() || input.time().isPresent(),
        key + ".latest-by",
        key
            + ".latest-by is missing; deduplicate = latest needs it, since "
            + spec.name()
            + " has no time of its own");
    checks.that(
        latest || identity.latestBy().isEmpty(),
        key + ".latest-by",
        key + ".latest-by is of no use; it needs deduplicate = latest");
  }

  /** Rules with equal words would share one row of {@code data_quality}. */
  private static void checkTwins(TableSpec spec, List<QualityRule> rules, Checks checks) {
    Map<String, String> origins = new HashMap<>();
    for (QualityRule rule : rules) {
      String first = origins.putIfAbsent(rule.words(), rule.origin());
      checks.that(
          first == null,
          QualityRule.PATH + ".rule",
          String.format(
              "%s.rules (%s): the rule \"%s\" is that of %s; give one of both",
              key(spec.name()), rule.origin(), rule.words(), first));
    }
  }

  private static void checkFreshness(
      TableSpec spec, List<QualityRule> rules, Map<String, SqlExpression> columns, Checks checks) {
    Optional<String> time = Inputs.spec(spec).occurredAt().map(ColumnSpec::name);
    for (QualityRule rule : rules) {
      checks.that(
          rule.kind() != RuleKind.FRESHNESS || time.filter(columns::containsKey).isPresent(),
          QualityRule.PATH + ".rule",
          String.format(
              "%s.rules (%s): rule freshness needs a time, and %s",
              key(spec.name()),
              rule.origin(),
              time.map(t -> t + " is not mapped").orElse(spec + " has none")));
    }
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
