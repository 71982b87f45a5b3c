package io.stratify.jobs.segments;

import io.stratify.common.config.Algorithm;
import java.util.List;

/**
 * An algorithm with a number of clusters: the best of its seeds.
 *
 * @param algorithm the algorithm
 * @param k number of clusters
 * @param clusters what it found; null where all seeds were discarded
 * @param labels cluster of each point
 * @param figures what it is judged by; null where all seeds were discarded
 * @param discarded why seeds were discarded
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Fitted(
    Algorithm algorithm,
    int k,
    Clusters clusters,
    int[] labels,
    Figures figures,
    List<String> discarded) {

  boolean usable() {
    return clusters != null;
  }

  String label() {
    return algorithm.label() + " k=" + k;
  }
}
