package io.stratify.common.config;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * Options of readers and of Spark, whose names have dots. A name may be quoted or nested; both are
 * made one name with dots, so that a later layer replaces an earlier one however it is written.
 */
final class FreeForm {
  private static final String ANY = "*";
  private static final List<List<String>> PATHS =
      List.of(List.of("spark", "conf"), List.of("sources", ANY, "options"));

  private FreeForm() {}

  /** Flattens every free-form section of the settings below {@code stratify}. */
  static ConfigObject normalise(ConfigObject settings) {
    ConfigObject result = settings;
    for (List<String> path : PATHS) {
      result = update(result, path, FreeForm::flat);
    }
    return result;
  }

  /** The name with dots that a path below {@code stratify} stands for, where it is of an option. */
  static Optional<String> name(List<String> path) {
    return PATHS.stream()
        .filter(p -> path.size() > p.size())
        .filter(p -> IntStream.range(0, p.size()).allMatch(i -> isOn(p.get(i), path.get(i))))
        .map(p -> String.join(".", path.subList(p.size(), path.size())))
        .findFirst();
  }

  private static boolean isOn(String wanted, String name) {
    return wanted.equals(ANY) || wanted.equals(name);
  }

  /** The values below an object by their names with dots; of two equal names the later counts. */
  static Map<String, ConfigValue> flatten(ConfigObject object) {
    List<Map.Entry<String, ConfigValue>> entries = new ArrayList<>();
    collect("", object, entries);
    entries.sort(Comparator.comparingInt(entry -> entry.getValue().origin().lineNumber()));
    Map<String, ConfigValue> flat = new LinkedHashMap<>();
    entries.forEach(entry -> flat.put(entry.getKey(), entry.getValue()));
    return flat;
  }

  private static void collect(
      String prefix, ConfigObject object, List<Map.Entry<String, ConfigValue>> entries) {
    object.forEach(
        (name, value) -> {
          if (value instanceof ConfigObject below && Values.isResolved(below)) {
            collect(prefix + name + ".", below, entries);
          } else {
            entries.add(Map.entry(prefix + name, value));
          }
        });
  }

  private static ConfigObject flat(ConfigObject object) {
    ConfigObject flat = ConfigFactory.empty().root().withOrigin(object.origin());
    for (Map.Entry<String, ConfigValue> entry : flatten(object).entrySet()) {
      flat = flat.withValue(entry.getKey(), entry.getValue());
    }
    return flat;
  }

  private static ConfigObject update(
      ConfigObject object, List<String> path, UnaryOperator<ConfigObject> change) {
    if (path.isEmpty()) {
      return change.apply(object);
    }
    ConfigObject result = object;
    try {
      for (String name : List.copyOf(object.keySet())) {
        if (isOn(path.get(0), name) && object.get(name) instanceof ConfigObject below) {
          result = result.withValue(name, update(below, path.subList(1, path.size()), change));
        }
      }
    } catch (ConfigException.NotResolved e) {
      // A substitution still decides what is here; it is flattened once it is resolved.
      return object;
    }
    return result;
  }
}
