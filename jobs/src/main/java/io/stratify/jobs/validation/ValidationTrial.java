package io.stratify.jobs.validation;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.udf;

import io.stratify.common.config.EvidenceConfig;
import io.stratify.common.config.StratifyConfig;
import io.stratify.common.tables.SegmentationValidation;
import io.stratify.jobs.segments.ClusterModel;
import io.stratify.jobs.segments.Clusters;
import io.stratify.jobs.segments.RandIndex;
import io.stratify.jobs.segments.Segmentation;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;

/** Evidence whose gathering can be timed, and held against that of all customers. */
public final class ValidationTrial {
  /** Features besides those of the segmentation that the evidence reads. */
  public static final List<String> MEASURES = Crowds.MEASURES;

  private final Subject subject;
  private final StratifyConfig config;
  private final Crowds.Source source;

  /**
   * A trial on some customers.
   *
   * @param segmentation clusters
   * @param features {@code customer_features} of one as-of date
   * @param customers number of its rows
   * @param past {@code customer_features_past}
   * @param outcomes {@code customer_outcome}
   */
  public ValidationTrial(
      SparkSession spark,
      StratifyConfig config,
      Segmentation segmentation,
      Dataset<Row> features,
      long customers,
      LocalDate asOf,
      Dataset<Row> past,
      Dataset<Row> outcomes) {
    this.subject = Subject.of(spark, segmentation).orElseThrow();
    this.config = config;
    this.source = new Crowds.Source(features, customers, asOf, past, outcomes);
  }

  /**
   * What was gathered.
   *
   * @param figures number of figures
   * @param dates past dates
   * @param cohorts acquisition cohorts
   * @param failed names of the figures that failed their gates
   * @param passed names of the figures that passed theirs
   */
  public record Gathered(
      int figures, long dates, long cohorts, List<String> failed, List<String> passed) {}

  /** Gathers all evidence. */
  public Gathered gather() {
    Gates gates = new Gates(config.validation().gates(subject.segmentation().lens()), false);
    Crowds crowds = crowds();
    List<Figure> figures =
        new Evidence(
                subject,
                config.validation().evidence(),
                gates,
                Optional.of("bought"),
                config.segments().seed())
            .of(crowds);
    return new Gathered(
        figures.size(),
        crowds.past().size(),
        figures.stream()
            .filter(f -> f.evidence().equals("acquisition: adjusted Rand index"))
            .count(),
        figures.stream().filter(Figure::failed).map(Figure::evidence).distinct().toList(),
        figures.stream()
            .filter(f -> f.verdict().equals(SegmentationValidation.PASS))
            .map(Figure::evidence)
            .distinct()
            .toList());
  }

  /**
   * How far figures of the sample are from those of all customers: the largest difference in the
   * adjusted Rand index, and in the Jaccard coefficient of a segment, over some refits.
   *
   * @param rand of the Rand index
   * @param jaccard of the coefficient
   */
  public record Difference(double rand, double jaccard) {}

  /** Compares, over refits to some resamples. */
  public Difference againstAll(int refits) {
    Crowd sample = crowds().now();
    EvidenceConfig evidence = config.validation().evidence();
    Bootstrap bootstrap = new Bootstrap(evidence.bootstraps(), config.segments().seed());
    double rand = 0;
    double jaccard = 0;
    for (int b = 0; b < refits; b++) {
      Clusters again =
          subject
              .refit()
              .of(sample.points(), bootstrap.times(sample.size(), b), subject.k(), b)
              .orElseThrow();
      int[][] all = everybody(again);
      int[] others = again.labels(sample.points());
      rand =
          Math.max(
              rand,
              Math.abs(
                  RandIndex.adjusted(sample.labels(), others)
                      - RandIndex.adjusted(all[0], all[1])));
      double[] some = Agreement.jaccard(sample.labels(), subject.k(), others);
      double[] every = Agreement.jaccard(all[0], subject.k(), all[1]);
      for (int c = 0; c < some.length; c++) {
        jaccard = Math.max(jaccard, Math.abs(some[c] - every[c]));
      }
    }
    return new Difference(rand, jaccard);
  }

  private Crowds crowds() {
    return Crowds.of(
        subject, source, config.validation().evidence().sample(), config.segments().seed());
  }

  /** Both clusters of every customer, in no order. */
  private int[][] everybody(Clusters again) {
    ClusterModel own = subject.model();
    ClusterModel others = again.model(own.preparation(), own.segmentIds());
    UDF1<scala.collection.Seq<Double>, Integer> cell =
        raw -> {
          double[] x = own.preparation().apply(ClusterModel.unbox(raw));
          return own.nearest(x) * own.centres().size() + others.nearest(x);
        };
    List<Row> cells =
        source
            .features()
            .select(
                udf(cell, DataTypes.IntegerType)
                    .apply(ClusterModel.columns(subject.features()))
                    .as("cell"))
            .groupBy(col("cell"))
            .agg(count(lit(1)))
            .collectAsList();
    int n = Math.toIntExact(source.customers());
    int[][] labels = new int[2][n];
    int from = 0;
    for (Row r : cells) {
      int to = from + Math.toIntExact(r.getLong(1));
      Arrays.fill(labels[0], from, to, r.getInt(0) / own.centres().size());
      Arrays.fill(labels[1], from, to, r.getInt(0) % own.centres().size());
      from = to;
    }
    return labels;
  }
}
