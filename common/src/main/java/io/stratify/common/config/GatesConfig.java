package io.stratify.common.config;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a new segmentation of clusters has to show.
 *
 * @param path where the keys are
 * @param minSegments fewest segments
 * @param maxSegments most segments
 * @param minShare smallest share of the customers that a segment may hold
 * @param limits limits of the other gates; one that is off has none
 */
public record GatesConfig(
    String path, int minSegments, int maxSegments, double minShare, Map<Gate, Double> limits) {

  /** Checks each value, and that some number of segments passes. */
  public GatesConfig {
    limits = Map.copyOf(limits);
    Key<Integer> min = minSegments(path);
    Key<Integer> max = maxSegments(path);
    Checks checks =
        new Checks()
            .check(min, minSegments)
            .check(max, maxSegments)
            .that(
                maxSegments >= minSegments || minSegments < 1 || maxSegments < 1,
                max.path(),
                max.path()
                    + " is "
                    + maxSegments
                    + "; it must be at least min-segments, which is "
                    + minSegments,
                min.path())
            .check(minShare(path), minShare)
            .that(
                minShare <= 1.0 / minSegments || minSegments < 1 || minShare > 1,
                minShare(path).path(),
                minShare(path).path()
                    + " is "
                    + Values.show(minShare)
                    + "; it must be at most 1 / min-segments, and min-segments is "
                    + minSegments,
                min.path());
    new TreeMap<>(limits)
        .forEach(
            (gate, limit) -> {
              Key<Optional<Double>> key = gate.key(path);
              boolean valid = key.valid().test(Optional.of(limit));
              checks.that(valid, key.path(), key.refusal(Values.show(limit)));
            });
    checks.done();
  }

  /** The limit of a gate, unless it is off. */
  public Optional<Double> limit(Gate gate) {
    return Optional.ofNullable(limits.get(gate));
  }

  static Key<Integer> minSegments(String path) {
    return Key.wholeNumber(path + ".min-segments", 1);
  }

  static Key<Integer> maxSegments(String path) {
    return Key.wholeNumber(path + ".max-segments", 1);
  }

  static Key<Double> minShare(String path) {
    return Key.number(path + ".min-share", 0, 1);
  }
}
