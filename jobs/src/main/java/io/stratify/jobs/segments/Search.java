package io.stratify.jobs.segments;

import io.stratify.common.config.Algorithm;
import io.stratify.common.config.ClusterConfig;
import io.stratify.common.config.SearchConfig;
import io.stratify.jobs.Concurrently;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import org.apache.spark.sql.SparkSession;

/** Fits every candidate on weighted points, some at a time, and keeps the best of its seeds. */
final class Search {
  /** Fits of a small sample are mostly waiting for the scheduler. */
  private static final int CONCURRENT_FITS = 4;

  private final SparkSession spark;
  private final ClusterConfig lens;
  private final long seed;
  private final ToDoubleFunction<Clusters> outcomeEffect;

  /**
   * A search for a lens.
   *
   * @param outcomeEffect share of the outcome's variance between clusters, NaN where not known
   */
  Search(
      SparkSession spark, ClusterConfig lens, long seed, ToDoubleFunction<Clusters> outcomeEffect) {
    this.spark = spark;
    this.lens = lens;
    this.seed = seed;
    this.outcomeEffect = outcomeEffect;
  }

  private record Wanted(Algorithm algorithm, int k) {}

  /** All candidates, from the smallest k to the largest that the distinct points allow. */
  List<Fitted> fitAll(Points points, int largestK) {
    Map<Algorithm, Clusterer> clusterers = new EnumMap<>(Algorithm.class);
    config()
        .algorithms()
        .forEach(a -> clusterers.put(a, Clusterer.of(a, config().maxIterations(), points, spark)));
    List<Wanted> wanted = wanted(largestK);
    List<Callable<Attempt>> fits = new ArrayList<>();
    for (Wanted w : wanted) {
      for (int restart = 0; restart < config().restarts(); restart++) {
        long ownSeed = seed + restart;
        fits.add(() -> fit(clusterers.get(w.algorithm()), points, w, ownSeed));
      }
    }
    List<Attempt> attempts = Concurrently.all(CONCURRENT_FITS, fits);
    List<Callable<Fitted>> judged = new ArrayList<>();
    for (int i = 0; i < wanted.size(); i++) {
      Wanted w = wanted.get(i);
      List<Attempt> own = attempts.subList(i * config().restarts(), (i + 1) * config().restarts());
      judged.add(() -> best(points, w, own));
    }
    return Concurrently.all(CONCURRENT_FITS, judged);
  }

  private SearchConfig config() {
    return lens.search();
  }

  private List<Wanted> wanted(int largestK) {
    List<Wanted> wanted = new ArrayList<>();
    for (Algorithm algorithm : config().algorithms()) {
      for (int k = config().kMin(); k <= largestK; k++) {
        wanted.add(new Wanted(algorithm, k));
      }
    }
    return wanted;
  }

  private Attempt fit(Clusterer clusterer, Points points, Wanted w, long ownSeed) {
    spark
        .sparkContext()
        .setJobDescription(
            "fit "
                + lens.name()
                + " "
                + w.algorithm().label()
                + " k="
                + w.k()
                + " seed="
                + ownSeed);
    Attempt attempt = Attempt.of(clusterer, points, w.k(), ownSeed);
    return attempt.clusters() instanceof Centres found && w.algorithm() == Algorithm.KMEANS
        ? new Attempt(new Relocation(points).improved(found).ordered(), null)
        : attempt;
  }

  /** The seed with the least cost, or the greatest likelihood; of equal ones the first. */
  private Fitted best(Points points, Wanted w, List<Attempt> attempts) {
    List<String> discarded =
        attempts.stream().map(Attempt::discarded).filter(Objects::nonNull).distinct().toList();
    Clusters best = null;
    double least = Double.POSITIVE_INFINITY;
    for (Attempt attempt : attempts) {
      if (attempt.clusters() != null) {
        double loss = Attempt.loss(attempt.clusters(), points);
        if (best == null || loss < least - 1e-9 * Math.abs(least)) {
          best = attempt.clusters();
          least = loss;
        }
      }
    }
    if (best == null) {
      return new Fitted(w.algorithm(), w.k(), null, null, null, discarded);
    }
    return judge(points, w, best, discarded);
  }

  private Fitted judge(Points points, Wanted w, Clusters best, List<String> discarded) {
    int[] labels = best.labels(points.prepared());
    Double stability =
        new Stability(spark, points, lens.policy().resamples(), seed)
            .of(w.algorithm(), w.k(), labels);
    double effect = outcomeEffect.applyAsDouble(best);
    Figures figures =
        Figures.of(points, best, labels, stability, Double.isNaN(effect) ? null : effect);
    return new Fitted(w.algorithm(), w.k(), best, labels, figures, discarded);
  }
}
