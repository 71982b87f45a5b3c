package io.stratify.jobs.conform;

import io.stratify.common.StratifyException;
import io.stratify.common.config.InputConfig;
import io.stratify.common.io.SourceReader;
import io.stratify.common.tables.Events;
import io.stratify.common.tables.Inputs;
import io.stratify.common.tables.OrderLines;
import io.stratify.common.tables.Orders;
import io.stratify.common.tables.Quarantine;
import io.stratify.common.tables.Reconciliation;
import io.stratify.common.tables.TableSpec;
import io.stratify.jobs.Job;
import io.stratify.jobs.JobContext;
import io.stratify.jobs.JobResult;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Reads every input once, sorts its rows into good, duplicate and bad, and writes only after all
 * inputs have been read and their books balance.
 */
public final class ConformJob implements Job {
  static final List<String> FACTS =
      List.of(Orders.TABLE.name(), OrderLines.TABLE.name(), Events.TABLE.name());

  private static final String PARTITIONS = "spark.sql.shuffle.partitions";

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
    tables.add(Quarantine.TABLE);
    tables.add(Reconciliation.TABLE);
    return tables;
  }

  @Override
  public JobResult run(JobContext context) {
    Map<String, InputConfig> inputs = context.config().inputs();
    requireFacts(inputs);
    Map<String, Inlet.Mapped> mapped = open(context, inputs);
    String partitions = context.spark().conf().get(PARTITIONS);
    context.spark().conf().set(PARTITIONS, partitionsFor(context, mapped.values()));
    ConformRun run = new ConformRun(this, context, mapped);
    try {
      run.classify();
      return run.write();
    } finally {
      run.release();
      context.spark().conf().set(PARTITIONS, partitions);
    }
  }

  /** Adaptive execution does not join the partitions of a cached result, so they are sized here. */
  private static String partitionsFor(JobContext context, Collection<Inlet.Mapped> inputs) {
    BigInteger bytes =
        inputs.stream().map(m -> m.sourceBytes()).reduce(BigInteger.ZERO, BigInteger::add);
    int most = Integer.parseInt(context.spark().conf().get(PARTITIONS));
    int cores = context.spark().sparkContext().defaultParallelism();
    long wanted = bytes.divide(BYTES_PER_PARTITION).min(BigInteger.valueOf(most)).longValue();
    return String.valueOf(Math.min(most, Math.max(cores, wanted)));
  }

  private static void requireFacts(Map<String, InputConfig> inputs) {
    if (FACTS.stream().noneMatch(inputs::containsKey)) {
      throw new StratifyException(
          "Cannot conform: no facts are configured. Map at least one of inputs.orders,"
              + " inputs.order_lines and inputs.events (./stratify tables lists their columns)");
    }
    InputConfig orders = inputs.get(Orders.TABLE.name());
    if (orders != null
        && !orders.columns().containsKey(Orders.AMOUNT.name())
        && !inputs.containsKey(OrderLines.TABLE.name())) {
      throw new StratifyException(
          "Cannot conform orders (%s): neither inputs.orders.columns.amount nor inputs.order_lines"
              + " is there, so orders have no value. Map one of them",
          orders.origin());
    }
  }

  /** Naive timestamps are read in the zone of the configuration; all else is UTC. */
  private static Map<String, Inlet.Mapped> open(
      JobContext context, Map<String, InputConfig> inputs) {
    String zone = "spark.sql.session.timeZone";
    context.spark().conf().set(zone, context.config().conform().timeZone().getId());
    try {
      return Inlet.open(new SourceReader(context.spark(), context.config().sources()), inputs);
    } finally {
      context.spark().conf().set(zone, "UTC");
    }
  }
}
