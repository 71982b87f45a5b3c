package io.stratify.common.spark;

import org.apache.spark.MapOutputTrackerMaster;
import org.apache.spark.SparkEnv;
import scala.collection.JavaConverters;

/** What an executor that dies takes along: what tasks wrote for those after them. */
public final class LostShuffle {
  private LostShuffle() {}

  /** Loses what was shuffled last. */
  public static void newest() {
    MapOutputTrackerMaster outputs = (MapOutputTrackerMaster) SparkEnv.get().mapOutputTracker();
    int newest =
        JavaConverters.seqAsJavaList(outputs.shuffleStatuses().keys().toSeq()).stream()
            .mapToInt(id -> (Integer) id)
            .max()
            .orElseThrow();
    outputs.unregisterAllMapAndMergeOutput(newest);
  }
}
