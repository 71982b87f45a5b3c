package io.stratify.jobs.conform;

import static org.apache.spark.sql.functions.expr;

import io.stratify.common.config.InputConfig;
import io.stratify.common.config.SqlExpression;
import io.stratify.common.io.SourceReader;
import io.stratify.common.spark.Names;
import io.stratify.common.tables.ColumnSpec;
import io.stratify.common.tables.TableSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;

/**
 * Which expressions of an input do not work on its source: each with file and line, what was
 * expected and what was found.
 */
record MappingProblems(TableSpec table, InputConfig input, Dataset<Row> source) {

  /** One sentence for each expression that does not work, in the order of the columns. */
  List<String> all() {
    List<String> problems = new ArrayList<>();
    input.where().ifPresent(w -> checkFilter(w, problems));
    input.identity().latestBy().ifPresent(e -> check("latest-by", e, problems));
    input.currency().ifPresent(e -> check("currency", e, problems));
    for (ColumnSpec column : table.columns()) {
      SqlExpression mapped = input.columns().get(column.name());
      if (mapped != null) {
        problem(column, mapped).ifPresent(problems::add);
      }
    }
    return problems;
  }

  private void checkFilter(SqlExpression where, List<String> problems) {
    int before = problems.size();
    check("where", where, problems);
    if (problems.size() == before && !isFilter(where)) {
      problems.add(
          String.format(
              "%s: inputs.%s.where: %s is no condition. Compare it with something",
              where.origin(), table, where.sql()));
    }
  }

  private boolean isFilter(SqlExpression where) {
    return source.select(expr(where.sql())).schema().fields()[0].dataType() instanceof BooleanType;
  }

  private void check(String key, SqlExpression expression, List<String> problems) {
    analyse(expression.sql())
        .ifPresent(
            p ->
                problems.add(
                    String.format("%s: inputs.%s.%s: %s", expression.origin(), table, key, p)));
  }

  private Optional<String> problem(ColumnSpec column, SqlExpression mapped) {
    String name = mapped.origin() + ": " + table + "." + column;
    Optional<String> broken = analyse(mapped.sql());
    if (broken.isPresent()) {
      return broken.map(p -> name + " = " + mapped.sql() + ": " + p);
    }
    if (namesNothing(mapped.sql())) {
      return Optional.of(name + " = " + mapped.sql() + ": there is no such column." + columnsOf());
    }
    DataType found = source.select(expr(mapped.sql())).schema().fields()[0].dataType();
    try {
      source.select(expr(mapped.sql()).cast(column.type())).schema();
      return Optional.empty();
    } catch (Exception e) {
      return Optional.of(
          String.format(
              "%s = %s: expected %s, found %s, which cannot be cast to it",
              name, mapped.sql(), column.type().sql(), found.sql()));
    }
  }

  private Optional<String> analyse(String sql) {
    try {
      // Beside another column, since an aggregate alone would pass.
      source.select(Names.column(source.columns()[0]), expr(sql)).schema();
      return Optional.empty();
    } catch (Exception e) {
      return Optional.of(SourceReader.firstLine(e) + columnsOf());
    }
  }

  private String columnsOf() {
    return System.lineSeparator()
        + "    The columns of source "
        + input.source()
        + " are: "
        + String.join(", ", SourceReader.columns(source));
  }

  /** Spark takes some bare names, such as user, for functions where there is no such column. */
  private boolean namesNothing(String sql) {
    return sql.trim().matches("(?i)(?!true$|false$|null$)[a-z_]\\w*")
        && Arrays.stream(source.columns()).noneMatch(c -> c.equalsIgnoreCase(sql.trim()));
  }
}
