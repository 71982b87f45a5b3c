package io.stratify.jobs.conform;

import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;

import io.stratify.common.tables.Consents;
import io.stratify.common.tables.Customers;
import io.stratify.common.tables.DataQuality;
import io.stratify.common.tables.IdentityMap;
import io.stratify.common.tables.InputSchema;
import io.stratify.common.tables.Inputs;
import io.stratify.common.tables.OrderLines;
import io.stratify.common.tables.Orders;
import io.stratify.common.tables.Quarantine;
import io.stratify.common.tables.Reconciliation;
import io.stratify.common.tables.TableSpec;
import io.stratify.jobs.Job;
import io.stratify.jobs.JobContext;
import io.stratify.jobs.JobResult;
import java.sql.Date;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** Writes what a run has sorted: the conformed tables and the proof of what became of every row. */
final class ConformOutput {
  private final Job job;
  private final JobContext context;
  private final ConformRun run;
  private final Map<String, Classified> classified;

  /** How many orders have neither an amount nor a line, once they are written. */
  private LongSupplier emptyOrders = () -> 0;

  ConformOutput(Job job, JobContext context, ConformRun run) {
    this.job = job;
    this.context = context;
    this.run = run;
    this.classified = run.classified();
  }

  /**
   * Every table is written on its own, so several are written at once: a commit is mostly waiting.
   * Adopted files move, so that those of whose rows other tables are made are adopted last.
   */
  JobResult write() {
    List<QualityResults.Result> quality = quality();
    QualityResults.requireNoFailure(quality);
    new ConformNotices(classified, quality).all().forEach(context.notices());
    tellWhatIsMissing();
    Map<TableSpec, Callable<Long>> writes = new LinkedHashMap<>();
    Map<TableSpec, Callable<Long>> adoptions = new LinkedHashMap<>();
    Map<TableSpec, Callable<Long>> last = new LinkedHashMap<>();
    BiConsumer<TableSpec, Dataset<Row>> written =
        (table, rows) -> writes.put(table, () -> context.write(table, rows, job));
    // What takes longest first, so that none of them is waited for alone.
    written.accept(Quarantine.TABLE, quarantine());
    for (TableSpec table : Inputs.ALL) {
      if (asWritten(table)) {
        (feedsOthers(table) ? last : adoptions)
            .put(table, () -> adopt(classified.get(table.name())));
      } else {
        conformed(table).ifPresent(rows -> written.accept(table, rows));
      }
    }
    run.peopleStep().identityMap().ifPresent(map -> written.accept(IdentityMap.TABLE, map));
    writes.putAll(adoptions);
    Map<TableSpec, Long> rows = context.finishAll(writes);
    ConformNotices.ofEmptyOrders(emptyOrders.getAsLong()).ifPresent(context.notices());
    rows.putAll(context.finishAll(last));
    // Orders may refuse while they are written, and the next run goes by the last good books.
    context.writeAll(books(quality), job);
    long customers = rows.get(Customers.TABLE);
    if (run.peopleStep().changes() && context.config().consent().pastSnapshots()) {
      new WithdrawnPast(job, context, run.people()).delete();
    }
    return new ConformResult(
        classified.values().stream().map(Classified::books).toList(), customers);
  }

  /** Whether customers or orders may be made of the rows of a table. */
  private static boolean feedsOthers(TableSpec table) {
    return table.equals(Customers.TABLE) || Inputs.FACTS.contains(table);
  }

  /** Whether the files of an input hold its conformed rows as they are. */
  private boolean asWritten(TableSpec table) {
    Classified sorted = classified.get(table.name());
    if (sorted == null) {
      return false;
    }
    return table.equals(Customers.TABLE)
        ? sorted.books().merged() == 0
        : !table.equals(Orders.TABLE) || (valued() && !takesFromLines());
  }

  /** Whether orders have their discounts, or one without an amount its amount, from their lines. */
  private boolean takesFromLines() {
    return classified.containsKey(OrderLines.TABLE.name())
        && (discountsOfLines()
            || !classified
                .get(Orders.TABLE.name())
                .good()
                .where(Orders.AMOUNT.col().isNull())
                .isEmpty());
  }

  private void tellWhatIsMissing() {
    ConformNotices.ofStrangers(run.strangers()).ifPresent(context.notices());
    sorted(Consents.TABLE)
        .flatMap(c -> ConformNotices.ofPurpose(c.good(), context.config().consent()))
        .ifPresent(context.notices());
    ofBadLines().ifPresent(context.notices());
    if (!classified.containsKey(OrderLines.TABLE.name())) {
      sorted(Orders.TABLE)
          .map(o -> o.good().where(Orders.AMOUNT.col().isNull()).count())
          .flatMap(ConformNotices::ofEmptyOrders)
          .ifPresent(context.notices());
    }
  }

  private Map<TableSpec, Dataset<Row>> books(List<QualityResults.Result> quality) {
    return Map.of(
        Reconciliation.TABLE,
        reconciliation(),
        DataQuality.TABLE,
        context.rows(DataQuality.TABLE, quality.stream().map(r -> r.row(context.runId())).toList()),
        InputSchema.TABLE,
        schemas());
  }

  private Optional<String> ofBadLines() {
    Optional<Dataset<Row>> bad =
        sorted(OrderLines.TABLE).filter(l -> l.books().inQuarantine() > 0).map(Classified::bad);
    Optional<Dataset<Row>> orders = sorted(Orders.TABLE).map(Classified::good);
    return bad.flatMap(
        b -> ConformNotices.ofBadLines(OrderAmounts.lacking(orders, b), orders.isEmpty()));
  }

  private Optional<Classified> sorted(TableSpec table) {
    return Optional.ofNullable(classified.get(table.name()));
  }

  private boolean discountsOfLines() {
    return FilledLater.takesDiscounts(
        run.mapped(Orders.TABLE).input(), run.mapped(OrderLines.TABLE).input());
  }

  private boolean valued() {
    return run.mapped(Orders.TABLE).input().maps(Orders.AMOUNT);
  }

  private long adopt(Classified sorted) {
    context.describe("write " + sorted.table());
    context
        .lake()
        .adopt(
            sorted.table(), sorted.parts(), Staging.GOOD, sorted.books().conformed(), job.name());
    return sorted.books().conformed();
  }

  /** The rows of a table; none where it is no input but was one; empty where it never was. */
  private Optional<Dataset<Row>> conformed(TableSpec table) {
    if (table.equals(Customers.TABLE)) {
      return Optional.of(run.customers());
    }
    if (table.equals(Orders.TABLE)) {
      return orders();
    }
    Classified sorted = classified.get(table.name());
    return sorted == null ? emptied(table) : Optional.of(sorted.good());
  }

  private Optional<Dataset<Row>> emptied(TableSpec table) {
    return context.lake().exists(table) ? Optional.of(context.empty(table)) : Optional.empty();
  }

  private Optional<Dataset<Row>> orders() {
    Classified orders = classified.get(Orders.TABLE.name());
    Classified lines = classified.get(OrderLines.TABLE.name());
    if (orders == null) {
      return lines == null
          ? emptied(Orders.TABLE)
          : Optional.of(OrderAmounts.ordersFromLines(lines.good()));
    }
    RowCount netted =
        OrderAmounts.netFromLines(orders.goodAsRead(), lines.good(), discountsOfLines());
    emptyOrders = netted.value();
    return Optional.of(netted.rows());
  }

  private Dataset<Row> quarantine() {
    return classified.values().stream()
        .filter(c -> c.books().inQuarantine() > 0)
        .map(Classified::quarantined)
        .reduce(Dataset::union)
        .map(rows -> run.peopleStep().changes() ? run.people().blanked(rows) : rows)
        .orElseGet(() -> context.empty(Quarantine.TABLE));
  }

  private Dataset<Row> reconciliation() {
    List<Row> rows =
        classified.values().stream()
            .map(Classified::books)
            .map(
                b ->
                    RowFactory.create(
                        b.input(),
                        b.source(),
                        b.read(),
                        b.conformed(),
                        b.inQuarantine(),
                        b.duplicates(),
                        b.superseded(),
                        b.merged(),
                        b.withheld(),
                        b.balanced()))
            .toList();
    return context.rows(Reconciliation.TABLE, rows);
  }

  private List<QualityResults.Result> quality() {
    Map<String, Long> before = rowsBefore();
    List<QualityResults.Result> results = new ArrayList<>();
    classified.forEach(
        (name, sorted) -> {
          Inlet.Mapped input = run.mapped(sorted.table());
          results.addAll(
              QualityResults.of(
                  input.quality(),
                  sorted.counts(),
                  new Mapping(sorted.table(), input.input()).rules(),
                  context.snapshot().asOf(),
                  Optional.ofNullable(before.get(name))));
        });
    return results;
  }

  /** Rows conformed per input for the latest as-of date before this one. */
  private Map<String, Long> rowsBefore() {
    Map<String, Long> before = new HashMap<>();
    if (!context.lake().exists(Reconciliation.TABLE)) {
      return before;
    }
    Dataset<Row> earlier =
        context
            .read(Reconciliation.TABLE, job)
            .where(TableSpec.AS_OF.col().lt(lit(Date.valueOf(context.snapshot().asOf()))));
    Row last = earlier.agg(max(TableSpec.AS_OF.col())).first();
    if (!last.isNullAt(0)) {
      earlier
          .where(TableSpec.AS_OF.col().equalTo(lit(last.getDate(0))))
          .select(Reconciliation.INPUT.col(), Reconciliation.ROWS_CONFORMED.col())
          .collectAsList()
          .forEach(r -> before.put(r.getString(0), r.getLong(1)));
    }
    return before;
  }

  private Dataset<Row> schemas() {
    List<Row> rows = new ArrayList<>();
    classified.values().forEach(c -> rows.addAll(run.mapped(c.table()).schema().rows()));
    return context.rows(InputSchema.TABLE, rows);
  }
}
