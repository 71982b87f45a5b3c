package io.stratify.jobs.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stratify.common.config.LoadedConfig;
import io.stratify.jobs.bench.FeaturesBench;
import io.stratify.jobs.bench.FeaturesBench.Size;
import io.stratify.jobs.bench.Step;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code stratify bench features}. */
@Command(
    name = "features",
    description = "Time history and features against reading the same facts and counting them.")
final class BenchFeaturesCommand implements Callable<Integer> {
  /** Below this many customers the next day has no orders. */
  private static final long FEWEST = 1000;

  private static final int ORDERS_PER_CUSTOMER = 10;
  private static final int EVENTS_PER_CUSTOMER = 20;

  @Mixin private CommonOptions options;
  @Spec private CommandSpec spec;

  @Option(
      names = "--customers",
      paramLabel = "N",
      defaultValue = "1000000",
      description = "Customers, each with ten orders and twenty events (default ${DEFAULT-VALUE}).")
  private long customers;

  @Option(names = "--json", paramLabel = "FILE", description = "Write the figures to a file too.")
  private Path json;

  @Override
  public Integer call() {
    BenchFigures.requireEnough(customers, FEWEST, "customers");
    BenchFigures.requireWritable(json);
    LoadedConfig loaded = options.load();
    List<Step> steps;
    try (Session session = Session.open(loaded, options.verbose)) {
      // The first run of a JVM measures its compiler.
      run(session, loaded, Math.max(FEWEST, customers / 20), "warm up");
      steps = run(session, loaded, customers, "measure");
    }
    print(steps);
    if (json != null) {
      write(steps);
    }
    return ExitCodes.DONE;
  }

  private List<Step> run(Session session, LoadedConfig loaded, long customers, String phase) {
    return new FeaturesBench(
            session.spark(),
            loaded.config(),
            size(customers),
            BenchFigures.progress(spec, phase, customers))
        .run();
  }

  private static Size size(long customers) {
    return new Size(customers, customers * ORDERS_PER_CUSTOMER, customers * EVENTS_PER_CUSTOMER);
  }

  private void print(List<Step> steps) {
    PrintWriter out = spec.commandLine().getOut();
    out.print(BenchFigures.table(steps, "%.2f"));
    out.println(
        BenchFigures.text(
            "  %,d customers, %,d orders, %,d events. Heap of %,d MB.",
            customers, size(customers).orders(), size(customers).events(), BenchFigures.heapMb()));
    out.flush();
  }

  private void write(List<Step> steps) {
    ObjectNode root = BenchFigures.of("features");
    root.put("customers", customers)
        .put("orders", size(customers).orders())
        .put("events", size(customers).events());
    ArrayNode all = root.putArray("steps");
    steps.forEach(s -> BenchFigures.add(all, s));
    BenchFigures.write(root, json);
  }
}
