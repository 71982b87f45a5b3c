package io.stratify.jobs;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Runs work that Spark can do side by side: much of a small job is waiting. */
public final class Concurrently {
  private Concurrently() {}

  /**
   * The results in the order of the tasks. Where one fails the others are still finished, and the
   * failure of the first is thrown.
   */
  public static <T> List<T> all(int threads, List<Callable<T>> tasks) {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<T> results = new ArrayList<>();
      RuntimeException failure = null;
      for (Future<T> task : pool.invokeAll(tasks)) {
        try {
          results.add(task.get());
        } catch (ExecutionException e) {
          failure = failure == null ? unchecked(e.getCause()) : failure;
        }
      }
      if (failure != null) {
        throw failure;
      }
      return results;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while jobs ran side by side", e);
    } finally {
      pool.shutdown();
    }
  }

  private static RuntimeException unchecked(Throwable cause) {
    if (cause instanceof Error error) {
      throw error;
    }
    return cause instanceof RuntimeException runtime
        ? runtime
        : new IllegalStateException("work failed: " + cause.getMessage(), cause);
  }
}
