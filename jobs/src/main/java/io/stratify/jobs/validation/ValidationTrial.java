package io.stratify.jobs.validation;

import io.stratify.common.config.StratifyConfig;
import io.stratify.common.tables.SegmentationValidation;
import io.stratify.jobs.Concurrently;
import io.stratify.jobs.segments.RandIndex;
import io.stratify.jobs.segments.Segmentation;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.DoubleStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

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
    Crowds crowds =
        Crowds.of(
            subject, source, config.validation().evidence().sample(), config.segments().seed());
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
   * How far figures of the sample are from those of all customers.
   *
   * @param rand difference of the mean adjusted Rand index of the segmentation and refits to
   *     resamples
   * @param jaccard largest difference of the mean Jaccard coefficient of a segment in such refits
   */
  public record Difference(double rand, double jaccard) {}

  /**
   * Compares the figures of all resamples of the sample, which are those of the evidence, with
   * those of some resamples of all customers. Both are refitted to the rows that they are measured
   * on.
   */
  public Difference againstAll(int refits) {
    int resamples = config.validation().evidence().bootstraps();
    double[] some = means(now(config.validation().evidence().sample()), resamples);
    double[] all = means(now(Math.toIntExact(source.customers())), refits);
    double jaccard = 0;
    for (int c = 1; c < all.length; c++) {
      jaccard = Math.max(jaccard, Math.abs(some[c] - all[c]));
    }
    return new Difference(Math.abs(some[0] - all[0]), jaccard);
  }

  /** Mean Rand index, and behind it the mean Jaccard coefficient of each segment. */
  private double[] means(Crowd crowd, int refits) {
    Bootstrap bootstrap = new Bootstrap(refits, config.segments().seed());
    List<Callable<double[]>> fits = new ArrayList<>();
    for (int b = 0; b < refits; b++) {
      int sample = b;
      fits.add(
          () ->
              agreement(
                  crowd, bootstrap.times(crowd.size(), sample), config.segments().seed() + sample));
    }
    List<double[]> found = Concurrently.all(config.validation().evidence().concurrency(), fits);
    double[] means = new double[1 + subject.k()];
    Arrays.setAll(means, i -> found.stream().mapToDouble(f -> f[i]).average().orElse(Double.NaN));
    return means;
  }

  private double[] agreement(Crowd crowd, int[] times, long seed) {
    Resampling.Again again = Resampling.again(subject, crowd, times, seed).orElseThrow();
    return DoubleStream.concat(
            DoubleStream.of(RandIndex.adjusted(again.own(), again.others())),
            Arrays.stream(Agreement.jaccard(again.own(), subject.k(), again.others())))
        .toArray();
  }

  private Crowd now(int sample) {
    return Crowds.now(subject, source, sample, config.segments().seed());
  }
}
