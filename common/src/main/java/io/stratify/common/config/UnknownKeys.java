package io.stratify.common.config;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the keys of a file that nothing reads, and guesses what was meant. */
final class UnknownKeys {
  private final KnownKeys known;
  private final Problems problems;

  UnknownKeys(KnownKeys known, Problems problems) {
    this.known = known;
    this.problems = problems;
  }

  /** Checks a whole file, or all values of the command line. */
  void checkFile(ConfigObject file) {
    file.forEach(
        (name, value) -> {
          if (!name.equals(Layers.ROOT)) {
            report(value, name, outside(name));
          } else if (value instanceof ConfigObject settings) {
            check(settings);
          }
        });
  }

  /** Checks what is below {@code stratify}. */
  void check(ConfigObject settings) {
    walk(settings, known, "");
  }

  private void walk(ConfigObject values, KnownKeys keys, String path) {
    // What a substitution leaves open is checked again once everything is resolved.
    if (keys.allowsAny() || (keys.names().isEmpty() && problems.touches(path))) {
      return;
    }
    try {
      values.forEach((name, value) -> entry(name, value, keys, path));
    } catch (ConfigException.NotResolved e) {
      return;
    }
  }

  private void entry(String name, ConfigValue value, KnownKeys keys, String path) {
    String full = path.isEmpty() ? name : path + "." + name;
    Optional<KnownKeys> below = keys.find(name);
    if (below.isEmpty()) {
      report(value, full, inside(name, full, keys, path));
    } else if (value instanceof ConfigObject object) {
      if (!below.get().names().isEmpty() || below.get().allowsAny()) {
        walk(object, below.get(), full);
      }
    } else if (value instanceof ConfigList list) {
      below.get().find(KnownKeys.ELEMENT).ifPresent(element -> elements(list, element, full));
    }
  }

  private void elements(ConfigList list, KnownKeys keys, String path) {
    for (int i = 0; i < list.size(); i++) {
      if (list.get(i) instanceof ConfigObject object) {
        walk(object, keys, path + "[" + i + "]");
      }
    }
  }

  private void report(ConfigValue value, String key, String hint) {
    problems.add(Origin.of(value.origin()), "unknown key " + key + hint);
  }

  private String inside(String name, String full, KnownKeys keys, String path) {
    return Nearest.to(name, keys.names())
        .map(near -> path.isEmpty() ? near : path + "." + near)
        .or(() -> elsewhere(name, full))
        .map(near -> "; did you mean " + near + "?")
        .orElse("");
  }

  private String outside(String name) {
    if (Nearest.to(name, List.of(Layers.ROOT)).isPresent()) {
      return "; did you mean " + Layers.ROOT + "?";
    }
    String rule = "very key belongs inside " + Layers.ROOT + " { ... }";
    return Nearest.to(name, known.names())
        .map(near -> "; did you mean " + Layers.ROOT + "." + near + "? E" + rule)
        .orElse("; e" + rule);
  }

  /** The same name at another place, the nearest by its path. */
  private Optional<String> elsewhere(String name, String full) {
    List<String> paths = new ArrayList<>();
    collect(known, "", name, paths);
    return paths.stream()
        .min(
            Comparator.comparingInt((String p) -> Nearest.distance(full, p)).thenComparing(p -> p));
  }

  private static void collect(KnownKeys keys, String path, String name, List<String> paths) {
    for (Map.Entry<String, KnownKeys> child : keys.children().entrySet()) {
      if (!child.getKey().equals(KnownKeys.ELEMENT)) {
        String full = path.isEmpty() ? child.getKey() : path + "." + child.getKey();
        if (child.getKey().equals(name)) {
          paths.add(full);
        }
        collect(child.getValue(), full, name, paths);
      }
    }
  }
}
