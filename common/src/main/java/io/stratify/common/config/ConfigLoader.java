package io.stratify.common.config;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the configuration of a run. */
public final class ConfigLoader {
  private final Problems problems;
  private final Layers layers;
  private final Substitutions substitutions;
  private final List<ConfigObject> read = new ArrayList<>();

  private ConfigLoader(List<Path> files, Map<String, String> environment) {
    this.problems = new Problems(files.stream().map(Path::toString).toList());
    this.layers = new Layers(problems);
    this.substitutions = new Substitutions(environment, problems);
  }

  /**
   * Reads files over the defaults, later ones over earlier ones, and the command line over all.
   *
   * @param files HOCON files
   * @param settings of the command line; of those for one key the last counts
   * @throws ConfigException with every problem there is
   */
  public static LoadedConfig load(List<Path> files, List<Setting> settings) {
    return load(files, settings, System.getenv());
  }

  /** The same with values of {@code --set} by key. */
  public static LoadedConfig load(List<Path> files, Map<String, String> sets) {
    return load(files, sets, System.getenv());
  }

  static LoadedConfig load(
      List<Path> files, Map<String, String> sets, Map<String, String> environment) {
    List<Setting> settings = new ArrayList<>();
    sets.forEach((key, value) -> settings.add(Setting.set(key, value)));
    return load(files, settings, environment);
  }

  static LoadedConfig load(
      List<Path> files, List<Setting> settings, Map<String, String> environment) {
    return new ConfigLoader(files, environment).run(files, settings);
  }

  private LoadedConfig run(List<Path> files, List<Setting> given) {
    ConfigObject reference = Layers.reference();
    ConfigObject merged = merge(reference, files, layers.settings(given));
    Optional<ConfigObject> settings = substitutions.resolve(merged);
    // Where nothing can be resolved the keys of the files are still checked.
    ConfigObject effective = settings.orElseGet(() -> ConfigFactory.empty().root());
    KnownKeys known = new KnownKeys();
    Section root = Section.root(problems, known, effective, defaults(reference));
    Optional<StratifyConfig> config = new ConfigReader(root, problems).read();
    UnknownKeys unknown = new UnknownKeys(known, problems);
    read.forEach(unknown::checkFile);
    unknown.check(effective);

    List<Leaf> leaves = Leaf.of(effective);
    Secrets secrets = Secrets.of(leaves, substitutions.secrets());
    if (problems.any()) {
      throw new ConfigException(problems.lines(secrets));
    }
    return new LoadedConfig(
        config.orElseThrow(),
        values(leaves, secrets),
        ConfigHash.of(leaves, secrets),
        keys -> ConfigHash.of(leaves, secrets, keys),
        secrets);
  }

  /** The defaults that hold where the settings themselves cannot be resolved. */
  private static ConfigObject defaults(ConfigObject reference) {
    return (ConfigObject) reference.toConfig().resolve().root().get(Layers.ROOT);
  }

  private ConfigObject merge(ConfigObject reference, List<Path> files, ConfigObject given) {
    ConfigObject merged = reference;
    for (Path file : files) {
      Optional<ConfigObject> layer = layers.file(file);
      if (layer.isPresent()) {
        read.add(layer.get());
        merged = layer.get().withFallback(merged);
      } else {
        // The file might have declared what others refer to.
        problems.fail("sources");
        problems.fail("inputs");
      }
    }
    read.add(given);
    return given.withFallback(merged);
  }

  private static List<EffectiveValue> values(List<Leaf> leaves, Secrets secrets) {
    return leaves.stream()
        .map(
            leaf ->
                new EffectiveValue(
                    leaf.key(),
                    Values.json(leaf.name(), leaf.value(), secrets::hidden),
                    Origin.of(leaf.value().origin()).toString()))
        .toList();
  }
}
