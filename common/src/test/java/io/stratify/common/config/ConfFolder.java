package io.stratify.common.config;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Configuration files of one test, written line by line. */
final class ConfFolder {
  static final Map<String, String> NO_SETS = Map.of();

  private final Path folder;

  ConfFolder(Path folder) {
    this.folder = folder;
  }

  Path file(String name, String... lines) {
    try {
      return Files.writeString(folder.resolve(name), String.join("\n", lines) + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Loads one file of these lines below {@code stratify}; the first is line 2 of the file. */
  LoadedConfig load(String... lines) {
    return ConfigLoader.load(List.of(stratify("x.conf", lines)), NO_SETS);
  }

  Path stratify(String name, String... lines) {
    return file(name, "stratify {\n" + String.join("\n", lines) + "\n}");
  }

  /** The problems of one file, each without the folder. */
  List<String> problems(String... lines) {
    return problems(List.of(stratify("x.conf", lines)), NO_SETS, Map.of());
  }

  List<String> problems(List<Path> files, Map<String, String> sets, Map<String, String> env) {
    ConfigException e =
        catchThrowableOfType(ConfigException.class, () -> ConfigLoader.load(files, sets, env));
    return e.problems().stream().map(p -> p.replace(folder + "/", "")).toList();
  }

  static String value(LoadedConfig loaded, String key) {
    return effective(loaded, key).value();
  }

  static EffectiveValue effective(LoadedConfig loaded, String key) {
    return loaded.values().stream().filter(v -> v.key().equals(key)).findFirst().orElseThrow();
  }
}
