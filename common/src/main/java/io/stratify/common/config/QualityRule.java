package io.stratify.common.config;

import io.stratify.common.tables.TableSpec;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.apache.spark.sql.types.NumericType;

/**
 * One quality rule of an input.
 *
 * @param kind what it looks at
 * @param action what follows when it is broken
 * @param columns canonical columns it looks at
 * @param values the allowed values of {@link RuleKind#IN_SET}
 * @param min the least value or ratio
 * @param max the greatest value, ratio or share
 * @param text the pattern, the condition, or the other input, as the kind needs it
 * @param days greatest age of the newest row
 * @param origin where it is written
 */
public record QualityRule(
    RuleKind kind,
    RuleAction action,
    List<String> columns,
    List<String> values,
    Optional<Double> min,
    Optional<Double> max,
    Optional<String> text,
    Optional<Integer> days,
    String origin) {
  static final String PATH = "inputs.*.rules[]";
  static final Key<RuleKind> RULE =
      new Key<>(
          PATH + ".rule",
          "one of "
              + String.join(", ", List.of(RuleKind.values()).stream().map(RuleKind::key).toList()),
          value ->
              Values.text(value)
                  .flatMap(
                      t ->
                          List.of(RuleKind.values()).stream()
                              .filter(k -> k.key().equals(t))
                              .findFirst()),
          kind -> true);
  static final Key<RuleAction> ACTION = Key.oneOf(PATH + ".action", RuleAction.class);
  static final Key<List<String>> COLUMNS = texts(PATH + ".columns", "a list of columns");
  static final Key<String> COLUMN = Key.text(PATH + ".column", "a column");
  static final Key<List<String>> VALUES = texts(PATH + ".values", "a list of different values");
  static final Key<Double> MIN = number(PATH + ".min");
  static final Key<Double> MAX = number(PATH + ".max");
  static final Key<String> PATTERN = Key.text(PATH + ".pattern", "a regular expression");
  static final Key<String> SQL = Key.text(PATH + ".sql", "a SQL condition");
  static final Key<String> INPUT = Key.text(PATH + ".input", "the name of an input");
  static final Key<Integer> DAYS = Key.wholeNumber(PATH + ".days", 0);

  /** Of two ways to say the same, one would be passed over. */
  static final ConfigProblem BOTH =
      new ConfigProblem(PATH + ".column", PATH + ".column is beside columns; give one of both");

  /** Checks that the kind has what it needs. */
  public QualityRule {
    columns = List.copyOf(columns);
    values = List.copyOf(values);
    Checks checks = new Checks();
    needs(checks, kind, needsColumn(kind), !columns.isEmpty(), "column");
    needs(checks, kind, kind == RuleKind.IN_SET, !values.isEmpty(), "values");
    boolean said = text.filter(t -> !t.isBlank()).isPresent();
    needs(checks, kind, kind == RuleKind.MATCHES, said, "pattern");
    needs(checks, kind, kind == RuleKind.HOLDS, said, "sql");
    needs(checks, kind, kind == RuleKind.REFERENCES, said, "input");
    needs(checks, kind, kind == RuleKind.FRESHNESS, days.isPresent(), "days");
    needs(checks, kind, kind == RuleKind.NULL_SHARE, max.isPresent(), "max");
    needs(
        checks,
        kind,
        kind == RuleKind.RANGE || kind == RuleKind.VOLUME,
        min.isPresent() || max.isPresent(),
        "min or max");
    checks.that(
        kind.ofRows() || action != RuleAction.QUARANTINE,
        PATH + ".action",
        PATH
            + ".action is quarantine; "
            + kind.key()
            + " looks at the whole input, so it must be"
            + " warn or fail");
    checks.that(
        min.isEmpty() || max.isEmpty() || min.get() <= max.get(),
        PATH + ".min",
        PATH + ".min is above max; it must be at most max");
    checks.that(
        columns.size() <= 1 || kind == RuleKind.NOT_NULL || kind == RuleKind.UNIQUE,
        PATH + ".columns",
        PATH
            + ".columns has "
            + columns.size()
            + "; rule "
            + kind.key()
            + " looks at one, so it must be a rule for each");
    days.ifPresent(value -> checks.check(DAYS, value));
    checkBound(checks, kind, MIN, min);
    checkBound(checks, kind, MAX, max);
    checks.that(
        kind != RuleKind.NULL_SHARE || max.isEmpty() || (max.get() >= 0 && max.get() < 1),
        PATH + ".max",
        PATH
            + ".max is "
            + max.map(Values::show).orElse("")
            + "; it must be a share from 0 to below 1");
    if (kind == RuleKind.MATCHES && text.isPresent()) {
      checks.that(
          compiles(text.get()), PATH + ".pattern", PATH + ".pattern is no regular expression");
    }
    checks.done();
  }

  /** Values that a column of numbers cannot have. */
  List<ConfigProblem> noNumbers(TableSpec table) {
    boolean numbers =
        kind == RuleKind.IN_SET
            && columns.stream()
                .flatMap(c -> table.column(c).stream())
                .anyMatch(c -> c.type() instanceof NumericType);
    return values.stream()
        .filter(v -> numbers && !isNumber(v))
        .map(
            v ->
                new ConfigProblem(
                    PATH + ".values",
                    String.format(
                        "inputs.%s.rules (%s): values have %s; %s is a column of numbers",
                        table, origin, Values.show(v), String.join(", ", columns))))
        .toList();
  }

  private static boolean isNumber(String text) {
    try {
      new BigDecimal(text.trim());
      return true;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  /** Columns that are none of the table. */
  List<ConfigProblem> unknownColumns(TableSpec table) {
    return columns.stream()
        .filter(c -> table.column(c).isEmpty())
        .map(
            c ->
                new ConfigProblem(
                    PATH + ".column",
                    String.format(
                        "inputs.%s.rules (%s): column is %s, which is no column of %s",
                        table, origin, Values.show(c), table)))
        .toList();
  }

  /**
   * Columns that have no values: no row would break the rule.
   *
   * @param filled columns that have some
   */
  List<ConfigProblem> unmappedColumns(TableSpec table, Set<String> filled) {
    boolean passesNulls = kind.ofRows() && kind != RuleKind.HOLDS && kind != RuleKind.NOT_NULL;
    return columns.stream()
        .filter(c -> passesNulls && table.column(c).isPresent() && !filled.contains(c))
        .map(
            c ->
                new ConfigProblem(
                    PATH + ".column",
                    String.format(
                        "inputs.%s.rules (%s): rule %s looks at %s, which is not mapped",
                        table, origin, kind.key(), c),
                    List.of(InputConfig.key(table.name()) + ".columns")))
        .toList();
  }

  /** The rule in words, as quarantine and data_quality have it. */
  public String words() {
    String named = String.join(", ", columns);
    return switch (kind) {
      case NOT_NULL -> named + " is missing";
      case UNIQUE -> named + " is not unique";
      case IN_SET -> named + " is not one of " + String.join(", ", values);
      case RANGE -> named + " is not " + bounds();
      case MATCHES -> named + " does not match " + text.orElseThrow();
      case REFERENCES -> named + " is not in " + text.orElseThrow();
      case HOLDS -> "does not hold: " + text.orElseThrow();
      case FRESHNESS -> "newest row is older than " + days.orElseThrow() + " days";
      case VOLUME -> "rows against the as-of date before are not " + bounds();
      case NULL_SHARE ->
          "share of " + named + " missing is above " + Values.show(max.orElseThrow());
    };
  }

  private String bounds() {
    if (min.isPresent() && max.isPresent()) {
      return "from " + Values.show(min.get()) + " to " + Values.show(max.get());
    }
    return min.map(v -> "at least " + Values.show(v))
        .orElseGet(() -> "at most " + Values.show(max.orElseThrow()));
  }

  /**
   * What is said of keys that a kind of rule passes over.
   *
   * @param given whether a key is there
   */
  static List<ConfigProblem> foreign(RuleKind kind, Predicate<String> given) {
    Map<String, Boolean> used = new LinkedHashMap<>();
    used.put("column", needsColumn(kind));
    used.put("columns", needsColumn(kind));
    used.put("values", kind == RuleKind.IN_SET);
    used.put("min", kind == RuleKind.RANGE || kind == RuleKind.VOLUME);
    used.put("max", used.get("min") || kind == RuleKind.NULL_SHARE);
    used.put("pattern", kind == RuleKind.MATCHES);
    used.put("sql", kind == RuleKind.HOLDS);
    used.put("input", kind == RuleKind.REFERENCES);
    used.put("days", kind == RuleKind.FRESHNESS);
    return used.keySet().stream()
        .filter(key -> !used.get(key) && given.test(key))
        .map(key -> PATH + "." + key)
        .map(
            path ->
                new ConfigProblem(
                    path, path + " is of no use; rule " + kind.key() + " does not look at it"))
        .toList();
  }

  private static boolean needsColumn(RuleKind kind) {
    return (kind.ofRows() && kind != RuleKind.HOLDS) || kind == RuleKind.NULL_SHARE;
  }

  private static void needs(
      Checks checks, RuleKind kind, boolean needed, boolean there, String key) {
    checks.that(
        !needed || there,
        PATH,
        String.format(Locale.ROOT, "%s has no %s; rule %s needs it", PATH, key, kind.key()),
        PATH + "." + key);
  }

  /** No number of rows is below 0; a share is checked as such. */
  private static void checkBound(
      Checks checks, RuleKind kind, Key<Double> key, Optional<Double> bound) {
    Key<Double> valid = kind == RuleKind.VOLUME ? Key.notNegative(key.path()) : key;
    bound.filter(b -> kind != RuleKind.NULL_SHARE).ifPresent(b -> checks.check(valid, b));
  }

  private static boolean compiles(String pattern) {
    try {
      Pattern.compile(pattern);
      return true;
    } catch (PatternSyntaxException e) {
      return false;
    }
  }

  private static Key<List<String>> texts(String path, String must) {
    return Key.list(path, must, Values::text, t -> true);
  }

  private static Key<Double> number(String path) {
    return new Key<>(path, "a finite number", Values::number, Double::isFinite);
  }
}
