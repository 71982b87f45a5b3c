package io.stratify.jobs.cli;

import io.stratify.common.config.PastConfig;
import io.stratify.common.config.Periods;
import io.stratify.jobs.Job;
import java.util.LinkedHashMap;
import java.util.Map;
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
  Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>();
    if (back != null) {
      if (back < 0 || back > PastConfig.MOST_BACK) {
        throw new UsageException(
            "--back is " + back + "; it must be a whole number from 0 to " + PastConfig.MOST_BACK);
      }
      settings.put("features.past.back", back.toString());
    }
    if (every != null) {
      if (Periods.of(every).isEmpty()) {
        throw new UsageException("--every is " + every + "; it must be " + Periods.EXAMPLES);
      }
      settings.put("features.past.every", every);
    }
    return settings;
  }
}
