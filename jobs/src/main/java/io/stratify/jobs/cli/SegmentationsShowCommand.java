package io.stratify.jobs.cli;

import io.stratify.jobs.serving.RegistryText;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code stratify segmentations show ID}. */
@Command(name = "show", description = "One segmentation: its features, segments and gates.")
final class SegmentationsShowCommand implements Callable<Integer> {
  @Mixin private CommonOptions options;
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "ID", description = "e.g. behaviour-20260101")
  private String id;

  @Override
  public Integer call() {
    return Session.print(options, spec, lake -> new RegistryText(lake).show(id));
  }
}
