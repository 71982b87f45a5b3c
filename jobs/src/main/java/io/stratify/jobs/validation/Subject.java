package io.stratify.jobs.validation;

import io.stratify.common.config.Algorithm;
import io.stratify.jobs.segments.ClusterModel;
import io.stratify.jobs.segments.PartialModel;
import io.stratify.jobs.segments.Refit;
import io.stratify.jobs.segments.Segmentation;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/**
 * A segmentation of clusters, as something that evidence is gathered about.
 *
 * @param segmentation the segmentation
 * @param model its clusters, one per segment
 * @param refit finds such clusters among other customers
 */
record Subject(Segmentation segmentation, ClusterModel model, Refit refit) {
  /** Empty where it is not made of clusters. */
  static Optional<Subject> of(SparkSession spark, Segmentation s) {
    return ClusterModel.of(s.model())
        .flatMap(
            model ->
                Algorithm.of(s.algorithm()).map(a -> new Subject(s, model, new Refit(spark, a))));
  }

  int k() {
    return model.centres().size();
  }

  String segment(int cluster) {
    return model.segmentIds().get(cluster);
  }

  /** Whether there are customers whom the clusters do not divide. */
  boolean partial() {
    return segmentation.model() instanceof PartialModel;
  }

  /** Whether a customer is one that the clusters divide. */
  Column divided() {
    return segmentation.model() instanceof PartialModel partial
        ? partial.isKnown()
        : functions.lit(true);
  }

  /** Names of the features, one per prepared one. */
  List<String> features() {
    return model.features();
  }

  /** Cluster of each of some prepared customers. */
  int[] labels(List<double[]> points) {
    return points.parallelStream().mapToInt(model::nearest).toArray();
  }
}
