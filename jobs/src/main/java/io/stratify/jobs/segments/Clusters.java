package io.stratify.jobs.segments;

import java.util.List;
import java.util.Optional;

/** Clusters in the space of prepared features, as an algorithm found them. */
sealed interface Clusters permits Centres, Mixture {
  /** The centre of each. */
  List<double[]> centres();

  /** The cluster of a prepared point. */
  int label(double[] x);

  /** The clusters in a fixed order, so that their numbers do not depend on the algorithm. */
  Clusters ordered();

  /** What assigns customers to them. */
  ClusterModel model(Preparation preparation, List<String> segmentIds);

  /** Why they are of no use, if they are not. */
  Optional<String> degenerate();

  /** How many there are. */
  default int k() {
    return centres().size();
  }

  /** The clusters of many points. */
  default int[] labels(List<double[]> points) {
    return points.parallelStream().mapToInt(this::label).toArray();
  }
}
