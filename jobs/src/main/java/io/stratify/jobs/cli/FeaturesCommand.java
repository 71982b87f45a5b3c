package io.stratify.jobs.cli;

import io.stratify.common.config.LoadedConfig;
import io.stratify.jobs.Job;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code stratify features}. */
@Command
final class FeaturesCommand extends JobCommand {
  @Option(
      names = "--back",
      paramLabel = "N",
      description = "Past snapshots to make as well (features.past.back).")
  private Integer back;

  @Option(
      names = "--every",
      paramLabel = "PERIOD",
      description = "How far apart they are, e.g. \"3 months\" (features.past.every).")
  private String every;

  FeaturesCommand(Job job) {
    super(job);
  }

  @Override
  LoadedConfig load(CommonOptions common) {
    common.give("--back", "features.past.back", back);
    common.give("--every", "features.past.every", every);
    LoadedConfig loaded = common.load();
    if (every != null && loaded.config().features().past().back() == 0) {
      throw new UsageException(
          "--every says how far apart past snapshots are, and none are made: features.past.back is"
              + " 0. Add --back N");
    }
    return loaded;
  }
}
