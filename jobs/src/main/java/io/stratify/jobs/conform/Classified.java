package io.stratify.jobs.conform;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.stratify.common.config.InputConfig;
import io.stratify.common.io.Parted;
import io.stratify.common.tables.ColumnSpec;
import io.stratify.common.tables.Customers;
import io.stratify.common.tables.Quarantine;
import io.stratify.common.tables.TableSpec;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/** All rows of one input, each good or not for a stated reason, in files and counted. */
final class Classified {
  private final TableSpec table;
  private final Optional<ColumnSpec> time;
  private final InputConfig input;
  private final List<Parted> parts;
  private final Counts counts;

  /**
   * The rows of an input.
   *
   * @param parts what {@link Staging} wrote
   * @param counts what it counted
   */
  Classified(Inlet.Mapped input, List<Parted> parts, Counts counts) {
    this.table = input.spec().table();
    this.time = input.spec().occurredAt();
    this.input = input.input();
    this.parts = parts;
    this.counts = counts;
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

  /** When a row happened; the first and last day of the counts are of it. */
  Optional<ColumnSpec> time() {
    return time;
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

  /** The rows for the quarantine. */
  Dataset<Row> bad() {
    return rows(Staging.BAD).select(table.cols());
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
    return OrderAmounts.asRead(rows(Staging.GOOD).union(withheldRows()));
  }

  /** The same, one row per order id: where an id is used twice the withheld order counts. */
  Dataset<Row> ownersOfLines() {
    return LineOwner.unique(
        OrderAmounts.asRead(rows(Staging.GOOD)), OrderAmounts.asRead(withheldRows()));
  }

  private Dataset<Row> withheldRows() {
    return rows(Staging.ASIDE).where(col(Mapping.RULE).equalTo(Fate.WITHHELD));
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
}
