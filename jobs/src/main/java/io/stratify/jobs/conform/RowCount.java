package io.stratify.jobs.conform;

import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;

import java.io.Serializable;
import java.util.List;
import java.util.function.LongSupplier;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Observation;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.plans.logical.LocalRelation;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.util.LongAccumulator;
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
   * Counts the rows of the first query that computes them all. Spark copies every row for it.
   *
   * @param name of the count, unique in the session
   */
  static RowCount ofFirstQuery(Dataset<Row> rows, String name) {
    Observation read = new Observation(name);
    return new RowCount(
        rows.observe(read, count(lit(1)).as("rows")), () -> observed(read), () -> {});
  }

  /**
   * Counts within generated code the rows of all queries since the last restart. Of rows that the
   * driver has, which Spark computes while it plans, those of the first query are counted.
   */
  static RowCount ofOneQuery(Dataset<Row> rows, String name) {
    LogicalPlan plan = rows.queryExecution().optimizedPlan();
    if (JavaConverters.seqAsJavaList(plan.collectLeaves()).stream()
        .anyMatch(LocalRelation.class::isInstance)) {
      return ofFirstQuery(rows, name);
    }
    LongAccumulator seen = rows.sparkSession().sparkContext().longAccumulator(name);
    Column always = GeneratedCall.of(new Counter(seen), "count", DataTypes.BooleanType, List.of());
    return new RowCount(rows.where(always), seen::value, seen::reset);
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

    private final LongAccumulator seen;

    Counter(LongAccumulator seen) {
      this.seen = seen;
    }

    /** Called by generated code for every row; true, so that every row stays. */
    public boolean count() {
      seen.add(1);
      return true;
    }
  }
}
