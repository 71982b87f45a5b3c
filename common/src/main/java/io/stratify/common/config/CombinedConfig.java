package io.stratify.common.config;

import java.util.List;

/**
 * A lens that crosses two others.
 *
 * @param name name of the lens
 * @param enabled whether the lens is computed
 * @param of names of the two lenses
 * @param minShare share of the customers below which a cell is folded into the nearest one
 */
public record CombinedConfig(String name, boolean enabled, List<String> of, double minShare)
    implements LensConfig {

  /** Checks that there are two lenses to cross. */
  public CombinedConfig {
    of = List.copyOf(of);
    String path = LensConfig.path(name);
    new Checks()
        .check(of(path), of)
        .that(!of.contains(name), path + ".of", path + ".of names the lens itself")
        .check(minShare(path), minShare)
        .done();
  }

  static Key<List<String>> of(String path) {
    return new Key<>(
        path + ".of",
        "a list of 2 different lenses",
        value -> Values.list(value, Values::text),
        of -> of.size() == 2 && !of.get(0).equals(of.get(1)));
  }

  static Key<Double> minShare(String path) {
    return Key.number(path + ".min-share", 0, 0.5);
  }
}
