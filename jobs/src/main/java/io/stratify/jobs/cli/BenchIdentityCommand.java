package io.stratify.jobs.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stratify.common.config.LoadedConfig;
import io.stratify.jobs.bench.IdentityBench;
import io.stratify.jobs.serving.TextTable;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "identity",
    description = "Time the resolution of identities at a tenth of the links and at all of them.")
final class BenchIdentityCommand implements Callable<Integer> {
  /** Below this many links a tenth of them would link nobody. */
  private static final long FEWEST = 100;

  @Mixin private CommonOptions options;
  @Spec private CommandSpec spec;

  @Option(
      names = "--links",
      paramLabel = "N",
      defaultValue = "10000000",
      description = "Links, i.e. keys of customers (default ${DEFAULT-VALUE}).")
  private long links;

  @Option(names = "--json", paramLabel = "FILE", description = "Write the figures to a file too.")
  private Path json;

  @Override
  public Integer call() {
    BenchFigures.requireEnough(links, FEWEST, "links");
    BenchFigures.requireWritable(json);
    LoadedConfig loaded = options.load();
    List<IdentityBench.Result> results = new ArrayList<>();
    try (Session session = Session.open(loaded, options.verbose)) {
      session.lake().preflight(List.of());
      IdentityBench bench =
          new IdentityBench(
              session.spark(),
              session.lake().output().scratch(),
              loaded.config().conform().maxPerson());
      // The first run of a JVM measures its compiler.
      bench.run(FEWEST);
      results.add(bench.run(links / 10));
      results.add(bench.run(links));
    }
    print(results);
    if (json != null) {
      write(results);
    }
    return ExitCodes.DONE;
  }

  private void print(List<IdentityBench.Result> results) {
    TextTable table =
        new TextTable(
            "links",
            "customers",
            "persons",
            "keys of crowds",
            "rounds",
            "seconds",
            "next run",
            "us per link",
            "ratio",
            "peak heap MB",
            "live heap MB");
    for (IdentityBench.Result r : results) {
      table.row(
          BenchFigures.text("%,d", r.links()),
          BenchFigures.text("%,d", r.customers()),
          BenchFigures.text("%,d", r.persons()),
          BenchFigures.text("%,d", r.withheld()),
          r.rounds(),
          BenchFigures.text("%.1f", r.seconds()),
          BenchFigures.text("%.1f", r.nextSeconds()),
          BenchFigures.text("%.2f", r.microsPerLink()),
          BenchFigures.text("%.2f", ratio(results, r)),
          BenchFigures.text("%,d", r.peakHeapMb()),
          BenchFigures.text("%,d", r.liveHeapMb()));
    }
    PrintWriter out = spec.commandLine().getOut();
    out.print(table);
    out.println(
        BenchFigures.text(
            "  next run: seconds of the run after it, which knows whom the first one left. ratio: cost of a"
                + " link against that of the first row. Heap of %,d MB.",
            BenchFigures.heapMb()));
    out.flush();
  }

  private void write(List<IdentityBench.Result> results) {
    ObjectNode root = BenchFigures.of("identity");
    ArrayNode sizes = root.putArray("sizes");
    for (IdentityBench.Result r : results) {
      sizes
          .addObject()
          .put("links", r.links())
          .put("customers", r.customers())
          .put("persons", r.persons())
          .put("keys_of_crowds", r.withheld())
          .put("rounds", r.rounds())
          .put("seconds", r.seconds())
          .put("next_seconds", r.nextSeconds())
          .put("micros_per_link", r.microsPerLink())
          .put("ratio", ratio(results, r))
          .put("peak_heap_mb", r.peakHeapMb())
          .put("live_heap_mb", r.liveHeapMb());
    }
    BenchFigures.write(root, json);
  }

  private static double ratio(List<IdentityBench.Result> results, IdentityBench.Result result) {
    return result.microsPerLink() / results.get(0).microsPerLink();
  }
}
