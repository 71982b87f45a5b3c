package io.stratify.common.config;

import java.util.List;

/**
 * The lens of clusters over behavioural features.
 *
 * @param enabled whether the lens is computed
 * @param features columns of {@code customer_features}
 * @param kMin fewest clusters
 * @param kMax most clusters
 * @param minShare smallest share of the customers that a cluster may hold
 * @param maxIterations most iterations of a run
 * @param restarts runs per number of clusters
 * @param winsorise quantile at either end to which further values are pulled in
 * @param logAboveSkew skewness above which a feature is taken to its logarithm
 */
public record BehaviourConfig(
    boolean enabled,
    List<String> features,
    int kMin,
    int kMax,
    double minShare,
    int maxIterations,
    int restarts,
    double winsorise,
    double logAboveSkew) {
  private static final String PATH = "segments.behaviour.";
  static final Key<Boolean> ENABLED = Key.flag(PATH + "enabled");
  static final Key<List<String>> FEATURES =
      new Key<>(
          PATH + "features",
          "a list of at least 2 columns",
          value -> Values.list(value, Values::text),
          features -> features.size() >= 2);
  static final Key<Integer> K_MIN = Key.wholeNumber(PATH + "k-min", 2);
  static final Key<Integer> K_MAX = Key.wholeNumber(PATH + "k-max", 2, 50);
  static final Key<Double> MIN_SHARE = Key.number(PATH + "min-share", 0, 1);
  static final Key<Integer> MAX_ITERATIONS = Key.wholeNumber(PATH + "max-iterations", 1);
  static final Key<Integer> RESTARTS = Key.wholeNumber(PATH + "restarts", 1);
  static final Key<Double> WINSORISE = Key.number(PATH + "winsorise", 0, 0.25);
  static final Key<Double> LOG_ABOVE_SKEW = Key.notNegative(PATH + "log-above-skew");

  /** Checks each value, and that the smallest share leaves room for the fewest clusters. */
  public BehaviourConfig {
    features = List.copyOf(features);
    new Checks()
        .check(FEATURES, features)
        .all(Ids.repeated(FEATURES.path(), features))
        .check(K_MIN, kMin)
        .check(K_MAX, kMax)
        .that(
            kMax >= kMin || !K_MIN.valid().test(kMin) || !K_MAX.valid().test(kMax),
            K_MAX.path(),
            K_MAX.path() + " is " + kMax + "; it must be at least k-min, which is " + kMin,
            K_MIN.path())
        .check(MIN_SHARE, minShare)
        .that(
            minShare <= 1.0 / kMin
                || !K_MIN.valid().test(kMin)
                || !MIN_SHARE.valid().test(minShare),
            MIN_SHARE.path(),
            MIN_SHARE.path()
                + " is "
                + Values.show(minShare)
                + "; it must be at most 1 / k-min, and k-min is "
                + kMin,
            K_MIN.path())
        .check(MAX_ITERATIONS, maxIterations)
        .check(RESTARTS, restarts)
        .check(WINSORISE, winsorise)
        .check(LOG_ABOVE_SKEW, logAboveSkew)
        .done();
  }
}
