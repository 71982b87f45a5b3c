package io.stratify.jobs.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stratify.common.config.LoadedConfig;
import io.stratify.jobs.bench.SegmentsBench;
import io.stratify.jobs.bench.SegmentsBench.Result;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code stratify bench segments}. */
@Command(
    name = "segments",
    description = "Time the search on a coreset against the same search on all customers.")
final class BenchSegmentsCommand implements Callable<Integer> {
  private static final long FEWEST = 1000;

  /** The share by which clusters of the coreset may cost more than those of all customers. */
  private static final double EXCESS = 0.01;

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
    Result result;
    try (Session session = Session.open(loaded, options.verbose)) {
      // The first run of a JVM measures its compiler.
      run(session, loaded, Math.max(FEWEST, customers / 50), "warm up");
      result = run(session, loaded, customers, "measure");
    }
    print(result);
    if (json != null) {
      write(result);
    }
    return ExitCodes.DONE;
  }

  private Result run(Session session, LoadedConfig loaded, long customers, String phase) {
    return new SegmentsBench(
            session.spark(),
            loaded.config(),
            customers,
            BenchFigures.progress(spec, phase, customers))
        .run();
  }

  private void print(Result result) {
    PrintWriter out = spec.commandLine().getOut();
    out.print(BenchFigures.table(result.steps(), "%.3f"));
    out.println(
        BenchFigures.text(
            "  Clusters of the coreset cost %+.2f %% against those of all customers (wanted: at"
                + " most +%.0f %%). %,d customers. Heap of %,d MB.",
            100 * result.excess(), 100 * EXCESS, customers, BenchFigures.heapMb()));
    out.flush();
  }

  private void write(Result result) {
    ObjectNode root = BenchFigures.of("segments");
    root.put("customers", customers)
        .put("cost_excess", result.excess())
        .put("cost_excess_bound", EXCESS);
    ArrayNode all = root.putArray("steps");
    result.steps().forEach(s -> BenchFigures.add(all, s).put("result", s.said()));
    BenchFigures.write(root, json);
  }
}
