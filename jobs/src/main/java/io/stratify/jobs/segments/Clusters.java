package io.stratify.jobs.segments;

import java.util.List;
import java.util.Optional;

/** Clusters in the space of prepared features, as an algorithm found them. */
public sealed interface Clusters permits Centres, Mixture {
  /** The centre of each. */
  List<double[]> centres();

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

  /** What makes a customer one of a cluster, as words before the values of its centre. */
  String belonging();

  /** The clusters of prepared points. */
  int[] labels(List<double[]> points);
}
