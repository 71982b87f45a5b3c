package io.stratify.common.config;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigResolveOptions;
import com.typesafe.config.ConfigResolver;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Puts values in the place of <code>${...}</code>, from the settings or from the environment. */
final class Substitutions {
  private static final Pattern REQUIRED = Pattern.compile("\\$\\{(?!\\?)([^}]+)}");

  private final Map<String, String> environment;
  private final Problems problems;
  private final Set<String> secrets = new LinkedHashSet<>();

  Substitutions(Map<String, String> environment, Problems problems) {
    this.environment = environment;
    this.problems = problems;
  }

  /** The settings below {@code stratify}; what has no value stays as it is and is a problem. */
  Optional<ConfigObject> resolve(ConfigObject layers) {
    ConfigResolveOptions options =
        ConfigResolveOptions.defaults()
            .setUseSystemEnvironment(false)
            .setAllowUnresolved(true)
            .appendResolver(new Environment());
    try {
      ConfigValue settings = layers.toConfig().resolve(options).root().get(Layers.ROOT);
      if (settings instanceof ConfigObject object) {
        reportOpen(object, "");
        return Optional.of(FreeForm.normalise(object));
      }
      problems.add(Origin.of(settings.origin()), Layers.ROOT + " must be an object { ... }");
    } catch (ConfigException e) {
      report(e);
    }
    return Optional.empty();
  }

  /** Values that came from variables whose names look secret. */
  Set<String> secrets() {
    return secrets;
  }

  private void report(ConfigException e) {
    boolean circle = e instanceof ConfigException.UnresolvedSubstitution;
    problems.add(
        e.origin() == null ? new Origin("configuration", 0) : Origin.of(e.origin()),
        circle
            ? "substitutions refer to each other in a circle"
            : "a substitution gives a value that does not fit in its place");
  }

  private void reportOpen(ConfigValue value, String key) {
    if (value instanceof ConfigList list) {
      list.forEach(item -> reportOpen(item, key));
    } else if (!Values.isResolved(value)) {
      List<String> names =
          REQUIRED
              .matcher(value.render(ConfigRenderOptions.concise()))
              .results()
              .map(MatchResult::group)
              .distinct()
              .toList();
      problems.fail(key);
      problems.add(
          Origin.of(value.origin()),
          key
              + " needs "
              + (names.isEmpty() ? "a substitution" : String.join(" and ", names))
              + ", which is neither a key nor set in the environment");
    } else if (value instanceof ConfigObject object) {
      object.forEach((name, v) -> reportOpen(v, key.isEmpty() ? name : key + "." + name));
    }
  }

  private final class Environment implements ConfigResolver {
    @Override
    public ConfigValue lookup(String path) {
      String value = environment.get(path);
      if (value == null) {
        return null;
      }
      if (Secrets.isSecret(path)) {
        secrets.add(value);
      }
      return ConfigValueFactory.fromAnyRef(value, Origin.ENVIRONMENT);
    }

    @Override
    public ConfigResolver withFallback(ConfigResolver fallback) {
      return this;
    }
  }
}
