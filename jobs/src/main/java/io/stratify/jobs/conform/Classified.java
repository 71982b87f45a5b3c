package io.stratify.jobs.conform;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.when;

import io.stratify.common.config.InputConfig;
import io.stratify.common.config.QualityRule;
import io.stratify.common.config.RuleKind;
import io.stratify.common.io.Parted;
import io.stratify.common.tables.ColumnSpec;
import io.stratify.common.tables.Customers;
import io.stratify.common.tables.Quarantine;
import io.stratify.common.tables.TableSpec;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Observation;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/** All rows of one input, each good or not for a stated reason, in files and counted. */
final class Classified {
  private static final String FATE = "fate";
  private static final String ROWS = "rows";
  private static final String FIRST = "first";
  private static final String LAST = "last";

  private final TableSpec table;
  private final InputConfig input;
  private final List<Parted> parts;
  private final Counts counts;

  private Classified(TableSpec table, InputConfig input, List<Parted> parts, Counts counts) {
    this.table = table;
    this.input = input;
    this.parts = parts;
    this.counts = counts;
  }

  /**
   * Counts the rows of an input.
   *
   * @param parts what {@link Staging} wrote
   * @param asOf the as-of date: what happens later makes nothing fresh
   */
  static Classified of(Inlet.Mapped input, List<Parted> parts, LocalDate asOf) {
    TableSpec table = input.spec().table();
    Optional<Column> time = CurrencyRates.timeOf(input.spec()).map(ColumnSpec::col);
    Dataset<Row> rows = rows(parts, p -> p.where(col(Staging.PART).notEqual(Staging.OPEN)));
    return new Classified(
        table,
        input.input(),
        parts,
        countOnce(table, input.input(), input.quality(), time, rows, input.read(), asOf));
  }

  private static Dataset<Row> rows(List<Parted> parts, UnaryOperator<Dataset<Row>> choice) {
    return parts.stream()
        .map(p -> choice.apply(p.rows()).drop(Mapping.FINGERPRINT, Mapping.ORDER))
        .reduce(Dataset::unionByName)
        .orElseThrow();
  }

  private Dataset<Row> rows(String part) {
    return rows(parts, p -> p.where(col(Staging.PART).equalTo(part)));
  }

  /** The files; those of the part {@link Staging#GOOD} hold what {@link #good} has. */
  List<Parted> parts() {
    return parts;
  }

  TableSpec table() {
    return table;
  }

  Counts counts() {
    return counts;
  }

  Books books() {
    return counts.books();
  }

  /** The rows to hand on. */
  Dataset<Row> good() {
    return rows(Staging.GOOD).select(table.cols());
  }

  /** The orders to hand on, as the source has them. */
  Dataset<Row> goodAsRead() {
    return OrderAmounts.asRead(rows(Staging.GOOD)).select(table.cols());
  }

  /** The customers to hand on, each with what it lacks from those merged into it. */
  Dataset<Row> mergedProfiles() {
    return People.merge(table, rows(Staging.GOOD).union(rows(Staging.ASIDE)));
  }

  /**
   * The orders to hand on and those withheld, as the source has them, with the mark of the latter.
   */
  Dataset<Row> goodOrWithheld() {
    Dataset<Row> withheld = rows(Staging.ASIDE).where(col(Mapping.RULE).equalTo(Fate.WITHHELD));
    return OrderAmounts.asRead(rows(Staging.GOOD).union(withheld));
  }

  /** The bad rows, as the quarantine has them. */
  Dataset<Row> quarantined() {
    Column customer =
        table.column(Customers.CUSTOMER_ID.name()).isPresent()
            ? Customers.CUSTOMER_ID.col()
            : lit(null).cast(DataTypes.StringType);
    return rows(Staging.BAD)
        .select(
            lit(table.name()).as(Quarantine.INPUT.name()),
            lit(input.source()).as(Quarantine.SOURCE.name()),
            col(Mapping.RULE).as(Quarantine.RULE.name()),
            customer.as(Quarantine.CUSTOMER_ID.name()),
            col(Mapping.ROW).as(Quarantine.ROW.name()));
  }

  private static Counts countOnce(
      TableSpec table,
      InputConfig input,
      Quality quality,
      Optional<Column> time,
      Dataset<Row> rows,
      Observation read,
      LocalDate asOf) {
    List<Column> figures = new ArrayList<>(quality.counts());
    time.ifPresent(t -> figures.add(min(t.cast(DataTypes.DateType)).as(FIRST)));
    Column end = lit(java.sql.Date.valueOf(asOf));
    time.map(t -> t.cast(DataTypes.DateType))
        .ifPresent(t -> figures.add(max(when(t.lt(end), t)).as(LAST)));
    for (QualityRule rule : nullShares(quality)) {
      String column = rule.columns().get(0);
      figures.add(count(when(col(column).isNull(), 1)).as("missing_" + column));
    }
    List<Row> groups =
        rows.groupBy(coalesce(col(Mapping.RULE), lit("")).as(FATE))
            .agg(count(lit(1)).as(ROWS), figures.toArray(Column[]::new))
            .collectAsList();
    Map<String, Long> byFate = new HashMap<>();
    groups.forEach(r -> byFate.put(r.getAs(FATE), r.getAs(ROWS)));
    // Spark leaves out of a query what yields no row, and its observation never comes.
    long readRows = groups.isEmpty() ? 0 : readRows(table, read);
    Books books = new Books(table.name(), input.source(), readRows, byFate);
    List<Long> failed =
        IntStream.range(0, quality.rowRules().size())
            .mapToObj(i -> groups.stream().mapToLong(r -> r.<Long>getAs("failed_" + i)).sum())
            .toList();
    Map<String, Long> missing = new HashMap<>();
    Optional<Row> good = groups.stream().filter(r -> r.<String>getAs(FATE).isEmpty()).findFirst();
    for (QualityRule rule : nullShares(quality)) {
      String column = rule.columns().get(0);
      missing.put(column, good.map(r -> r.<Long>getAs("missing_" + column)).orElse(0L));
    }
    return new Counts(
        books,
        failed,
        missing,
        good.filter(r -> time.isPresent()).map(r -> r.<java.sql.Date>getAs(FIRST)),
        good.filter(r -> time.isPresent()).map(r -> r.<java.sql.Date>getAs(LAST)));
  }

  private static List<QualityRule> nullShares(Quality quality) {
    return quality.inputRules().stream().filter(r -> r.kind() == RuleKind.NULL_SHARE).toList();
  }

  private static long readRows(TableSpec table, Observation read) {
    try {
      return ((Number) read.getAsJava().get("rows")).longValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while counting " + table, e);
    }
  }
}
