package io.stratify.jobs.history;

import io.stratify.jobs.OncePerPartition;
import java.io.Serializable;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.SparkContext;
import org.apache.spark.TaskContext;
import org.apache.spark.util.TaskCompletionListener;

/**
 * The fingerprints of days, summed over customers while their days are computed: facts that are
 * folded anyway need not be read for them. What a task is computed again for counts once.
 */
final class DayPrints implements DayFold.Tally {
  private static final long serialVersionUID = 1L;

  private final OncePerPartition<Map<Integer, Sums>> told;
  private transient Map<Integer, Sums> days;

  private DayPrints(OncePerPartition<Map<Integer, Sums>> told) {
    this.told = told;
  }

  private record Sums(Fingerprint facts, long customers) implements Serializable {
    private static final long serialVersionUID = 1L;

    Sums plus(Sums more) {
      return new Sums(facts.plus(more.facts), customers + more.customers);
    }
  }

  /** Of the first query that folds with them. */
  static DayPrints in(SparkContext spark) {
    OncePerPartition<Map<Integer, Sums>> told = new OncePerPartition<>();
    spark.register(told);
    return new DayPrints(told);
  }

  @Override
  public void one(int day, Fingerprint facts) {
    if (days == null) {
      Map<Integer, Sums> fresh = new HashMap<>();
      TaskContext.get()
          .addTaskCompletionListener((TaskCompletionListener) ended -> told.add(fresh));
      days = fresh;
    }
    days.merge(day, new Sums(facts, 1), Sums::plus);
  }

  /** How many customer days there were. */
  long customerDays() {
    return sums().values().stream().mapToLong(Sums::customers).sum();
  }

  /** The fingerprints by day. */
  Map<LocalDate, Fingerprint> byDate() {
    Map<LocalDate, Fingerprint> dates = new TreeMap<>();
    sums().forEach((day, sums) -> dates.put(LocalDate.ofEpochDay(day), sums.facts()));
    return dates;
  }

  private Map<Integer, Sums> sums() {
    Map<Integer, Sums> all = new HashMap<>();
    told.value().forEach(task -> task.forEach((day, sums) -> all.merge(day, sums, Sums::plus)));
    return all;
  }
}
