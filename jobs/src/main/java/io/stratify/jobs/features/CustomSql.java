package io.stratify.jobs.features;

import static org.apache.spark.sql.functions.expr;

import io.stratify.common.StratifyException;
import io.stratify.common.config.CustomFeature;
import io.stratify.common.io.SourceReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.SubqueryExpression;
import org.apache.spark.sql.catalyst.expressions.WindowExpression;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateExpression;
import org.apache.spark.sql.catalyst.expressions.aggregate.CollectSet;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;
import scala.collection.JavaConverters;

/** Judges the SQL of custom features before any of it runs. */
final class CustomSql {
  /** Expressions of the clock, and aggregates that the order of the rows decides. */
  private static final String VARYING =
      "Current.*|Now|LocalTimestamp|First|Last|AnyValue|CollectList|HistogramNumeric|Mode"
          + "|ApproximatePercentile";

  /** What is the same of a set whatever the order of its elements. */
  private static final String ORDERLESS =
      "Size|ArraySize|SortArray|ArraySort|ArrayContains|ArrayMax|ArrayMin|ArraysOverlap";

  /** Words that Spark takes for a time of today. */
  private static final String OF_TODAY = "\\s*(?i:now|today|tomorrow|yesterday)\\b.*";

  /** A literal such as {@code date'today'}, of which the parser leaves only the day. */
  private static final Pattern TYPED_TODAY =
      Pattern.compile("(?i)\\b(date|timestamp\\w*)\\s*(['\"])" + OF_TODAY);

  private final Function<String, Dataset<Row>> tables;

  /**
   * Judges against tables.
   *
   * @param tables what a feature is offered of a table, without any row
   */
  CustomSql(Function<String, Dataset<Row>> tables) {
    this.tables = tables;
  }

  /**
   * Makes sure that every feature can be computed.
   *
   * @throws StratifyException with all problems, each with file and line and what to do
   */
  void require(List<CustomFeature> features) {
    List<String> problems = new ArrayList<>();
    features.forEach(
        f ->
            problem(f)
                .ifPresent(
                    p ->
                        problems.add(
                            String.format(
                                Locale.ROOT,
                                "%s: features.custom %s = %s: %s",
                                f.sql().origin(),
                                f.name(),
                                f.sql().sql(),
                                p))));
    if (!problems.isEmpty()) {
      throw new StratifyException(
          "Cannot compute features of the configuration; nothing was written.%n%s",
          String.join(System.lineSeparator(), problems));
    }
  }

  private Optional<String> problem(CustomFeature feature) {
    Dataset<Row> offered = tables.apply(feature.table());
    Dataset<Row> aggregated;
    try {
      Expression parsed = expr(feature.sql().sql()).expr();
      if (any(parsed, e -> e instanceof SubqueryExpression)) {
        return Optional.of("it has a subquery, which would see the future. Use columns only");
      }
      if (any(parsed, e -> e instanceof WindowExpression)) {
        return Optional.of("it has a window. Use an aggregate: one value per customer");
      }
      aggregated =
          offered.groupBy(CustomFeatures.KEY).agg(expr(feature.sql().sql()).as(feature.name()));
      offered.groupBy(CustomFeatures.KEY).agg(CustomFeatures.value(feature));
    } catch (Exception e) {
      return Optional.of(SourceReader.firstLine(e) + columnsOf(feature, offered));
    }
    return unrepeatable(feature, aggregated).or(() -> wrongType(feature, aggregated));
  }

  /** What is another value at another time would not be the same feature tomorrow. */
  private static Optional<String> unrepeatable(CustomFeature feature, Dataset<Row> aggregated) {
    boolean varies =
        TYPED_TODAY.matcher(feature.sql().sql()).find()
            || JavaConverters.seqAsJavaList(aggregated.queryExecution().analyzed().expressions())
                .stream()
                .anyMatch(
                    e ->
                        any(
                            e,
                            x ->
                                !x.deterministic()
                                    || x.getClass().getSimpleName().matches(VARYING)
                                    || isToday(x)
                                    || readsSet(x)));
    return varies
        ? Optional.of(
            "its value depends on the clock, on chance or on the order of rows. Use as_of for the"
                + " day, and min_by or max_by, by what differs from row to row, for the first or"
                + " last")
        : Optional.empty();
  }

  /** Whether an expression takes the elements of a set in the order in which they came. */
  private static boolean readsSet(Expression e) {
    return !e.getClass().getSimpleName().matches(ORDERLESS + "|AggregateExpression")
        && JavaConverters.seqAsJavaList(e.children()).stream()
            .map(CustomSql::aggregate)
            .anyMatch(CollectSet.class::isInstance);
  }

  private static Expression aggregate(Expression e) {
    return e instanceof AggregateExpression of ? of.aggregateFunction() : e;
  }

  private static boolean isToday(Expression e) {
    boolean time =
        e.dataType() instanceof DateType
            || e.dataType() instanceof TimestampType
            || e.dataType() instanceof TimestampNTZType;
    return time
        && e.getClass().getSimpleName().matches("Cast|ParseTo(Date|Timestamp)")
        && text(e.children().head()).filter(t -> t.matches(OF_TODAY)).isPresent();
  }

  /** The text that an expression without columns is; nothing where it has no value. */
  private static Optional<String> text(Expression e) {
    if (!e.foldable() || !(e.dataType() instanceof StringType)) {
      return Optional.empty();
    }
    try {
      return Optional.ofNullable(e.eval(null)).map(Object::toString);
    } catch (RuntimeException broken) { // Spark says so when it computes it
      return Optional.empty();
    }
  }

  private static Optional<String> wrongType(CustomFeature feature, Dataset<Row> aggregated) {
    DataType found = aggregated.schema().apply(feature.name()).dataType();
    boolean fits =
        switch (feature.type()) {
          case NUMBER -> found instanceof NumericType;
          case INTEGER ->
              Stream.of(
                      DataTypes.LongType,
                      DataTypes.IntegerType,
                      DataTypes.ShortType,
                      DataTypes.ByteType)
                  .anyMatch(found::equals);
          case FLAG -> found instanceof BooleanType;
        };
    return fits
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "expected a value of type %s, found %s. Correct type or sql",
                feature.type().name().toLowerCase(Locale.ROOT),
                found.sql()));
  }

  private static boolean any(Expression expression, java.util.function.Predicate<Expression> what) {
    return what.test(expression)
        || JavaConverters.seqAsJavaList(expression.children()).stream()
            .anyMatch(child -> any(child, what));
  }

  private static String columnsOf(CustomFeature feature, Dataset<Row> offered) {
    return System.lineSeparator()
        + "    The columns of "
        + feature.table()
        + " are: "
        + Arrays.stream(offered.columns()).collect(Collectors.joining(", "))
        + ". Use them in an aggregate such as sum(...)";
  }
}
