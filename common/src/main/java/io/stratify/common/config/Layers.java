package io.stratify.common.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads files and the values of the command line, each as it stands. */
final class Layers {
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{[^}]+}");

  /** The one key at the top of a file. */
  static final String ROOT = "stratify";

  private static final ConfigObject NOTHING = ConfigFactory.empty().root();

  /** What the parser says, up to the first piece that it quotes from the file: it may be secret. */
  private static final Pattern HARMLESS = Pattern.compile("(?:'.'|[^'\"(])*");

  private final Problems problems;

  Layers(Problems problems) {
    this.problems = problems;
  }

  /** The declarations of every key with its default. */
  static ConfigObject reference() {
    Config all = ConfigFactory.parseResources(Layers.class.getClassLoader(), "reference.conf");
    return all.root().withOnlyKey(ROOT);
  }

  /** A file; empty where it cannot be read, which is a problem. */
  Optional<ConfigObject> file(Path file) {
    Origin origin = new Origin(file.toString(), 0);
    if (!Files.exists(file)) {
      problems.add(origin, "there is no such file");
    } else if (Files.isDirectory(file)) {
      problems.add(origin, "this is a directory; name a file");
    } else if (!Files.isReadable(file)) {
      problems.add(origin, "the file cannot be read; check its permissions");
    } else {
      return parse(file, origin);
    }
    return Optional.empty();
  }

  /** What the command line gives; of the values for one key the last counts. */
  ConfigObject settings(List<Setting> settings) {
    ConfigObject all = NOTHING;
    for (Setting setting : settings) {
      try {
        List<String> path = new ArrayList<>(ConfigUtil.splitPath(setting.key()));
        if (!path.get(0).equals(ROOT)) {
          path.add(0, ROOT);
        }
        ConfigValue value = value(setting);
        refuseSecrets(setting.option(), setting.key(), path, value);
        for (int i = path.size() - 1; i >= 0; i--) {
          value = ConfigValueFactory.fromMap(Map.of(path.get(i), value), setting.option());
        }
        all = normalised((ConfigObject) value).withFallback(all);
      } catch (ConfigException e) {
        problems.add(
            new Origin(setting.option(), 0),
            Values.show(setting.key()) + " is not a key; write e.g. segments.seed=42");
      }
    }
    return all;
  }

  /**
   * Whoever lists the processes of a machine sees the command line, and so does Spark's own page.
   */
  private void refuseSecrets(String option, String key, List<String> path, ConfigValue value) {
    if (value instanceof ConfigObject object) {
      object.forEach(
          (child, v) -> {
            List<String> below = new ArrayList<>(path);
            below.add(child);
            refuseSecrets(option, key + "." + ConfigUtil.joinPath(child), below, v);
          });
      return;
    }
    String name = FreeForm.name(path.subList(1, path.size())).orElse(path.get(path.size() - 1));
    if (Values.isResolved(value)
        && Values.text(value).filter(t -> !Secrets.mask(name, t).equals(t)).isPresent()) {
      problems.add(
          new Origin(option, 0),
          key
              + " holds a secret, which others could read in the list of processes. Give it in a file,"
              + " or in quotes '${NAME}' for the variable of the environment that holds it");
    }
  }

  /** HOCON where it parses to more than a bare text, else the text itself. */
  private static ConfigValue value(Setting setting) {
    String text = setting.value();
    String trimmed = text.trim();
    boolean structured = trimmed.startsWith("[") || trimmed.startsWith("{");
    boolean quoted = trimmed.startsWith("\"");
    // Outside quotes HOCON would take the rest of a URL or a path for a comment.
    boolean comment = trimmed.contains("//") || trimmed.contains("#");
    ConfigValue plain = ConfigValueFactory.fromAnyRef(text, setting.option());
    boolean pieces = comment && !structured && !quoted;
    if (pieces && !text.contains("${")) {
      return plain;
    }
    try {
      ConfigParseOptions options =
          ConfigParseOptions.defaults().setOriginDescription(setting.option());
      String hocon = pieces ? quotedAround(text) : text;
      ConfigObject parsed = ConfigFactory.parseString("v = " + hocon, options).root();
      ConfigValue value = parsed.get("v");
      boolean bareText = !quoted && Values.isResolved(value) && value.unwrapped() instanceof String;
      return parsed.size() == 1 && !bareText ? value : plain;
    } catch (ConfigException e) {
      return plain;
    }
  }

  /** A text in quotes, but for the variables in it. */
  private static String quotedAround(String text) {
    StringBuilder hocon = new StringBuilder();
    int from = 0;
    for (Matcher m = VARIABLE.matcher(text); m.find(); from = m.end()) {
      hocon.append(ConfigUtil.quoteString(text.substring(from, m.start()))).append(m.group());
    }
    return hocon.append(ConfigUtil.quoteString(text.substring(from))).toString();
  }

  private Optional<ConfigObject> parse(Path file, Origin origin) {
    try {
      ConfigParseOptions options =
          ConfigParseOptions.defaults()
              .setAllowMissing(false)
              .setOriginDescription(file.toString());
      return Optional.of(
          normalised(ConfigFactory.parseFile(file.toAbsolutePath().toFile(), options).root()));
    } catch (ConfigException.IO e) {
      problems.add(origin, "the file, or one that it includes, cannot be read");
    } catch (ConfigException e) {
      Origin place = e.origin() == null ? origin : Origin.of(e.origin());
      problems.add(place, "this is not valid HOCON" + harmless(e.getMessage(), e.origin()));
    }
    return Optional.empty();
  }

  private static ConfigObject normalised(ConfigObject layer) {
    return layer.get(ROOT) instanceof ConfigObject settings && Values.isResolved(settings)
        ? layer.withValue(ROOT, FreeForm.normalise(settings))
        : layer;
  }

  private static String harmless(String message, ConfigOrigin origin) {
    String prefix = origin == null ? "" : origin.description() + ": ";
    String said = message.startsWith(prefix) ? message.substring(prefix.length()) : message;
    if (said.startsWith("Cannot concatenate")) {
      return ": an object or a list cannot be joined with something else";
    }
    if (said.contains("close parentheses")) {
      return ": a closing } is missing";
    }
    Matcher matcher = HARMLESS.matcher(said);
    String kept = matcher.lookingAt() ? matcher.group().replaceAll("[\\s:,]+$", "") : "";
    if (kept.length() <= "Key".length()) {
      return ": a key has no value";
    }
    return ": " + Character.toLowerCase(kept.charAt(0)) + kept.substring(1);
  }
}
