package io.stratify.jobs;

import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.execution.SQLExecution;
import org.apache.spark.util.AccumulatorV2;

/**
 * What the tasks of one query say of the rows that they computed, once for each partition. Spark
 * computes partitions again when an executor dies with what other tasks still need of them, and its
 * own accumulators then count them twice ("Spark Programming Guide", Accumulators).
 *
 * <p>Of several queries the first since the last reset counts. What says something has to be
 * computed in one stage of a query.
 *
 * @param <T> what a task says when it has ended; it can be serialized
 */
public final class OncePerPartition<T> extends AccumulatorV2<T, List<T>> {
  private static final long serialVersionUID = 1L;

  // Executors send what is here with every heartbeat, while tasks add to it.
  private final ConcurrentHashMap<Integer, T> said = new ConcurrentHashMap<>();
  private volatile String query;

  /** Takes what the task that calls has to say; the last word counts. */
  @Override
  public void add(T words) {
    TaskContext task = TaskContext.get();
    query = String.valueOf(task.getLocalProperty(SQLExecution.EXECUTION_ID_KEY()));
    said.put(task.partitionId(), words);
  }

  @Override
  public void merge(AccumulatorV2<T, List<T>> other) {
    OncePerPartition<T> more = (OncePerPartition<T>) other;
    if (query == null) {
      query = more.query;
    }
    if (query != null && query.equals(more.query)) {
      said.putAll(more.said);
    }
  }

  /** What was said, in no order. */
  @Override
  public List<T> value() {
    return List.copyOf(said.values());
  }

  @Override
  public boolean isZero() {
    return said.isEmpty();
  }

  @Override
  public void reset() {
    said.clear();
    query = null;
  }

  @Override
  public OncePerPartition<T> copy() {
    OncePerPartition<T> copy = new OncePerPartition<>();
    copy.query = query;
    copy.said.putAll(said);
    return copy;
  }
}
