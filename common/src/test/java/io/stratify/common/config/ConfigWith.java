package io.stratify.common.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** For tests of other rooms: a configuration that is loaded in another environment. */
public final class ConfigWith {
  private ConfigWith() {}

  /** The configuration of a file where these variables are all that is set. */
  public static LoadedConfig environment(Path file, Map<String, String> environment) {
    return ConfigLoader.load(List.of(file), Map.of(), environment);
  }
}
