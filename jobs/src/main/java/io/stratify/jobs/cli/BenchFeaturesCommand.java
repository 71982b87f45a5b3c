package io.stratify.jobs.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stratify.common.config.LoadedConfig;
import io.stratify.jobs.bench.FeaturesBench;
import io.stratify.jobs.bench.FeaturesBench.Size;
import io.stratify.jobs.bench.FeaturesBench.Step;
import io.stratify.jobs.serving.TextTable;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
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
    if (customers < FEWEST) {
      throw new UsageException(
          "Cannot measure "
              + customers
              + " customers: too few to time. Give --customers "
              + FEWEST
              + " or more");
    }
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
    PrintWriter err = spec.commandLine().getErr();
    return new FeaturesBench(
            session.spark(),
            loaded.config(),
            size(customers),
            step -> {
              err.println(text("%s with %,d customers: %s", phase, customers, step));
              err.flush();
            })
        .run();
  }

  private static Size size(long customers) {
    return new Size(customers, customers * ORDERS_PER_CUSTOMER, customers * EVENTS_PER_CUSTOMER);
  }

  private void print(List<Step> steps) {
    TextTable table = new TextTable("step", "seconds", "ratio", "bound", "against", "result");
    for (Step s : steps) {
      boolean first = s.against().isEmpty();
      table.row(
          s.name(),
          text("%.1f", s.seconds()),
          first ? "" : text("%.2f", s.ratio()),
          first ? "" : text("%.2f", s.bound()),
          s.against(),
          s.said());
    }
    PrintWriter out = spec.commandLine().getOut();
    out.print(table);
    out.println(
        text(
            "  %,d customers, %,d orders, %,d events. Heap of %,d MB.",
            customers, size(customers).orders(), size(customers).events(), heapMb()));
    out.flush();
  }

  private void write(List<Step> steps) {
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode root = mapper.createObjectNode().put("bench", "features").put("heap_mb", heapMb());
    root.put("cores", Runtime.getRuntime().availableProcessors());
    root.put("customers", customers)
        .put("orders", size(customers).orders())
        .put("events", size(customers).events());
    ArrayNode all = root.putArray("steps");
    for (Step s : steps) {
      ObjectNode node = all.addObject().put("step", s.name()).put("seconds", s.seconds());
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
