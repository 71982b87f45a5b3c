package io.stratify.jobs.segments;

import static org.apache.spark.sql.functions.expr;

import io.stratify.common.StratifyException;
import io.stratify.common.config.LensConfig;
import io.stratify.common.config.RulesConfig;
import io.stratify.common.io.SourceReader;
import io.stratify.common.tables.CustomerFeatures;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GetMapValue;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.SubqueryExpression;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import scala.collection.JavaConverters;

/** Judges the conditions of lenses before anybody is divided by them. */
final class RuleCheck {
  private static final String VARYING = "Current.*|Now|LocalTimestamp";

  private final SparkSession spark;
  private final Dataset<Row> nobody;

  RuleCheck(SparkSession spark) {
    this.spark = spark;
    this.nobody = spark.createDataFrame(List.of(), CustomerFeatures.TABLE.schema());
  }

  /**
   * What is known of the rules of a lens.
   *
   * @param columns columns of {@code customer_features} that they look at
   * @param proven whether it is proven that no two hold at once, and that one always does or
   *     another segment is named
   */
  record Checked(List<String> columns, boolean proven) {}

  /**
   * Checks the rules of all lenses.
   *
   * @return what is known of them, by lens
   * @throws StratifyException with all problems, each with its place and what to do
   */
  Map<String, Checked> require(List<RulesConfig> lenses) {
    Map<String, Checked> checked = new LinkedHashMap<>();
    List<String> problems = new ArrayList<>();
    lenses.forEach(lens -> checked.put(lens.name(), check(lens, problems)));
    if (!problems.isEmpty()) {
      throw new StratifyException(
          "Cannot divide customers by rules; nothing was written.%n%s",
          String.join(System.lineSeparator(), problems));
    }
    return checked;
  }

  private Checked check(RulesConfig lens, List<String> problems) {
    List<Expression> conditions = new ArrayList<>();
    int before = problems.size();
    for (RulesConfig.Rule rule : lens.rules()) {
      try {
        Expression condition = condition(rule.when().sql());
        conditions.add(condition);
        fault(condition).ifPresent(f -> problems.add(at(lens, rule) + f));
      } catch (Exception e) {
        if (!(e instanceof AnalysisException)) {
          throw e;
        }
        problems.add(at(lens, rule) + SourceReader.firstLine(e));
      }
    }
    if (problems.size() > before) {
      return new Checked(List.of(), false);
    }
    Set<String> columns = new TreeSet<>();
    conditions.forEach(c -> collect(c, columns));
    Optional<RuleGrid> grid = RuleGrid.of(conditions);
    if (grid.isPresent()) {
      grid.get().prove(spark, lens).forEach(p -> problems.add(at(lens) + p));
    } else if (lens.other().isEmpty()) {
      problems.add(
          at(lens)
              + "it cannot be proven that a rule holds for everybody, since they do more than"
              + " compare columns with constants. Give the segment of the rest a name: other ="
              + " \"Others\"");
    }
    return new Checked(List.copyOf(columns), grid.isPresent());
  }

  private Expression condition(String sql) {
    return ((Filter) nobody.where(expr(sql)).queryExecution().analyzed()).condition();
  }

  private static Optional<String> fault(Expression condition) {
    if (any(condition, e -> e instanceof SubqueryExpression)) {
      return Optional.of("it has a subquery. Use columns of customer_features only");
    }
    boolean varies =
        any(condition, e -> !e.deterministic() || e.getClass().getSimpleName().matches(VARYING));
    return varies
        ? Optional.of("it depends on the clock or on chance. Use columns of customer_features only")
        : Optional.empty();
  }

  private static boolean any(Expression e, Predicate<Expression> what) {
    return what.test(e)
        || JavaConverters.seqAsJavaList(e.children()).stream().anyMatch(c -> any(c, what));
  }

  private static void collect(Expression e, Set<String> columns) {
    if (e instanceof GetMapValue value
        && value.child() instanceof Attribute map
        && value.key() instanceof Literal key) {
      columns.add(CustomerFeatures.nameOf(map.name(), key.value().toString()));
      return;
    }
    if (e instanceof Attribute attribute) {
      columns.add(attribute.name());
    }
    JavaConverters.seqAsJavaList(e.children()).forEach(c -> collect(c, columns));
  }

  private static String at(RulesConfig lens, RulesConfig.Rule rule) {
    return rule.when().origin()
        + ": "
        + LensConfig.path(lens.name())
        + " rule "
        + rule.id()
        + ", "
        + rule.when().sql()
        + ": ";
  }

  private static String at(RulesConfig lens) {
    return lens.origin()
        + ": "
        + LensConfig.path(lens.name())
        + " ("
        + lens.rules().stream().map(RulesConfig.Rule::id).collect(Collectors.joining(", "))
        + "): ";
  }
}
