package io.stratify.jobs.conform;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.isnan;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import io.stratify.common.config.QualityRule;
import io.stratify.common.config.RuleAction;
import io.stratify.common.config.RuleKind;
import io.stratify.common.io.SourceReader;
import io.stratify.common.tables.ColumnSpec;
import io.stratify.common.tables.TableSpec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.analysis.UnresolvedAttribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.UnresolvedNamedLambdaVariable;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NumericType;
import scala.collection.JavaConverters;

/**
 * The quality rules of an input that the configuration adds. Each rule on rows is one bit of {@link
 * Mapping#FAILED}, so that all of them are counted in the pass that counts the rows; a rule is
 * counted for every row that fails it, whatever else the row breaks.
 */
final class Quality {
  /** Bits of a long. */
  static final int MOST_ROW_RULES = 62;

  private static final String PEERS = "_peers";
  private static final String NAMED = "_named";

  private final TableSpec table;
  private final List<QualityRule> rules;
  private final Set<String> filledLater;

  /** Of an input whose columns are all known as soon as it is mapped. */
  Quality(TableSpec table, List<QualityRule> rules) {
    this(table, rules, Set.of());
  }

  /**
   * Of an input.
   *
   * @param filledLater columns that have their values from other inputs, or are changed by them
   */
  Quality(TableSpec table, List<QualityRule> rules, Set<String> filledLater) {
    this.table = table;
    this.rules = rules;
    this.filledLater = filledLater;
  }

  /** The rules that single rows pass or fail, in the order of their bits. */
  List<QualityRule> rowRules() {
    return rules.stream().filter(r -> r.kind().ofRows()).toList();
  }

  /** The rules on the input as a whole. */
  List<QualityRule> inputRules() {
    return rules.stream().filter(r -> !r.kind().ofRows()).toList();
  }

  /** One sentence for each rule that cannot be decided over the mapped rows. */
  List<String> problems(Dataset<Row> rows) {
    List<String> problems = new ArrayList<>();
    if (rowRules().size() > MOST_ROW_RULES) {
      problems.add(
          String.format(
              Locale.ROOT,
              "%s: inputs.%s has %d rules on rows; it may have %d",
              rules.get(0).origin(),
              table,
              rowRules().size(),
              MOST_ROW_RULES));
    }
    for (QualityRule rule : rowRules()) {
      if (isOfRowAlone(rule)) {
        try {
          rows.select(coalesce(fails(rule), lit(false))).schema();
          requireOneTime(rule).ifPresent(problems::add);
        } catch (Exception e) {
          problems.add(problem(rule, SourceReader.firstLine(e)));
        }
      }
    }
    return problems;
  }

  /** What is filled in later comes when the columns of the source are gone. */
  private Optional<String> requireOneTime(QualityRule rule) {
    return names(rule).contains(Mapping.SOURCE) && isLate(rule)
        ? Optional.of(
            problem(
                rule,
                "it names source, and what other inputs fill in: "
                    + String.join(", ", new TreeSet<>(filledLater))
                    + ". Make two rules of it"))
        : Optional.empty();
  }

  /** One sentence for each rule that names a column that has no values of its own. */
  List<String> naming(ColumnSpec column, String why) {
    return rules.stream()
        .filter(rule -> names(rule).contains(column.name()))
        .map(rule -> problem(rule, why))
        .toList();
  }

  private String problem(QualityRule rule, String why) {
    return String.format("%s: inputs.%s.rules: %s: %s", rule.origin(), table, rule.words(), why);
  }

  /** Marks what a row alone decides, but for rules about columns that are filled in later. */
  Dataset<Row> markRows(Dataset<Row> rows) {
    return rowRules().isEmpty()
        ? rows
        : markEach(rows.withColumn(Mapping.FAILED, lit(0L)), rule -> !isLate(rule));
  }

  /** Marks the others, once every column has its value. */
  Dataset<Row> markFilled(Dataset<Row> rows) {
    return markEach(rows, this::isLate);
  }

  private Dataset<Row> markEach(Dataset<Row> rows, Predicate<QualityRule> chosen) {
    Dataset<Row> marked = rows;
    for (QualityRule rule : rowRules()) {
      if (isOfRowAlone(rule) && chosen.test(rule)) {
        marked = mark(marked, rule, fails(rule));
      }
    }
    return marked;
  }

  private static boolean isOfRowAlone(QualityRule rule) {
    return rule.kind() != RuleKind.UNIQUE && rule.kind() != RuleKind.REFERENCES;
  }

  private boolean isLate(QualityRule rule) {
    return !Collections.disjoint(names(rule), filledLater);
  }

  /** The columns that a rule names. */
  private static Set<String> names(QualityRule rule) {
    if (rule.kind() != RuleKind.HOLDS) {
      return Set.copyOf(rule.columns());
    }
    Expression parsed = expr(rule.text().orElseThrow()).expr();
    return JavaConverters.seqAsJavaList(parsed.collectLeaves()).stream()
        .flatMap(leaf -> name(leaf).stream())
        .map(name -> name.toLowerCase(Locale.ROOT))
        .collect(Collectors.toSet());
  }

  /** In a lambda the parser takes every name for one of its own. */
  private static Optional<String> name(Expression leaf) {
    return leaf instanceof UnresolvedAttribute named
        ? Optional.of(named.nameParts().head())
        : leaf instanceof UnresolvedNamedLambdaVariable inner
            ? Optional.of(inner.nameParts().head())
            : Optional.empty();
  }

  /** Marks rows that share what should be unique: a shuffle by those columns. */
  Dataset<Row> markPeers(Dataset<Row> rows, boolean equalRowsAreMany) {
    Dataset<Row> marked = rows;
    for (QualityRule rule : rowRules()) {
      if (rule.kind() == RuleKind.UNIQUE) {
        Column complete = given(rule.columns());
        Column[] parts = rule.columns().stream().map(c -> col(c)).toArray(Column[]::new);
        // Rows without a value stay by themselves, or all of them would meet in one place.
        Column group =
            when(complete, concat(lit("k"), concat_ws("\u0000", parts)))
                .otherwise(col(Mapping.FINGERPRINT).cast("string"));
        WindowSpec peers = Window.partitionBy(group);
        Column fingerprint = col(Mapping.FINGERPRINT);
        // Equal rows are one row that came twice, but where each of them counts.
        Column many =
            equalRowsAreMany
                ? count(when(complete, lit(1))).over(peers).gt(1)
                : min(fingerprint).over(peers).notEqual(max(fingerprint).over(peers));
        marked = mark(marked.withColumn(PEERS, many), rule, complete.and(col(PEERS))).drop(PEERS);
      }
    }
    return marked;
  }

  /** Equal for rows that a rule of uniqueness holds against each other; null for those of none. */
  static Column hash(QualityRule unique) {
    Column[] parts = unique.columns().stream().map(c -> col(c)).toArray(Column[]::new);
    return when(given(unique.columns()), xxhash64(parts));
  }

  /** Marks rows that name no row of the other input. */
  Dataset<Row> markReferences(Dataset<Row> rows, QualityRule rule, Dataset<Row> ids) {
    Column value = col(rule.columns().get(0));
    Dataset<Row> known = ids.toDF(NAMED).where(col(NAMED).isNotNull()).distinct();
    return mark(
            rows.join(known, value.equalTo(col(NAMED)), "left"),
            rule,
            value.isNotNull().and(col(NAMED).isNull()))
        .drop(NAMED);
  }

  private Dataset<Row> mark(Dataset<Row> rows, QualityRule rule, Column fails) {
    long bit = 1L << rowRules().indexOf(rule);
    Column failed = coalesce(fails, lit(false));
    // The rule first: it looks at the columns, which the bits do not change.
    Dataset<Row> ruled =
        rule.action() == RuleAction.QUARANTINE
            ? Mapping.breaking(rows, failed, rule.words())
            : rows;
    return ruled.withColumn(
        Mapping.FAILED,
        when(failed, col(Mapping.FAILED).bitwiseOR(bit)).otherwise(col(Mapping.FAILED)));
  }

  private Column fails(QualityRule rule) {
    return switch (rule.kind()) {
      case NOT_NULL -> not(given(rule.columns()));
      case IN_SET -> not(isIn(rule));
      case RANGE -> outside(rule);
      case MATCHES -> not(first(rule).rlike("\\A(?:" + rule.text().orElseThrow() + ")\\z"));
      case HOLDS -> not(expr(rule.text().orElseThrow()));
      default -> throw new IllegalArgumentException(rule.kind() + " is not decided by a row alone");
    };
  }

  /** 9 is 9.0000, of numbers. */
  private Column isIn(QualityRule rule) {
    DataType type = table.column(rule.columns().get(0)).orElseThrow().type();
    return type instanceof NumericType
        ? first(rule)
            .isin(rule.values().stream().map(v -> lit(v).cast(type)).toArray(Object[]::new))
        : first(rule).cast(DataTypes.StringType).isin(rule.values().toArray());
  }

  private Column outside(QualityRule rule) {
    Column value = first(rule);
    Column below = rule.min().map(min -> value.lt(lit(min))).orElse(lit(false));
    Column above = rule.max().map(max -> value.gt(lit(max))).orElse(lit(false));
    boolean fraction =
        table.column(rule.columns().get(0)).orElseThrow().type().equals(DataTypes.DoubleType);
    // NaN is above everything in Spark's order, also where only a minimum is asked for.
    return fraction ? below.or(above).or(isnan(value)) : below.or(above);
  }

  private static Column first(QualityRule rule) {
    return col(rule.columns().get(0));
  }

  private static Column given(List<String> columns) {
    return columns.stream()
        .map(c -> col(c).isNotNull())
        .reduce(Column::and)
        .orElseThrow(() -> new IllegalArgumentException("a rule without columns"));
  }
}
