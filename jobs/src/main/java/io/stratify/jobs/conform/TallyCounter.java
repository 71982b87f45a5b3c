package io.stratify.jobs.conform;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.lit;

import io.stratify.jobs.OncePerPartition;
import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.unsafe.types.UTF8String;
import org.apache.spark.util.TaskCompletionListener;

/** What one task counts for a {@link Tally}; its figures are added when the task has ended. */
public final class TallyCounter implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The time of a row without one. */
  static final long NO_TIME = Long.MIN_VALUE;

  /**
   * Places of the figures of a fate: rows, the least time and the greatest before the as-of date.
   */
  static final int ROWS = 0;

  static final int FIRST = 1;
  static final int LAST = 2;

  /** First place of the rows that failed each rule; after them those without a value. */
  static final int FAILED = 3;

  private static final UTF8String GOOD = UTF8String.fromString("");

  private final OncePerPartition<Map<String, long[]>> told;
  private final int rules;
  private final int columns;
  private final long asOf;
  private transient Map<UTF8String, long[]> byFate;
  private transient long[] good;

  /**
   * For a task.
   *
   * @param told takes the figures of a task by fate
   * @param rules number of rules on rows
   * @param columns number of columns that may be missing
   * @param asOf the as-of date, in the unit of the times
   */
  TallyCounter(OncePerPartition<Map<String, long[]>> told, int rules, int columns, long asOf) {
    this.told = told;
    this.rules = rules;
    this.columns = columns;
    this.asOf = asOf;
  }

  private static long[] nothing(int length) {
    long[] figures = new long[length];
    figures[FIRST] = NO_TIME;
    figures[LAST] = NO_TIME;
    return figures;
  }

  /** Adds the figures of a task to those of others, by fate. */
  static void add(Map<String, long[]> sums, Map<String, long[]> task) {
    task.forEach(
        (fate, more) -> {
          long[] sum = sums.computeIfAbsent(fate, f -> nothing(more.length));
          for (int i = 0; i < more.length; i++) {
            sum[i] =
                switch (i) {
                  case FIRST -> first(sum[i], more[i]);
                  case LAST -> Math.max(sum[i], more[i]);
                  default -> sum[i] + more[i];
                };
          }
        });
  }

  private static long first(long one, long other) {
    return one == NO_TIME || other == NO_TIME ? Math.max(one, other) : Math.min(one, other);
  }

  /**
   * Counts the rows that are computed. Generated code hands on whatever the row before left where
   * an argument is null, so none is.
   *
   * @param rule of a bad row
   * @param counts whether the row is counted
   * @param failed one bit per rule that the row fails
   * @param time of the row, in the unit of the as-of date
   * @param missing one bit per column that the row lacks
   * @return the rule
   */
  Column over(Column rule, Column counts, Column failed, Column time, Column missing) {
    return GeneratedCall.of(
        this,
        "count",
        DataTypes.StringType,
        List.of(
            coalesce(rule, lit("")),
            counts,
            coalesce(failed, lit(0L)),
            coalesce(time, lit(NO_TIME)),
            missing));
  }

  /**
   * Called by generated code once for every row; gives back the rule, null for a good row.
   *
   * @param rule empty for a good row
   */
  public UTF8String count(UTF8String rule, boolean counts, long failed, long time, long missing) {
    UTF8String broken = rule.numBytes() == 0 ? null : rule;
    if (!counts) {
      return broken;
    }
    if (byFate == null) {
      byFate = new HashMap<>();
      TaskContext.get()
          .addTaskCompletionListener((TaskCompletionListener) ended -> told.add(figures()));
    }
    long[] figures = broken == null ? good() : of(broken);
    figures[ROWS]++;
    for (long left = failed; left != 0; left &= left - 1) {
      figures[FAILED + Long.numberOfTrailingZeros(left)]++;
    }
    for (long left = missing; left != 0; left &= left - 1) {
      figures[FAILED + rules + Long.numberOfTrailingZeros(left)]++;
    }
    if (time != NO_TIME) {
      figures[FIRST] = figures[FIRST] == NO_TIME ? time : Math.min(figures[FIRST], time);
      figures[LAST] = time < asOf ? Math.max(figures[LAST], time) : figures[LAST];
    }
    return broken;
  }

  private Map<String, long[]> figures() {
    Map<String, long[]> named = new HashMap<>();
    byFate.forEach((fate, counted) -> named.put(fate.toString(), counted));
    return named;
  }

  private long[] good() {
    if (good == null) {
      good = of(GOOD);
    }
    return good;
  }

  private long[] of(UTF8String fate) {
    long[] figures = byFate.get(fate);
    if (figures == null) {
      figures = nothing(FAILED + rules + columns);
      // The bytes of a row are those of the next one too.
      byFate.put(fate.copy(), figures);
    }
    return figures;
  }
}
