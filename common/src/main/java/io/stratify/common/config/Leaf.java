package io.stratify.common.config;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A value that is no object.
 *
 * @param key its path
 * @param name the last element of the path; of a free-form option the whole name
 */
record Leaf(String key, String name, ConfigValue value) {

  /** Every leaf of the settings below {@code stratify}, by key; what is unresolved is left out. */
  static List<Leaf> of(ConfigObject settings) {
    return stream("", FreeForm.normalise(settings))
        .sorted(Comparator.comparing(Leaf::key))
        .toList();
  }

  private static Stream<Leaf> stream(String prefix, ConfigObject object) {
    return object.entrySet().stream()
        .filter(entry -> Values.isResolved(entry.getValue()))
        .flatMap(
            entry ->
                entry.getValue() instanceof ConfigObject below
                    ? stream(prefix + entry.getKey() + ".", below)
                    : Stream.of(
                        new Leaf(prefix + entry.getKey(), entry.getKey(), entry.getValue())));
  }
}
