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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Reads every input once, sorts its rows into good, duplicate and bad, and writes only after all
 * inputs have been read and their books balance.
 */
public final class ConformJob implements Job {
  static final List<String> FACTS =
      List.of(Orders.TABLE.name(), OrderLines.TABLE.name(), Events.TABLE.name());

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
    ConformRun run = new ConformRun(this, context, open(context, inputs));
    try {
      run.classify();
      return run.write();
    } finally {
      run.release();
    }
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
