package io.stratify.jobs.segments;

import io.stratify.common.tables.CustomerFeatures;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.mllib.clustering.KMeans;
import org.apache.spark.mllib.clustering.KMeansModel;
import org.apache.spark.mllib.linalg.Vector;
import org.apache.spark.mllib.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/** Fits the winner of a search on all customers, starting from the centres found on the sample. */
final class Refinement {
  /** Fixed, not taken from the cluster: the order of summation must not change. */
  private static final int PARTITIONS = 32;

  private Refinement() {}

  /** The centres after Lloyd's iterations over all customers. */
  static List<double[]> refine(
      Dataset<Row> features, Preparation preparation, List<double[]> start, int iterations) {
    JavaRDD<Vector> points =
        features
            .select(
                CustomerFeatures.CUSTOMER_ID.col(),
                CentreModel.features(preparation.features()).as("features"))
            .repartition(PARTITIONS, CustomerFeatures.CUSTOMER_ID.col())
            .sortWithinPartitions(CustomerFeatures.CUSTOMER_ID.col())
            .toJavaRDD()
            .map(row -> Vectors.dense(preparation.apply(CentreModel.unbox(row.<Double>getSeq(1)))));
    points.persist(StorageLevel.MEMORY_AND_DISK());
    try {
      Vector[] centres = start.stream().map(Vectors::dense).toArray(Vector[]::new);
      KMeansModel refined =
          new KMeans()
              .setK(start.size())
              .setMaxIterations(iterations)
              .setInitialModel(new KMeansModel(centres))
              .run(points.rdd());
      return Arrays.stream(refined.clusterCenters())
          .map(c -> KMeansSearch.rounded(c.toArray()))
          .toList();
    } finally {
      points.unpersist(false);
    }
  }
}
