package io.stratify.jobs.validation;

import static io.stratify.common.tables.SegmentationValidation.ALL;

import io.stratify.common.config.EvidenceConfig;
import io.stratify.common.config.Gate;
import io.stratify.jobs.Concurrently;
import io.stratify.jobs.segments.Clusters;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;

/**
 * Whether the clusters are found again in other draws of the same customers.
 *
 * <p>Resampling (Hennig 2007, Cluster-wise assessment of cluster stability): clusters are fitted to
 * bootstrap samples, and every segment is held against the cluster of the sample with which it has
 * the greatest Jaccard coefficient, over the customers drawn. Prediction strength (Tibshirani and
 * Walther 2005, Cluster validation by prediction strength): customers are split in halves, and of
 * the pairs that the clusters of one half put together, the share that those of the other half put
 * together too, in the cluster where it is least. Where some draws can be divided, those that
 * cannot count as 0.
 */
final class Resampling {
  static final String JACCARD = "resampling: Jaccard of a segment";
  static final String MEAN_JACCARD = "resampling: mean Jaccard";
  static final String STRENGTH = "prediction strength";

  /** What two halves are worth where one of them cannot be divided. */
  private static final double[] LOST = {0, 0};

  private final Subject subject;
  private final EvidenceConfig config;
  private final Gates gates;
  private final Bootstrap bootstrap;
  private final long seed;

  Resampling(Subject subject, EvidenceConfig config, Gates gates, long seed) {
    this.subject = subject;
    this.config = config;
    this.gates = gates;
    this.bootstrap = new Bootstrap(config.bootstraps(), seed);
    this.seed = seed;
  }

  /** The figures of both. */
  List<Figure> of(Crowd crowd) {
    List<Figure> figures = new ArrayList<>();
    Optional<String> small = Refits.tooSmall(crowd.size(), subject.k(), config);
    if (small.isPresent()) {
      figures.add(none(Gate.SEGMENT_JACCARD, JACCARD, small.get()));
      figures.add(none(Gate.MEAN_JACCARD, MEAN_JACCARD, small.get()));
      figures.add(none(Gate.PREDICTION_STRENGTH, STRENGTH, small.get()));
      return figures;
    }
    figures.addAll(jaccard(crowd));
    figures.add(strength(crowd));
    return figures;
  }

  private Figure none(Gate gate, String evidence, String why) {
    return gates.judge(gate, Figure.none(evidence, ALL, why));
  }

  private List<Figure> jaccard(Crowd crowd) {
    List<Callable<double[]>> fits = new ArrayList<>();
    for (int b = 0; b < config.bootstraps(); b++) {
      int sample = b;
      fits.add(() -> jaccard(crowd, sample));
    }
    List<double[]> all = Concurrently.all(config.concurrency(), fits);
    List<double[]> found =
        all.stream().map(j -> Objects.requireNonNullElse(j, new double[subject.k()])).toList();
    if (all.stream().allMatch(Objects::isNull)) {
      String why = "no sample holds enough different customers";
      return List.of(
          none(Gate.SEGMENT_JACCARD, JACCARD, why), none(Gate.MEAN_JACCARD, MEAN_JACCARD, why));
    }
    List<Figure> figures = new ArrayList<>();
    for (int c = 0; c < subject.k(); c++) {
      int cluster = c;
      double[] own = found.stream().mapToDouble(j -> j[cluster]).toArray();
      String segment = subject.segment(c);
      figures.add(
          gates.judge(
              Gate.SEGMENT_JACCARD,
              Double.isNaN(mean(own))
                  ? Figure.none(JACCARD, ALL, segment, "nobody of the sample is in it")
                  : Figure.ofSegment(JACCARD, ALL, segment, mean(own), interval(own))));
    }
    double[] means = found.stream().mapToDouble(Resampling::mean).toArray();
    figures.add(
        gates.judge(Gate.MEAN_JACCARD, Figure.of(MEAN_JACCARD, ALL, mean(means), interval(means))));
    return figures;
  }

  /** The coefficient of each segment in one sample; null where it cannot be divided. */
  private double[] jaccard(Crowd crowd, int sample) {
    return again(subject, crowd, bootstrap.times(crowd.size(), sample), seed + sample)
        .map(again -> Agreement.jaccard(again.own(), subject.k(), again.others()))
        .orElse(null);
  }

  /**
   * The customers of a resample, divided twice.
   *
   * @param own cluster of each
   * @param others its cluster among those fitted to the resample
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Again(int[] own, int[] others) {}

  /** Fits the clusters to a resample; empty where it cannot be divided. */
  static Optional<Again> again(Subject subject, Crowd crowd, int[] times, long seed) {
    return subject
        .refit()
        .of(crowd.points(), times, subject.k(), seed)
        .map(
            clusters -> {
              int[] drawn = IntStream.range(0, times.length).filter(i -> times[i] > 0).toArray();
              List<double[]> points = Arrays.stream(drawn).mapToObj(crowd.points()::get).toList();
              return new Again(Bootstrap.pick(crowd.labels(), drawn), clusters.labels(points));
            });
  }

  private Figure strength(Crowd crowd) {
    List<Callable<double[]>> splits = new ArrayList<>();
    for (int s = 0; s < config.splits(); s++) {
      int split = s;
      splits.add(() -> strengths(crowd, split));
    }
    List<double[]> found = Concurrently.all(config.concurrency(), splits);
    double[] all =
        found.stream().flatMapToDouble(s -> Arrays.stream(s.length == 0 ? LOST : s)).toArray();
    return found.stream().allMatch(s -> s.length == 0)
        ? none(Gate.PREDICTION_STRENGTH, STRENGTH, "no half holds enough different customers")
        : gates.judge(Gate.PREDICTION_STRENGTH, Figure.of(STRENGTH, ALL, mean(all), interval(all)));
  }

  /** The strength of either half for the other; empty where one of them cannot be divided. */
  private double[] strengths(Crowd crowd, int split) {
    int[] first = Refits.half(crowd.size(), seed + split);
    int[] second = new int[first.length];
    Arrays.setAll(second, i -> 1 - first[i]);
    int k = subject.k();
    Optional<Clusters> one = subject.refit().of(crowd.points(), first, k, seed + split);
    Optional<Clusters> other = subject.refit().of(crowd.points(), second, k, seed + split);
    if (one.isEmpty() || other.isEmpty()) {
      return new double[0];
    }
    return new double[] {
      strength(crowd, second, other.get(), one.get()),
      strength(crowd, first, one.get(), other.get())
    };
  }

  private double strength(Crowd crowd, int[] half, Clusters own, Clusters others) {
    int[] kept = IntStream.range(0, half.length).filter(i -> half[i] > 0).toArray();
    List<double[]> points = Arrays.stream(kept).mapToObj(crowd.points()::get).toList();
    return strength(own.labels(points), others.labels(points), subject.k());
  }

  /**
   * Of the pairs that are in one cluster, the share that the other clusters put together too, in
   * the cluster where it is least; clusters of one customer have no pairs.
   */
  static double strength(int[] own, int[] others, int k) {
    double[][] common = new double[k][k];
    for (int i = 0; i < own.length; i++) {
      common[own[i]][others[i]]++;
    }
    double least = 1;
    for (double[] row : common) {
      double size = Arrays.stream(row).sum();
      if (size > 1) {
        double pairs = Arrays.stream(row).map(n -> n * (n - 1)).sum();
        least = Math.min(least, pairs / (size * (size - 1)));
      }
    }
    return least;
  }

  private static Interval interval(double[] values) {
    return Interval.of(values, Bootstrap.LEVEL);
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).filter(Double::isFinite).average().orElse(Double.NaN);
  }
}
