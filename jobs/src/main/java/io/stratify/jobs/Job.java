package io.stratify.jobs;

import io.stratify.common.tables.TableSpec;
import java.util.List;

/** One step of the pipeline. It declares the tables that it reads and writes. */
public interface Job {
  /** The name on the command line. */
  String name();

  /** One sentence for people. */
  String description();

  /** The tables of Stratify that it reads. */
  List<TableSpec> reads();

  /** The tables that it writes. No other job writes them. */
  List<TableSpec> writes();

  /**
   * Checks what can be checked of the configuration before any job of the run has written anything.
   *
   * @throws io.stratify.common.StratifyException if the user has to correct it
   */
  default void check(JobContext context) {}

  /**
   * Does the work for the snapshot of the context.
   *
   * @throws io.stratify.common.StratifyException if the user has to act
   */
  JobResult run(JobContext context);
}
