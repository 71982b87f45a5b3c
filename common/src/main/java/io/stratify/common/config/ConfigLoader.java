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
   * Reads files over the defaults, later ones over earlier ones, and {@code --set} values over all.
   *
   * @param files HOCON files
   * @param sets values by key, which may leave out the leading {@code stratify}
   * @throws ConfigException with every problem there is
   */
  public static LoadedConfig load(List<Path> files, Map<String, String> sets) {
    return load(files, sets, System.getenv());
  }

  static LoadedConfig load(
      List<Path> files, Map<String, String> sets, Map<String, String> environment) {
    return new ConfigLoader(files, environment).run(files, sets);
  }

  private LoadedConfig run(List<Path> files, Map<String, String> sets) {
    ConfigObject reference = Layers.reference();
    ConfigObject merged = merge(reference, files, layers.sets(sets));
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
        config.orElseThrow(), values(leaves, secrets), ConfigHash.of(leaves, secrets), secrets);
  }

  /** The defaults that hold where the settings themselves cannot be resolved. */
  private static ConfigObject defaults(ConfigObject reference) {
    return (ConfigObject) reference.toConfig().resolve().root().get(Layers.ROOT);
  }

  private ConfigObject merge(ConfigObject reference, List<Path> files, ConfigObject sets) {
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
    read.add(sets);
    return sets.withFallback(merged);
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
