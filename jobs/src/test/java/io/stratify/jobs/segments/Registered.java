package io.stratify.jobs.segments;

import org.apache.spark.sql.Row;

/** Rows of the registry, for tests of the rooms that read it. */
public final class Registered {
  private Registered() {}

  /** A segmentation that is carried on. */
  public static Row champion(Segmentation s) {
    return s.toRow(Segmentation.CHAMPION);
  }

  /** A segmentation that the run fitted. */
  public static Row challenger(Segmentation s) {
    return s.toRow(Segmentation.CHALLENGER);
  }
}
