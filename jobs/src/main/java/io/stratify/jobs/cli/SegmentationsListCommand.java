package io.stratify.jobs.cli;

import io.stratify.jobs.serving.RegistryText;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code stratify segmentations list}. */
@Command(name = "list", description = "Every segmentation with its figures and its status.")
final class SegmentationsListCommand implements Callable<Integer> {
  @Mixin private CommonOptions options;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    return Session.print(options, spec, lake -> new RegistryText(lake).list());
  }
}
