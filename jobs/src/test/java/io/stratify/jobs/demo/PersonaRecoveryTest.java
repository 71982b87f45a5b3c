package io.stratify.jobs.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.stratify.jobs.segments.RandIndex;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.spark.ml.clustering.KMeans;
import org.apache.spark.ml.clustering.KMeansModel;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** K-means finds the planted personas again from the features that the pipeline uses. */
class PersonaRecoveryTest extends DemoSparkSuite {
  private static final Logger LOG = LoggerFactory.getLogger(PersonaRecoveryTest.class);
  private static final DemoSpec SPEC = new DemoSpec(3000, 24, LocalDate.of(2026, 1, 1), 42);

  private static final int RESTARTS = 5;

  @Test
  void fiveClustersAreThePersonasAndSilhouetteChoosesFive() {
    List<Row> customers = PersonaFeatures.of(spark(), SPEC).collectAsList();
    List<Persona> known = Persona.USUAL;
    int[] personas =
        customers.stream().mapToInt(r -> known.indexOf(Persona.of(r.getAs("persona")))).toArray();
    Dataset<Row> points = points(customers);

    Map<Double, Integer> bySilhouette = new TreeMap<>();
    for (int k = 3; k <= 6; k++) {
      int[] clusters = cluster(points, k);
      double agreement = RandIndex.adjusted(personas, clusters);
      double silhouette = silhouette(points, clusters, k);
      LOG.info("k {}: adjusted Rand index {}, macro silhouette {}", k, agreement, silhouette);
      bySilhouette.put(silhouette, k);
      if (k == known.size()) {
        assertThat(agreement).as("adjusted Rand index").isGreaterThanOrEqualTo(0.7);
      }
    }
    assertThat(List.copyOf(bySilhouette.values())).last().isEqualTo(5);
  }

  private Dataset<Row> points(List<Row> customers) {
    double[][] columns = new double[PersonaFeatures.NAMES.size()][];
    for (int j = 0; j < columns.length; j++) {
      String name = PersonaFeatures.NAMES.get(j);
      columns[j] =
          Preparation.prepare(customers.stream().mapToDouble(r -> number(r, name)).toArray());
    }
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < customers.size(); i++) {
      double[] point = new double[columns.length];
      for (int j = 0; j < columns.length; j++) {
        point[j] = columns[j][i];
      }
      rows.add(RowFactory.create(i, Vectors.dense(point)));
    }
    StructType schema = new StructType().add("i", "int").add("features", SQLDataTypes.VectorType());
    return spark().createDataFrame(rows, schema).coalesce(1).cache();
  }

  private static double number(Row row, String name) {
    Number value = row.getAs(name);
    return value == null ? Double.NaN : value.doubleValue();
  }

  /** The cheapest of a few runs, as in the pipeline: one alone may end in a local minimum. */
  private static int[] cluster(Dataset<Row> points, int k) {
    KMeansModel best =
        IntStream.range(0, RESTARTS)
            .mapToObj(i -> new KMeans().setK(k).setSeed(42 + i).setMaxIter(100).fit(points))
            .min(Comparator.comparingDouble(m -> m.summary().trainingCost()))
            .orElseThrow();
    return best.transform(points).orderBy("i").select("prediction").collectAsList().stream()
        .mapToInt(r -> r.getInt(0))
        .toArray();
  }

  /** Mean over clusters of the mean silhouette of a cluster's points. */
  private static double silhouette(Dataset<Row> points, int[] clusters, int k) {
    List<Vector> all = new ArrayList<>();
    points.orderBy("i").collectAsList().forEach(r -> all.add(r.getAs("features")));
    double[] sums = new double[k];
    int[] sizes = new int[k];
    for (int cluster : clusters) {
      sizes[cluster]++;
    }
    for (int i = 0; i < clusters.length; i++) {
      double[] distances = new double[k];
      for (int j = 0; j < clusters.length; j++) {
        distances[clusters[j]] += Vectors.sqdist(all.get(i), all.get(j));
      }
      sums[clusters[i]] += silhouette(distances, sizes, clusters[i]);
    }
    double total = 0;
    for (int c = 0; c < k; c++) {
      total += sums[c] / sizes[c] / k;
    }
    return total;
  }

  private static double silhouette(double[] distances, int[] sizes, int own) {
    double within = distances[own] / (sizes[own] - 1);
    double nearest = Double.MAX_VALUE;
    for (int c = 0; c < sizes.length; c++) {
      nearest = c == own ? nearest : Math.min(nearest, distances[c] / sizes[c]);
    }
    return (nearest - within) / Math.max(nearest, within);
  }
}
