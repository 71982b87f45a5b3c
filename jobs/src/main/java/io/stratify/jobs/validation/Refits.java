package io.stratify.jobs.validation;

import static io.stratify.common.tables.SegmentationValidation.ALL;

import io.stratify.common.config.EvidenceConfig;
import io.stratify.common.config.Gate;
import io.stratify.jobs.Concurrently;
import io.stratify.jobs.segments.Clusters;
import io.stratify.jobs.segments.Matching;
import io.stratify.jobs.segments.RandIndex;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;

/**
 * Whether other customers, or the same ones at another time, have the same clusters: clusters are
 * fitted to a cohort anew, and the customers of the cohort are divided by both. The agreement is
 * the adjusted Rand index (Hubert and Arabie 1985), the adjusted mutual information (Vinh, Epps and
 * Bailey 2010), the greatest Jaccard coefficient of each segment (Hennig 2007), and how far its
 * centre lies from that of its like. A segment that hardly anybody of the cohort is in cannot be
 * found there: as many clusters are fitted as there are segments of the least share.
 */
final class Refits {
  static final String RAND = "%s: adjusted Rand index";

  private final Subject subject;
  private final EvidenceConfig config;
  private final Gates gates;
  private final Bootstrap bootstrap;
  private final long seed;

  Refits(Subject subject, EvidenceConfig config, Gates gates, long seed) {
    this.subject = subject;
    this.config = config;
    this.gates = gates;
    this.bootstrap = new Bootstrap(config.bootstraps(), seed);
    this.seed = seed;
  }

  /** What one cohort says: its figures, and the Rand index in every sample of its customers. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Found(List<Figure> figures, double rand, double[] resampled) {}

  /**
   * The figures of some cohorts, and their mean agreement, held against a gate.
   *
   * @param kind what the cohorts are: the beginning of the names of the figures
   * @param absent why there are none, where there are none
   */
  List<Figure> of(String kind, Gate gate, List<Crowd> cohorts, String absent) {
    List<Callable<Found>> fits = new ArrayList<>();
    cohorts.forEach(c -> fits.add(() -> one(kind, c)));
    List<Found> found = Concurrently.all(config.concurrency(), fits);
    List<Figure> figures = new ArrayList<>();
    found.forEach(f -> figures.addAll(f.figures()));
    List<Found> measured = found.stream().filter(f -> Double.isFinite(f.rand())).toList();
    String evidence = kind + ": mean adjusted Rand index";
    if (measured.isEmpty()) {
      String why =
          cohorts.isEmpty()
              ? absent
              : "none of " + cohorts.size() + " is: " + figures.get(figures.size() - 1).reason();
      figures.add(gates.judge(gate, Figure.none(evidence, ALL, why)));
      return figures;
    }
    double mean = measured.stream().mapToDouble(Found::rand).average().orElseThrow();
    double[] means =
        IntStream.range(0, config.bootstraps())
            .mapToDouble(
                b -> measured.stream().mapToDouble(f -> f.resampled()[b]).average().orElseThrow())
            .toArray();
    figures.add(
        gates.judge(
            gate,
            Figure.of(evidence, ALL, mean, Interval.of(means, Bootstrap.LEVEL))
                .because("of " + measured.size() + " of " + cohorts.size() + " cohorts")));
    return figures;
  }

  private Found one(String kind, Crowd cohort) {
    String evidence = RAND.formatted(kind);
    long[] sizes = cohort.sizes(subject.k());
    double least = gates.limits().minShare() * cohort.size();
    int k = (int) Arrays.stream(sizes).filter(n -> n > 0 && n >= least).count();
    Optional<String> small = tooSmall(cohort.size(), k, config);
    if (small.isPresent()) {
      return nothing(evidence, cohort, small.get());
    }
    int[] once = new int[cohort.size()];
    Arrays.fill(once, 1);
    Optional<Clusters> again = subject.refit().of(cohort.points(), once, k, seed);
    return again
        .map(clusters -> compared(kind, cohort, clusters, k))
        .orElseGet(
            () ->
                nothing(
                    evidence,
                    cohort,
                    "no clusters were found in it: its customers are too much alike, or the fits failed"));
  }

  private static Found nothing(String evidence, Crowd cohort, String why) {
    return new Found(List.of(Figure.none(evidence, cohort.name(), why)), Double.NaN, new double[0]);
  }

  private Found compared(String kind, Crowd cohort, Clusters again, int k) {
    int[] own = cohort.labels();
    int[] others = again.labels(cohort.points());
    double rand = RandIndex.adjusted(own, others);
    double[] resampled =
        bootstrap.values(
            own.length,
            drawn -> RandIndex.adjusted(Bootstrap.pick(own, drawn), Bootstrap.pick(others, drawn)));
    List<Figure> figures = new ArrayList<>();
    figures.add(
        Figure.of(
                RAND.formatted(kind), cohort.name(), rand, Interval.of(resampled, Bootstrap.LEVEL))
            .because(
                String.format(
                    Locale.ROOT,
                    "%,d customers, %d clusters for %d segments",
                    own.length,
                    k,
                    subject.k())));
    figures.add(
        Figure.of(
            kind + ": adjusted mutual information",
            cohort.name(),
            Agreement.mutualInformation(own, others),
            bootstrap.interval(
                own.length,
                drawn ->
                    Agreement.mutualInformation(
                        Bootstrap.pick(own, drawn), Bootstrap.pick(others, drawn)))));
    figures.addAll(perSegment(kind, cohort, again, others));
    return new Found(figures, rand, resampled);
  }

  private List<Figure> perSegment(String kind, Crowd cohort, Clusters again, int[] others) {
    int[] own = cohort.labels();
    int k = subject.k();
    double[] jaccard = Agreement.jaccard(own, k, others);
    double[][] resampled = new double[config.bootstraps()][];
    for (int b = 0; b < resampled.length; b++) {
      int[] drawn = bootstrap.draw(own.length, b);
      resampled[b] =
          Agreement.jaccard(Bootstrap.pick(own, drawn), k, Bootstrap.pick(others, drawn));
    }
    double[] weights = new double[own.length];
    Arrays.fill(weights, 1);
    int[] like = Matching.mostInCommon(own, others, weights);
    List<Figure> figures = new ArrayList<>();
    for (int c = 0; c < k; c++) {
      if (Double.isFinite(jaccard[c])) {
        int cluster = c;
        double[] values = Arrays.stream(resampled).mapToDouble(j -> j[cluster]).toArray();
        figures.add(
            Figure.ofSegment(
                kind + ": Jaccard of a segment",
                cohort.name(),
                subject.segment(c),
                jaccard[c],
                Interval.of(values, Bootstrap.LEVEL)));
        if (c < like.length && like[c] < again.k() && meet(own, c, others, like[c])) {
          figures.add(movement(kind, cohort, c, again.centres().get(like[c])));
        }
      }
    }
    return figures;
  }

  /** Whether somebody is in both; where too few clusters are left, a like may share nobody. */
  private static boolean meet(int[] own, int cluster, int[] others, int other) {
    return IntStream.range(0, own.length).anyMatch(i -> own[i] == cluster && others[i] == other);
  }

  /** In the scale of the features before they are weighed; of several the mean square counts. */
  private Figure movement(String kind, Crowd cohort, int cluster, double[] centre) {
    double[] reference = subject.model().centres().get(cluster);
    double squares = 0;
    for (int j = 0; j < centre.length; j++) {
      double weight = subject.model().preparation().scales().get(j).weight();
      squares += Math.pow((centre[j] - reference[j]) / weight, 2);
    }
    return Figure.ofSegment(
            kind + ": movement of a centre",
            cohort.name(),
            subject.segment(cluster),
            Math.sqrt(squares / centre.length),
            null)
        .because("root mean square over the features as they are scaled");
  }

  /** Why a refit would mean nothing, if that is so. */
  static Optional<String> tooSmall(int customers, int k, EvidenceConfig config) {
    if (customers == 0) {
      return Optional.of("there are no customers");
    }
    if (k < 2) {
      return Optional.of("fewer than two segments are large enough");
    }
    return customers >= (long) k * config.minPerSegment()
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "%,d customers are fewer than %d for each of %d segments",
                customers,
                config.minPerSegment(),
                k));
  }

  /** A random half: 1 for those who are in it, 0 for the others. */
  static int[] half(int n, long seed) {
    int[] order = IntStream.range(0, n).toArray();
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = n - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swapped = order[i];
      order[i] = order[j];
      order[j] = swapped;
    }
    int[] half = new int[n];
    for (int i = 0; i < n / 2; i++) {
      half[order[i]] = 1;
    }
    return half;
  }
}
