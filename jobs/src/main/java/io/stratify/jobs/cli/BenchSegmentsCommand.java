package io.stratify.jobs.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stratify.common.config.LoadedConfig;
import io.stratify.jobs.bench.SegmentsBench;
import io.stratify.jobs.bench.SegmentsBench.Result;
import io.stratify.jobs.bench.SegmentsBench.Step;
import io.stratify.jobs.serving.TextTable;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
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
    if (customers < FEWEST) {
      throw new UsageException(
          "Cannot measure "
              + customers
              + " customers: too few to time. Give --customers "
              + FEWEST
              + " or more");
    }
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
    PrintWriter err = spec.commandLine().getErr();
    return new SegmentsBench(
            session.spark(),
            loaded.config(),
            customers,
            step -> {
              err.println(text("%s with %,d customers: %s", phase, customers, step));
              err.flush();
            })
        .run();
  }

  private void print(Result result) {
    TextTable table = new TextTable("step", "seconds", "ratio", "bound", "against", "result");
    for (Step s : result.steps()) {
      boolean first = s.against().isEmpty();
      table.row(
          s.name(),
          text("%.1f", s.seconds()),
          first ? "" : text("%.3f", s.ratio()),
          first ? "" : text("%.3f", s.bound()),
          s.against(),
          s.said());
    }
    PrintWriter out = spec.commandLine().getOut();
    out.print(table);
    out.println(
        text(
            "  Clusters of the coreset cost %+.2f %% against those of all customers (wanted: at"
                + " most +%.0f %%). %,d customers. Heap of %,d MB.",
            100 * result.excess(), 100 * EXCESS, customers, heapMb()));
    out.flush();
  }

  private void write(Result result) {
    ObjectNode root =
        new ObjectMapper().createObjectNode().put("bench", "segments").put("heap_mb", heapMb());
    root.put("cores", Runtime.getRuntime().availableProcessors());
    root.put("customers", customers)
        .put("cost_excess", result.excess())
        .put("cost_excess_bound", EXCESS);
    ArrayNode all = root.putArray("steps");
    for (Step s : result.steps()) {
      ObjectNode node =
          all.addObject().put("step", s.name()).put("seconds", s.seconds()).put("result", s.said());
      if (!s.against().isEmpty()) {
        node.put("against", s.against()).put("ratio", s.ratio()).put("bound", s.bound());
      }
    }
    BenchFigures.write(root, json);
  }

  private static long heapMb() {
    return Runtime.getRuntime().maxMemory() >> 20;
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
