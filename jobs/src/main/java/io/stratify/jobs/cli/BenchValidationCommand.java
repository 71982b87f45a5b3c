package io.stratify.jobs.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stratify.common.config.LoadedConfig;
import io.stratify.jobs.bench.ValidationBench;
import io.stratify.jobs.serving.TextTable;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code stratify bench validation}. */
@Command(
    name = "validation",
    description = "Time the evidence about a segmentation, and check the sample it rests on.")
final class BenchValidationCommand implements Callable<Integer> {
  private static final long FEWEST = 2000;
  private static final double SECONDS = 360;
  private static final double DIFFERENCE = 0.01;

  @Mixin private CommonOptions options;
  @Spec private CommandSpec spec;

  @Option(
      names = "--customers",
      paramLabel = "N",
      defaultValue = "1000000",
      description = "Customers with twenty features (default ${DEFAULT-VALUE}).")
  private long customers;

  @Option(names = "--json", paramLabel = "FILE", description = "Write the figures to a file too.")
  private Path json;

  @Override
  public Integer call() {
    BenchFigures.requireEnough(customers, FEWEST, "customers");
    BenchFigures.requireWritable(json);
    LoadedConfig loaded = options.load();
    ValidationBench.Result result;
    try (Session session = Session.open(loaded, options.verbose)) {
      result =
          new ValidationBench(
                  session.spark(),
                  loaded.config(),
                  customers,
                  BenchFigures.progress(spec, "measure", customers))
              .run();
    }
    print(result);
    if (json != null) {
      write(result);
    }
    return ExitCodes.DONE;
  }

  private void print(ValidationBench.Result r) {
    TextTable table = new TextTable("measured", "value", "at most");
    table.row(
        "seconds of the evidence",
        BenchFigures.text("%.1f", r.seconds()),
        BenchFigures.text("%.1f", SECONDS));
    table.row(
        "difference in the mean Rand index from all customers",
        BenchFigures.text("%.4f", r.difference().rand()),
        BenchFigures.text("%.4f", DIFFERENCE));
    table.row(
        "difference in a mean Jaccard coefficient from all customers",
        BenchFigures.text("%.4f", r.difference().jaccard()),
        BenchFigures.text("%.4f", DIFFERENCE));
    var out = spec.commandLine().getOut();
    out.print(table);
    out.println(
        BenchFigures.text(
            "  %,d figures about %d clusters: %d past dates, %d acquisition cohorts. %,d customers."
                + " The differences are about %d clusters, chosen of 2 to 8. Heap of %,d MB.",
            r.gathered().figures(),
            r.k(),
            r.gathered().dates(),
            r.gathered().cohorts(),
            customers,
            r.chosen(),
            BenchFigures.heapMb()));
    out.flush();
  }

  private void write(ValidationBench.Result r) {
    ObjectNode root = BenchFigures.of("validation");
    root.put("customers", customers)
        .put("clusters", r.k())
        .put("clusters_chosen", r.chosen())
        .put("figures", r.gathered().figures())
        .put("past_dates", r.gathered().dates())
        .put("cohorts", r.gathered().cohorts())
        .put("seconds", r.seconds())
        .put("seconds_bound", SECONDS)
        .put("rand_difference", r.difference().rand())
        .put("jaccard_difference", r.difference().jaccard())
        .put("difference_bound", DIFFERENCE);
    BenchFigures.write(root, json);
  }
}
