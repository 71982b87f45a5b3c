package io.stratify.jobs.cli;

import io.stratify.jobs.serving.RegistryText;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code stratify segmentations compare ID ID}. */
@Command(
    name = "compare",
    description = "Two segmentations of a lens on the customers of the newest published snapshot.")
final class SegmentationsCompareCommand implements Callable<Integer> {
  @Mixin private CommonOptions options;
  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "ID", description = "the earlier one")
  private String earlier;

  @Parameters(index = "1", paramLabel = "ID", description = "the later one")
  private String later;

  @Override
  public Integer call() {
    return Session.print(options, spec, lake -> new RegistryText(lake).compare(earlier, later));
  }
}
