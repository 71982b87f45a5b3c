package io.stratify.jobs.history;

import io.stratify.common.tables.CustomerDay;
import io.stratify.common.tables.Events;
import io.stratify.common.tables.OrderLines;
import io.stratify.common.tables.Orders;
import io.stratify.common.tables.TableSpec;
import io.stratify.jobs.Job;
import io.stratify.jobs.JobContext;
import io.stratify.jobs.JobResult;
import java.util.List;
import java.util.Locale;

/** Rebuilds {@code customer_day} from the conformed facts, each read once. */
public final class HistoryJob implements Job {
  record HistoryResult(long days) implements JobResult {
    @Override
    public String sentence() {
      return String.format(Locale.ROOT, "%,d customer days", days);
    }
  }

  @Override
  public String name() {
    return "history";
  }

  @Override
  public String description() {
    return "Sum facts to one row per customer and active day";
  }

  @Override
  public List<TableSpec> reads() {
    return List.of(Orders.TABLE, OrderLines.TABLE, Events.TABLE);
  }

  @Override
  public List<TableSpec> writes() {
    return List.of(CustomerDay.TABLE);
  }

  @Override
  public JobResult run(JobContext context) {
    return new HistoryResult(
        context.write(
            CustomerDay.TABLE,
            CustomerDays.from(
                context.readIfThere(Orders.TABLE, this),
                context.readIfThere(OrderLines.TABLE, this),
                context.readIfThere(Events.TABLE, this)),
            this));
  }
}
