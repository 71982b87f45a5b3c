package io.stratify.jobs.conform;

import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import io.stratify.jobs.OncePerPartition;
import java.io.Serializable;
import java.util.List;
import java.util.function.LongSupplier;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Observation;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.plans.logical.LocalRelation;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.util.TaskCompletionListener;
import scala.collection.JavaConverters;

/**
 * Counts rows in the pass that reads them.
 *
 * @param rows that are counted when they are computed
 * @param value how many there were
 * @param restart begins anew; to be called before the pass that counts
 */
record RowCount(Dataset<Row> rows, LongSupplier value, Runnable restart) {
  /**
   * Counts the rows of the first query that computes them all, or of the first one since the last
   * restart. Each partition counts once, also if Spark computes it again.
   *
   * @param name of the count, unique in the session
   */
  static RowCount of(Dataset<Row> rows, String name) {
    LogicalPlan plan = rows.queryExecution().optimizedPlan();
    return JavaConverters.seqAsJavaList(plan.collectLeaves()).stream()
            .allMatch(LocalRelation.class::isInstance)
        ? whilePlanned(rows, name)
        : byTasks(rows, name);
  }

  /** Counts in the same way those rows of which a column is true. */
  static RowCount of(Dataset<Row> rows, Column which, String name) {
    OncePerPartition<Long> seen = new OncePerPartition<>();
    rows.sparkSession().sparkContext().register(seen, name);
    return new RowCount(
        rows.where(when(which, counting(seen)).otherwise(true)), sum(seen), seen::reset);
  }

  /** The same count, of rows that went through another step. */
  RowCount with(Dataset<Row> next) {
    return new RowCount(next, value, restart);
  }

  /**
   * Rows that the driver has, all of them, may be computed while a query is planned, by no task.
   */
  private static RowCount whilePlanned(Dataset<Row> rows, String name) {
    Observation read = new Observation(name);
    return new RowCount(
        rows.observe(read, count(lit(1)).as("rows")), () -> observed(read), () -> {});
  }

  private static RowCount byTasks(Dataset<Row> rows, String name) {
    OncePerPartition<Long> seen = new OncePerPartition<>();
    rows.sparkSession().sparkContext().register(seen, name);
    return new RowCount(rows.where(counting(seen)), sum(seen), seen::reset);
  }

  private static Column counting(OncePerPartition<Long> seen) {
    return GeneratedCall.of(new Counter(seen), "count", DataTypes.BooleanType, List.of());
  }

  private static LongSupplier sum(OncePerPartition<Long> seen) {
    return () -> seen.value().stream().mapToLong(Long::longValue).sum();
  }

  /** The same count without a restart: for rows that one query computes and several read. */
  RowCount ofFirstQuery() {
    return new RowCount(rows, value, () -> {});
  }

  private static long observed(Observation read) {
    try {
      return ((Number) read.getAsJava().get("rows")).longValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while rows were counted", e);
    }
  }

  /** Counts what passes by. */
  public static final class Counter implements Serializable {
    private static final long serialVersionUID = 1L;

    private final OncePerPartition<Long> seen;
    private transient long[] rows;

    Counter(OncePerPartition<Long> seen) {
      this.seen = seen;
    }

    /** Called by generated code for every row; true, so that every row stays. */
    public boolean count() {
      if (rows == null) {
        long[] fresh = new long[1];
        TaskContext.get()
            .addTaskCompletionListener((TaskCompletionListener) ended -> seen.add(fresh[0]));
        rows = fresh;
      }
      rows[0]++;
      return true;
    }
  }
}
