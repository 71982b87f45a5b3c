package io.stratify.jobs.cli;

import io.stratify.common.config.ConfigLoader;
import io.stratify.common.config.LoadedConfig;
import io.stratify.common.config.LogConfig;
import io.stratify.common.config.Setting;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** The options of every command. */
final class CommonOptions {
  private static final String ROOT = "output.root";

  @Option(
      names = "--conf",
      paramLabel = "FILE",
      description = "Configuration overlay; may be given again, later files win.")
  List<Path> conf = new ArrayList<>();

  @Option(
      names = "--as-of",
      paramLabel = "YYYY-MM-DD",
      description = "The day to describe: only facts before its midnight UTC count.")
  String asOf;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "One configuration value; wins over every file.")
  Map<String, String> sets = new LinkedHashMap<>();

  @Option(
      names = "--log-format",
      paramLabel = "FORMAT",
      description = "text, or json: one object per line on standard error (log.format).")
  String logFormat;

  @Option(
      names = {"-v", "--verbose"},
      description = "Show Spark's log and stack traces.")
  boolean verbose;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  boolean help;

  private final List<Setting> ownOptions = new ArrayList<>();
  private Optional<LoadedConfig> loaded = Optional.empty();
  private Optional<Log> log = Optional.empty();

  /** An option of one command gives a value of the configuration, where it is given at all. */
  void give(String option, String key, Object value) {
    if (value != null) {
      ownOptions.add(new Setting(option, key, value.toString()));
    }
  }

  /** The configuration that the options name. */
  LoadedConfig load() {
    return load(conf);
  }

  /** The configuration of some files and the values of the options. */
  LoadedConfig load(List<Path> files) {
    if (conf.contains(Path.of(""))) {
      throw new UsageException("--conf is empty; name a file");
    }
    List<Setting> all = new ArrayList<>();
    sets.forEach((key, value) -> all.add(Setting.set(key, value)));
    all.addAll(ownOptions);
    if (asOf != null) {
      all.add(new Setting("--as-of", "as-of", date("--as-of", asOf).toString()));
    }
    if (logFormat != null) {
      all.add(new Setting("--log-format", "log.format", logFormat));
    }
    LoadedConfig config = ConfigLoader.load(files, all);
    loaded = Optional.of(config);
    return config;
  }

  /** The day that an option names. */
  static LocalDate date(String option, String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeException e) {
      throw new UsageException(option + " is " + text + "; it must be a day such as 2026-05-31");
    }
  }

  /**
   * The options that all commands have, as they were given; the day last. Nothing is told of a
   * configuration that was refused but which tables are meant: it may hold a secret.
   */
  List<String> given() {
    List<String> given = new ArrayList<>();
    conf.forEach(file -> given.add("--conf " + quoted(file.toString())));
    sets.forEach(
        (key, value) -> {
          if (loaded.isPresent() || key.equals(ROOT)) {
            String shown = key + "=" + value;
            given.add("--set " + quoted(loaded.map(c -> c.hide(shown)).orElse(shown)));
          }
        });
    Stream.ofNullable(asOf).forEach(date -> given.add("--as-of " + date));
    return given;
  }

  /** The same without the day, in one line. */
  String givenOfAnyDay() {
    return given().stream()
        .filter(option -> !option.startsWith("--as-of"))
        .collect(Collectors.joining(" "));
  }

  /** As a shell takes it for one word. */
  private static String quoted(String word) {
    return word.matches("[\\w./:=@%+,-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }

  /** What was loaded last. */
  Optional<LoadedConfig> loaded() {
    return loaded;
  }

  /** Where a command says what it does, as the options and the configuration want it. */
  Log log(CommandSpec spec) {
    if (log.isEmpty()) {
      log = loaded.map(c -> newLog(spec));
    }
    return log.orElseGet(() -> newLog(spec));
  }

  private Log newLog(CommandSpec spec) {
    boolean json =
        loaded
            .map(c -> c.config().log().format() == LogConfig.Format.JSON)
            .orElse("json".equalsIgnoreCase(logFormat));
    UnaryOperator<String> hide =
        loaded.<UnaryOperator<String>>map(c -> c::hide).orElse(UnaryOperator.identity());
    return new Log(spec.commandLine().getErr(), json, hide);
  }

  /** The options of a command, which every command has but the one that only has commands. */
  static Optional<CommonOptions> of(CommandSpec spec) {
    return spec.mixins().values().stream()
        .map(CommandSpec::userObject)
        .filter(CommonOptions.class::isInstance)
        .map(CommonOptions.class::cast)
        .findFirst();
  }
}
