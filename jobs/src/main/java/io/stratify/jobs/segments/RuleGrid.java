package io.stratify.jobs.segments;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;

import io.stratify.common.config.RulesConfig;
import io.stratify.common.tables.CustomerFeatures;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.types.StructType;

/**
 * The finite grid of conditions that only compare columns with constants. Between two constants
 * next to each other a column makes no difference to any condition, so that the constants, one
 * value between any two, one beyond each end and null stand for all values. What holds for every
 * cell of their product holds for every customer.
 *
 * @param axes the values of each column that stand for all
 */
record RuleGrid(Map<String, List<Object>> axes) {
  /** More cells than that are not enumerated. */
  private static final long MOST_CELLS = 20_000;

  /** The grid of conditions; none where they do more than compare, or where it is too large. */
  static Optional<RuleGrid> of(List<Expression> conditions) {
    Map<String, RuleAxis> axes = new TreeMap<>();
    for (Expression condition : conditions) {
      if (!Comparisons.collect(condition, axes)) {
        return Optional.empty();
      }
    }
    Map<String, List<Object>> values = new LinkedHashMap<>();
    axes.forEach((column, axis) -> values.put(column, axis.values()));
    double cells = values.values().stream().mapToDouble(List::size).reduce(1, (a, b) -> a * b);
    return cells > MOST_CELLS ? Optional.empty() : Optional.of(new RuleGrid(values));
  }

  /** What speaks against the rules; nothing where they are disjoint, total and all of use. */
  List<String> prove(SparkSession spark, RulesConfig lens) {
    List<Object[]> cells = cells();
    List<Row> held = evaluate(spark, lens, cells);
    List<String> problems = new ArrayList<>();
    problems.addAll(overlaps(lens, cells, held));
    problems.addAll(never(lens, held));
    if (lens.other().isEmpty()) {
      problems.addAll(uncovered(cells, held));
    }
    return problems;
  }

  private List<Object[]> cells() {
    List<Object[]> cells = new ArrayList<>();
    cells.add(new Object[0]);
    for (List<Object> values : axes.values()) {
      List<Object[]> longer = new ArrayList<>();
      for (Object[] cell : cells) {
        for (Object value : values) {
          Object[] more = Arrays.copyOf(cell, cell.length + 1);
          more[cell.length] = value;
          longer.add(more);
        }
      }
      cells = longer;
    }
    return cells;
  }

  private List<Row> evaluate(SparkSession spark, RulesConfig lens, List<Object[]> cells) {
    StructType schema = new StructType();
    for (String column : axes.keySet()) {
      schema = schema.add(column, CustomerFeatures.TABLE.column(column).orElseThrow().type());
    }
    return spark
        .createDataFrame(cells.stream().map(RowFactory::create).toList(), schema)
        .select(
            lens.rules().stream()
                .map(r -> coalesce(expr(r.when().sql()), lit(false)).as(r.id()))
                .toArray(Column[]::new))
        .collectAsList();
  }

  private static List<Integer> holding(Row row) {
    return IntStream.range(0, row.size()).filter(row::getBoolean).boxed().toList();
  }

  private List<String> overlaps(RulesConfig lens, List<Object[]> cells, List<Row> held) {
    Map<String, String> first = new LinkedHashMap<>();
    for (int i = 0; i < cells.size(); i++) {
      List<Integer> rules = holding(held.get(i));
      if (rules.size() > 1) {
        String names =
            rules.stream().map(r -> lens.rules().get(r).id()).collect(Collectors.joining(" and "));
        first.putIfAbsent(names, describe(cells.get(i)));
      }
    }
    return first.entrySet().stream()
        .map(
            e ->
                "rules "
                    + e.getKey()
                    + " overlap: both hold where "
                    + e.getValue()
                    + ". Make one of them narrower")
        .toList();
  }

  private static List<String> never(RulesConfig lens, List<Row> held) {
    return IntStream.range(0, lens.rules().size())
        .filter(r -> held.stream().noneMatch(row -> row.getBoolean(r)))
        .mapToObj(
            r ->
                "rule "
                    + lens.rules().get(r).id()
                    + " never holds: "
                    + lens.rules().get(r).when().sql()
                    + ". Correct or remove it")
        .toList();
  }

  private List<String> uncovered(List<Object[]> cells, List<Row> held) {
    List<Object[]> open =
        IntStream.range(0, cells.size())
            .filter(i -> holding(held.get(i)).isEmpty())
            .mapToObj(cells::get)
            .toList();
    return open.isEmpty()
        ? List.of()
        : List.of(
            String.format(
                Locale.ROOT,
                "no rule holds where %s (%d of %d kinds of customers). Add rules, or give the"
                    + " segment of the rest a name: other = \"Others\"",
                describe(open.get(0)),
                open.size(),
                cells.size()));
  }

  private String describe(Object[] cell) {
    List<String> columns = List.copyOf(axes.keySet());
    return IntStream.range(0, cell.length)
        .mapToObj(
            i ->
                cell[i] == null
                    ? columns.get(i) + " is null"
                    : columns.get(i)
                        + " = "
                        + (cell[i].equals(RuleAxis.ANY_OTHER)
                            ? "any other text"
                            : String.valueOf(cell[i])))
        .collect(Collectors.joining(", "));
  }
}
