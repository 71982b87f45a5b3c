package io.stratify.jobs.segments;

import io.stratify.common.config.BehaviourConfig;
import io.stratify.jobs.Concurrently;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.clustering.KMeans;
import org.apache.spark.ml.clustering.KMeansModel;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;

/**
 * Fits MLlib KMeans (k-means||, Bahmani et al. 2012) for every k of a range on prepared points and
 * chooses one. The points lie in a fixed order in a fixed number of partitions, and centres are
 * rounded to nine digits, so that the result does not depend on the cluster.
 */
final class KMeansSearch {
  /** Points in one partition; the number of partitions must not come from the cluster. */
  private static final int POINTS_PER_PARTITION = 50_000;

  /** Fits of a small sample are mostly waiting for the scheduler. */
  private static final int CONCURRENT_FITS = 4;

  private final SparkSession spark;
  private final BehaviourConfig config;
  private final long seed;

  KMeansSearch(SparkSession spark, BehaviourConfig config, long seed) {
    this.spark = spark;
    this.config = config;
    this.seed = seed;
  }

  /**
   * One fitted candidate.
   *
   * @param centres in the space of the points
   * @param labels nearest centre of every point
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared; one int per customer of the sample
  record Fitted(
      int k,
      List<double[]> centres,
      int[] labels,
      double cost,
      double silhouette,
      double smallestShare) {}

  /** All candidates, from the smallest k to the largest that the distinct points allow. */
  List<Fitted> fitAll(List<double[]> points, int largestK) {
    Broadcast<List<double[]>> shared =
        JavaSparkContext.fromSparkContext(spark.sparkContext()).broadcast(points);
    Dataset<Row> data = dataset(shared, points.size()).persist(StorageLevel.MEMORY_AND_DISK());
    try {
      List<Callable<KMeansModel>> fits = new ArrayList<>();
      for (int k = config.kMin(); k <= largestK; k++) {
        for (int restart = 0; restart < config.restarts(); restart++) {
          int clusters = k;
          long ownSeed = seed + restart;
          fits.add(() -> fit(data, clusters, ownSeed));
        }
      }
      List<KMeansModel> models = Concurrently.all(CONCURRENT_FITS, fits);
      List<Fitted> all = new ArrayList<>();
      for (int i = 0; i < models.size(); i += config.restarts()) {
        all.add(judge(points, best(models.subList(i, i + config.restarts()))));
      }
      return all;
    } finally {
      data.unpersist(false);
      shared.destroy();
    }
  }

  private KMeansModel fit(Dataset<Row> data, int k, long ownSeed) {
    spark.sparkContext().setJobDescription("fit kmeans k=" + k + " seed=" + ownSeed);
    return new KMeans().setK(k).setSeed(ownSeed).setMaxIter(config.maxIterations()).fit(data);
  }

  /** The cheapest; of equal ones the first. */
  private static KMeansModel best(List<KMeansModel> models) {
    KMeansModel best = models.get(0);
    for (KMeansModel model : models) {
      if (cost(model) < cost(best) * (1 - 1e-9)) {
        best = model;
      }
    }
    return best;
  }

  private static double cost(KMeansModel model) {
    return model.summary().trainingCost();
  }

  private static Fitted judge(List<double[]> points, KMeansModel model) {
    List<double[]> centres =
        Arrays.stream(model.clusterCenters()).map(c -> rounded(c.toArray())).toList();
    int[] labels = new int[points.size()];
    int[] size = new int[centres.size()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = nearest(points.get(i), centres);
      size[labels[i]]++;
    }
    double cost = 0;
    for (int i = 0; i < labels.length; i++) {
      cost += CentreModel.squaredDistance(points.get(i), centres.get(labels[i]));
    }
    double smallest = Arrays.stream(size).min().orElse(0) / (double) points.size();
    return new Fitted(
        centres.size(),
        centres,
        labels,
        cost,
        Silhouette.macro(points, labels, centres.size()),
        smallest);
  }

  static int nearest(double[] x, List<double[]> centres) {
    int best = 0;
    for (int c = 1; c < centres.size(); c++) {
      if (CentreModel.squaredDistance(x, centres.get(c))
          < CentreModel.squaredDistance(x, centres.get(best))) {
        best = c;
      }
    }
    return best;
  }

  /**
   * The best candidate with large enough clusters; without any, the one whose smallest is largest.
   */
  Fitted choose(List<Fitted> candidates) {
    Optional<Fitted> sound =
        candidates.stream()
            .filter(f -> f.smallestShare() >= config.minShare())
            .max(
                Comparator.comparingDouble(Fitted::silhouette)
                    .thenComparing(Fitted::k, Comparator.reverseOrder()));
    return sound.orElseGet(
        () ->
            candidates.stream()
                .max(
                    Comparator.comparingDouble(Fitted::smallestShare)
                        .thenComparing(Fitted::k, Comparator.reverseOrder()))
                .orElseThrow());
  }

  /** Every candidate with the reason for the choice. */
  List<Lens.Candidate> explain(List<Fitted> candidates, Fitted chosen) {
    return candidates.stream()
        .map(
            f ->
                new Lens.Candidate(
                    f.k(),
                    f.cost(),
                    f.silhouette(),
                    f.smallestShare(),
                    f.k() == chosen.k(),
                    reason(f, chosen)))
        .toList();
  }

  private String reason(Fitted f, Fitted chosen) {
    boolean small = f.smallestShare() < config.minShare();
    String floor =
        String.format(
            Locale.ROOT, "smallest share %.3f, floor %.3f", f.smallestShare(), config.minShare());
    if (f.k() == chosen.k()) {
      return small
          ? "no candidate meets the floor; this one is nearest to it: " + floor
          : "highest silhouette with " + floor;
    }
    return small
        ? floor
        : String.format(
            Locale.ROOT, "silhouette %.4f below %.4f", f.silhouette(), chosen.silhouette());
  }

  /** The points are broadcast once, so that the many small tasks of a fit carry nothing. */
  private Dataset<Row> dataset(Broadcast<List<double[]>> points, int size) {
    return spark.createDataFrame(
        spark
            .range(0, size, 1, 1 + (size - 1) / POINTS_PER_PARTITION)
            .toJavaRDD()
            .map(i -> RowFactory.create(Vectors.dense(points.value().get(i.intValue())))),
        new StructType().add("features", SQLDataTypes.VectorType()));
  }

  /** Nine significant digits: sums of doubles may differ in the last ones from run to run. */
  static double[] rounded(double[] x) {
    return Arrays.stream(x)
        .map(v -> new BigDecimal(v).round(new MathContext(9)).doubleValue())
        .toArray();
  }
}
