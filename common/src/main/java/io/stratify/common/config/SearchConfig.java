package io.stratify.common.config;

import java.util.List;

/**
 * Which candidates a lens of clusters has.
 *
 * @param path where the keys are
 * @param algorithms algorithms that are tried
 * @param kMin fewest clusters
 * @param kMax most clusters
 * @param minShare smallest share of the customers that a cluster may hold
 * @param maxIterations most iterations of a mixture, and of k-means in Spark, where it has 5 at
 *     most
 * @param restarts runs per algorithm and number of clusters, each with its own seed
 * @param coreset customers that stand for all in the search; all of them where there are no more
 * @param rulesDepth most questions of a readable rule
 */
public record SearchConfig(
    String path,
    List<Algorithm> algorithms,
    int kMin,
    int kMax,
    double minShare,
    int maxIterations,
    int restarts,
    int coreset,
    int rulesDepth) {

  /** Checks each value, and that the smallest share leaves room for the fewest clusters. */
  public SearchConfig {
    algorithms = List.copyOf(algorithms);
    Key<Integer> min = kMin(path);
    Key<Integer> max = kMax(path);
    Key<Double> share = minShare(path);
    new Checks()
        .check(algorithms(path), algorithms)
        .check(min, kMin)
        .check(max, kMax)
        .that(
            kMax >= kMin || !min.valid().test(kMin) || !max.valid().test(kMax),
            max.path(),
            max.path() + " is " + kMax + "; it must be at least k-min, which is " + kMin,
            min.path())
        .check(share, minShare)
        .that(
            minShare <= 1.0 / kMin || !min.valid().test(kMin) || !share.valid().test(minShare),
            share.path(),
            share.path()
                + " is "
                + Values.show(minShare)
                + "; it must be at most 1 / k-min, and k-min is "
                + kMin,
            min.path())
        .check(maxIterations(path), maxIterations)
        .check(restarts(path), restarts)
        .check(coreset(path), coreset)
        .check(rulesDepth(path), rulesDepth)
        .done();
  }

  static Key<List<Algorithm>> algorithms(String path) {
    return new Key<>(
        path + ".algorithms",
        "a list of " + String.join(", ", Algorithm.NAMES),
        value -> Values.list(value, v -> Values.text(v).flatMap(Algorithm::of)),
        all -> !all.isEmpty() && all.stream().distinct().count() == all.size());
  }

  static Key<Integer> kMin(String path) {
    return Key.wholeNumber(path + ".k-min", 2);
  }

  static Key<Integer> kMax(String path) {
    return Key.wholeNumber(path + ".k-max", 2, 50);
  }

  static Key<Double> minShare(String path) {
    return Key.number(path + ".min-share", 0, 1);
  }

  static Key<Integer> maxIterations(String path) {
    return Key.wholeNumber(path + ".max-iterations", 1);
  }

  static Key<Integer> restarts(String path) {
    return Key.wholeNumber(path + ".restarts", 1);
  }

  static Key<Integer> coreset(String path) {
    return Key.wholeNumber(path + ".coreset", 10);
  }

  static Key<Integer> rulesDepth(String path) {
    return Key.wholeNumber(path + ".rules-depth", 1, 10);
  }
}
