package io.stratify.jobs.conform;

import io.stratify.common.StratifyException;
import io.stratify.common.config.InputConfig;
import io.stratify.common.io.Scratch;
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
import io.stratify.jobs.erasure.Tombstones;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Reads every input once, sorts its rows into those to hand on and those that are not for a stated
 * reason, and writes only after all inputs have been read and their books balance.
 */
public final class ConformJob implements Job {
  /** Files that a task writes side by side; with fewer it would sort the rows by file first. */
  private static final String OPEN_FILES = "spark.sql.maxConcurrentOutputFileWriters";

  /**
   * Of the source on disk; in memory and with the marks of the mapping it is several times that.
   */
  private static final BigInteger BYTES_PER_PARTITION = BigInteger.valueOf(16L << 20);

  @Override
  public String name() {
    return "conform";
  }

  @Override
  public String description() {
    return "Map the warehouse to clean tables; quarantine bad rows; balance the books";
  }

  @Override
  public List<TableSpec> reads() {
    return List.of();
  }

  @Override
  public List<TableSpec> writes() {
    List<TableSpec> tables = new ArrayList<>(Inputs.ALL);
    tables.add(IdentityMap.TABLE);
    tables.add(Quarantine.TABLE);
    tables.add(Reconciliation.TABLE);
    tables.add(DataQuality.TABLE);
    tables.add(InputSchema.TABLE);
    return tables;
  }

  @Override
  public JobResult run(JobContext context) {
    requireFacts(context.config().inputs());
    Tombstones erased = Tombstones.in(context.lake(), context.config().erasure(), name());
    Map<String, Inlet.Mapped> mapped =
        Inlet.open(context.spark(), context.config(), context.snapshot().asOf(), context.notices());
    holdAgainstLastRun(context, mapped);
    BigInteger bytes =
        mapped.values().stream().map(m -> m.sourceBytes()).reduce(BigInteger.ZERO, BigInteger::add);
    Map<String, String> settings = new HashMap<>(context.partitionsFor(bytes, BYTES_PER_PARTITION));
    settings.put(OPEN_FILES, "8");
    try (Scratch scratch = Scratch.below(context.spark(), context.lake().output().scratch())) {
      return context.under(settings, () -> sort(context, mapped, scratch, erased));
    }
  }

  private JobResult sort(
      JobContext context, Map<String, Inlet.Mapped> mapped, Scratch scratch, Tombstones erased) {
    Dataset<Row> before = context.readIfThere(IdentityMap.TABLE, this);
    Dataset<Row> known = context.readIfThere(Customers.TABLE, this);
    PeopleStep peopleStep = new PeopleStep(context, before, known, erased, scratch);
    try {
      ConformRun run = new ConformRun(context, mapped, scratch, peopleStep);
      run.classify();
      return new ConformOutput(this, context, run).write();
    } finally {
      peopleStep.release();
    }
  }

  /** Holds the sources against what the last run saw. */
  private void holdAgainstLastRun(JobContext context, Map<String, Inlet.Mapped> inputs) {
    List<Row> before =
        context.lake().exists(InputSchema.TABLE)
            ? context.read(InputSchema.TABLE, this).collectAsList()
            : List.of();
    inputs.replaceAll((name, input) -> input.settled(before));
    List<String> retyped = new ArrayList<>();
    for (Inlet.Mapped input : inputs.values()) {
      retyped.addAll(input.schema().retyped(before));
      List<String> fresh = input.schema().newColumns(before);
      if (!fresh.isEmpty()) {
        context
            .notices()
            .accept(
                String.format(
                    "source %s has new columns, which are not mapped: %s",
                    input.schema().source(), String.join(", ", fresh)));
      }
    }
    SourceSchema.requireNotRetyped(retyped);
  }

  private static void requireFacts(Map<String, InputConfig> inputs) {
    if (Inputs.FACTS.stream().noneMatch(t -> inputs.containsKey(t.name()))) {
      throw new StratifyException(
          "Cannot conform: no facts are configured. Map at least one of inputs.orders,"
              + " inputs.order_lines and inputs.events (./stratify tables lists their columns)");
    }
    InputConfig orders = inputs.get(Orders.TABLE.name());
    if (orders != null
        && !orders.maps(Orders.AMOUNT)
        && !inputs.containsKey(OrderLines.TABLE.name())) {
      throw new StratifyException(
          "Cannot conform orders (%s): neither inputs.orders.columns.amount nor inputs.order_lines"
              + " is there, so orders have no value. Map one of them",
          orders.origin());
    }
  }
}
