package io.stratify.jobs.conform;

import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;

import io.stratify.common.StratifyException;
import io.stratify.common.tables.ColumnSpec;
import io.stratify.common.tables.Customers;
import io.stratify.common.tables.Events;
import io.stratify.common.tables.OrderLines;
import io.stratify.common.tables.Orders;
import io.stratify.common.tables.Products;
import io.stratify.common.tables.Quarantine;
import io.stratify.common.tables.Reconciliation;
import io.stratify.common.tables.TableSpec;
import io.stratify.jobs.Job;
import io.stratify.jobs.JobContext;
import io.stratify.jobs.JobResult;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** One run of the job: what has been classified so far. */
final class ConformRun {
  private final Job job;
  private final JobContext context;
  private final Map<String, Inlet.Mapped> mapped;
  private final Map<String, Classified> classified = new LinkedHashMap<>();
  private final Map<String, Books> books = new LinkedHashMap<>();

  ConformRun(Job job, JobContext context, Map<String, Inlet.Mapped> mapped) {
    this.job = job;
    this.context = context;
    this.mapped = mapped;
  }

  void classify() {
    classify(Customers.TABLE, Optional.empty(), m -> m);
    classify(Products.TABLE, Optional.empty(), m -> m);
    classify(Orders.TABLE, Optional.of(Orders.ORDERED_AT), this::ofKnownCustomer);
    classify(OrderLines.TABLE, Optional.empty(), this::completeLine);
    classify(Events.TABLE, Optional.of(Events.OCCURRED_AT), this::ofKnownCustomer);
    requireFactsBeforeAsOf();
  }

  private void classify(
      TableSpec table,
      Optional<ColumnSpec> time,
      java.util.function.UnaryOperator<Inlet.Mapped> step) {
    if (!mapped.containsKey(table.name())) {
      return;
    }
    context.describe("conform " + table);
    Inlet.Mapped input = step.apply(mapped.get(table.name()));
    Duplicates duplicates =
        new Duplicates(
            keyOf(table), time.map(ColumnSpec::name), input.input().identity().deduplicate());
    Classified rows =
        Classified.of(table, input.input(), duplicates.mark(input.rows()), input.read());
    classified.put(table.name(), rows);
    Books account = rows.books();
    account.requireSound(context.config().conform().maxQuarantineShare());
    books.put(table.name(), account);
    if (table.equals(Customers.TABLE) && account.conformed() == 0) {
      throw new StratifyException(
          "Cannot conform: no customers are left after cleaning. Nothing was written. Rules broken:"
              + " %s. Correct inputs.customers.columns or the source",
          account.rules());
    }
  }

  private static List<String> keyOf(TableSpec table) {
    if (table.equals(OrderLines.TABLE)) {
      return List.of(OrderLines.ORDER_ID.name(), OrderLines.LINE_ID.name());
    }
    return table.equals(Events.TABLE) ? List.of(Events.EVENT_ID.name()) : table.key();
  }

  private Inlet.Mapped ofKnownCustomer(Inlet.Mapped facts) {
    Classified customers = classified.get(Customers.TABLE.name());
    return customers == null
        ? facts
        : facts.with(
            References.require(
                facts.rows(),
                Customers.CUSTOMER_ID.name(),
                customers.good().select(Customers.CUSTOMER_ID.col()),
                Customers.TABLE.name()));
  }

  /** A line takes its customer, time and status from its order, and its price from its product. */
  private Inlet.Mapped completeLine(Inlet.Mapped lines) {
    Classified orders = classified.get(Orders.TABLE.name());
    Inlet.Mapped owned =
        orders == null
            ? ofKnownCustomer(
                lines
                    .requiring(OrderLines.CUSTOMER_ID.name())
                    .requiring(OrderLines.ORDERED_AT.name()))
            : lines.with(LineOwner.fromOrders(lines.rows(), orders.good()));
    return owned.with(OrderAmounts.priceLines(owned.rows(), products()));
  }

  private Dataset<Row> products() {
    Classified products = classified.get(Products.TABLE.name());
    return products == null ? empty(Products.TABLE) : products.good();
  }

  private void requireFactsBeforeAsOf() {
    LocalDate asOf = context.snapshot().asOf();
    Optional<Timestamp> first =
        ConformJob.FACTS.stream()
            .filter(classified::containsKey)
            .map(this::firstFact)
            .flatMap(Optional::stream)
            .min(Timestamp::compareTo);
    if (first.isEmpty()) {
      throw new StratifyException(
          "Cannot conform: no customers are left after cleaning; no fact is good. Nothing was"
              + " written. Rules broken: %s",
          String.join("; ", books.values().stream().map(Books::rules).toList()));
    }
    LocalDate firstDay = first.get().toInstant().atZone(ZoneOffset.UTC).toLocalDate();
    if (!firstDay.isBefore(asOf)) {
      throw new StratifyException(
          "Cannot describe customers as of %s: the first fact is on %s, and only facts before the"
              + " as-of date count. Nothing was written. Choose --as-of after %s",
          asOf, firstDay, firstDay);
    }
  }

  private Optional<Timestamp> firstFact(String table) {
    ColumnSpec time =
        table.equals(Orders.TABLE.name())
            ? Orders.ORDERED_AT
            : table.equals(Events.TABLE.name()) ? Events.OCCURRED_AT : OrderLines.ORDERED_AT;
    Row row = classified.get(table).good().agg(min(time.col())).first();
    return Optional.ofNullable(row.getTimestamp(0));
  }

  /**
   * Every table is written on its own, so several are written at once: a commit is mostly waiting.
   */
  JobResult write() {
    Map<TableSpec, Dataset<Row>> tables = new LinkedHashMap<>();
    tables.put(Events.TABLE, good(Events.TABLE));
    tables.put(OrderLines.TABLE, good(OrderLines.TABLE));
    tables.put(Orders.TABLE, orders());
    tables.put(Customers.TABLE, customers());
    tables.put(Products.TABLE, products());
    tables.put(Quarantine.TABLE, quarantine());
    tables.put(Reconciliation.TABLE, reconciliation());
    Map<TableSpec, Long> rows = context.writeAll(tables, job);
    return new ConformResult(List.copyOf(books.values()), rows.get(Customers.TABLE));
  }

  private Dataset<Row> good(TableSpec table) {
    Classified rows = classified.get(table.name());
    return rows == null ? empty(table) : rows.good();
  }

  private Dataset<Row> orders() {
    if (!classified.containsKey(Orders.TABLE.name())) {
      return classified.containsKey(OrderLines.TABLE.name())
          ? OrderAmounts.ordersFromLines(good(OrderLines.TABLE))
          : empty(Orders.TABLE);
    }
    boolean valued =
        mapped.get(Orders.TABLE.name()).input().columns().containsKey(Orders.AMOUNT.name());
    Dataset<Row> orders = good(Orders.TABLE);
    boolean haveLines = classified.containsKey(OrderLines.TABLE.name());
    return OrderAmounts.net(
        haveLines && !valued ? OrderAmounts.fillFromLines(orders, good(OrderLines.TABLE)) : orders);
  }

  /** Where no profile table exists, the customers are the ids seen in the facts. */
  private Dataset<Row> customers() {
    if (classified.containsKey(Customers.TABLE.name())) {
      return good(Customers.TABLE);
    }
    Dataset<Row> ids = null;
    for (String fact : ConformJob.FACTS) {
      if (classified.containsKey(fact)) {
        Dataset<Row> seen =
            classified.get(fact).good().select(Customers.CUSTOMER_ID.col()).distinct();
        ids = ids == null ? seen : ids.union(seen).distinct();
      }
    }
    for (ColumnSpec column : Customers.TABLE.columns()) {
      if (!column.equals(Customers.CUSTOMER_ID)) {
        ids = ids.withColumn(column.name(), lit(null).cast(column.type()));
      }
    }
    return ids;
  }

  private Dataset<Row> quarantine() {
    return classified.entrySet().stream()
        .filter(e -> books.get(e.getKey()).inQuarantine() > 0)
        .map(e -> e.getValue().quarantined())
        .reduce(Dataset::union)
        .orElseGet(() -> empty(Quarantine.TABLE));
  }

  private Dataset<Row> reconciliation() {
    List<Row> rows =
        books.values().stream()
            .map(
                b ->
                    RowFactory.create(
                        b.input(),
                        b.source(),
                        b.read(),
                        b.conformed(),
                        b.inQuarantine(),
                        b.duplicates(),
                        0L,
                        b.balanced()))
            .toList();
    return context.rows(Reconciliation.TABLE, rows);
  }

  private Dataset<Row> empty(TableSpec table) {
    return context.spark().createDataFrame(List.of(), table.bodySchema());
  }

  void release() {
    classified.values().forEach(Classified::release);
  }
}
