package io.stratify.jobs.bench;

import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;

import io.stratify.common.config.StratifyConfig;
import io.stratify.common.io.CommitStamp;
import io.stratify.common.io.Lake;
import io.stratify.common.io.Snapshot;
import io.stratify.common.tables.Customers;
import io.stratify.common.tables.Events;
import io.stratify.common.tables.Orders;
import io.stratify.common.tables.TableSpec;
import io.stratify.jobs.JobContext;
import io.stratify.jobs.history.HistoryJob;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Times the history of generated facts against the least that anybody could do: read the same facts
 * and count them by customer.
 *
 * @param spark session
 * @param config configuration
 * @param size how many facts
 */
public record HistoryBench(SparkSession spark, StratifyConfig config, Size size) {
  private static final LocalDate FIRST = LocalDate.of(2023, 1, 1);
  private static final int DAYS = 1096;

  /** Facts that come late on the next day, on a day of the week before. */
  private static final int LATE = 100;

  /** How many there are of each. */
  public record Size(long customers, long orders, long events) {}

  /**
   * What one step took.
   *
   * @param name what was done
   * @param seconds how long
   * @param against the name of an earlier step that it is held against; empty for none
   * @param ratio seconds against those of that step
   * @param said what the job said
   */
  public record Step(String name, double seconds, String against, double ratio, String said) {}

  /** Does every step, in a folder of its own below the output root, which is deleted. */
  public List<Step> run() {
    String folder = config.output().root() + "/_bench/" + UUID.randomUUID();
    Lake lake = new Lake(spark, folder, new CommitStamp("bench", "bench", "bench"));
    List<Step> steps = new ArrayList<>();
    try {
      generate(lake);
      steps.add(step("scan and count", () -> scanAndCount(lake)));
      steps.add(step("first history", () -> history(lake, FIRST.plusDays(DAYS)), steps.get(0)));
      addNextDay(lake);
      steps.add(
          step("next-day refresh", () -> history(lake, FIRST.plusDays(DAYS + 1)), steps.get(1)));
      return steps;
    } finally {
      delete(folder);
    }
  }

  private void generate(Lake lake) {
    SyntheticFacts facts =
        new SyntheticFacts(spark, size.customers(), size.orders(), size.events(), FIRST, DAYS);
    lake.replace(Orders.TABLE, snapshot(FIRST), facts.orderRows(), "bench");
    lake.replace(Events.TABLE, snapshot(FIRST), facts.eventRows(), "bench");
  }

  private void addNextDay(Lake lake) {
    add(lake, FIRST.plusDays(DAYS), size.orders() / DAYS, size.events() / DAYS);
    add(lake, FIRST.plusDays(DAYS - 7), LATE, LATE);
  }

  private void add(Lake lake, LocalDate day, long orders, long events) {
    SyntheticFacts facts = new SyntheticFacts(spark, size.customers(), orders, events, day, 1);
    append(lake, Orders.TABLE, facts.orderRows());
    append(lake, Events.TABLE, facts.eventRows());
  }

  private static void append(Lake lake, TableSpec table, Dataset<Row> rows) {
    rows.select(table.cols()).write().format("delta").mode("append").save(lake.path(table));
  }

  private static String scanAndCount(Lake lake) {
    for (TableSpec table : List.of(Orders.TABLE, Events.TABLE)) {
      lake.read(table, "bench")
          .groupBy(Customers.CUSTOMER_ID.col())
          .agg(count(lit(1)))
          .write()
          .format("noop")
          .mode("overwrite")
          .save();
    }
    return "";
  }

  private String history(Lake lake, LocalDate asOf) {
    JobContext context =
        new JobContext(spark, config, lake, snapshot(asOf), "bench", Instant.now(), notice -> {});
    return new HistoryJob().run(context).sentence();
  }

  private static Snapshot snapshot(LocalDate asOf) {
    return new Snapshot(asOf, 1);
  }

  private static Step step(String name, Supplier<String> work) {
    long start = System.nanoTime();
    String said = work.get();
    return new Step(name, (System.nanoTime() - start) / 1e9, "", 1, said);
  }

  private static Step step(String name, Supplier<String> work, Step against) {
    Step s = step(name, work);
    return new Step(name, s.seconds(), against.name(), s.seconds() / against.seconds(), s.said());
  }

  private void delete(String folder) {
    try {
      Path path = new Path(folder);
      path.getFileSystem(spark.sparkContext().hadoopConfiguration()).delete(path, true);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
