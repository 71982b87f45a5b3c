package io.stratify.jobs.cli;

import io.stratify.common.config.ConfigLoader;
import io.stratify.common.config.LoadedConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** The options of every command. */
final class CommonOptions {
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
      names = {"-v", "--verbose"},
      description = "Show Spark's log and stack traces.")
  boolean verbose;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  boolean help;

  /** The configuration that the options name. */
  LoadedConfig load() {
    return load(conf);
  }

  /** The configuration of some files and the values of the options. */
  LoadedConfig load(List<Path> files) {
    Map<String, String> all = new LinkedHashMap<>(sets);
    if (asOf != null) {
      all.put("as-of", asOf);
    }
    return ConfigLoader.load(files, all);
  }
}
