package io.stratify.jobs.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stratify.common.config.LoadedConfig;
import io.stratify.jobs.bench.ConformBench;
import io.stratify.jobs.serving.TextTable;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code stratify bench conform}. */
@Command(
    name = "conform",
    description =
        "Time conform against reading the same inputs and writing them to Delta without any check.")
final class BenchConformCommand implements Callable<Integer> {
  @Mixin private CommonOptions options;
  @Spec private CommandSpec spec;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "3",
      description = "Rounds after one to warm up (default ${DEFAULT-VALUE}).")
  private int rounds;

  @Option(names = "--json", paramLabel = "FILE", description = "Write the figures to a file too.")
  private Path json;

  @Override
  public Integer call() {
    if (rounds < 1) {
      throw new UsageException("Cannot measure " + rounds + " rounds. Give --rounds 1 or more");
    }
    BenchFigures.requireWritable(json);
    LoadedConfig loaded = options.load();
    Preflight.check(loaded.config());
    List<ConformBench.Round> measured = new ArrayList<>();
    try (Session session = Session.open(loaded, options.verbose)) {
      ConformBench bench = new ConformBench(session.spark(), loaded.config(), loaded.hash());
      for (int round = 0; round <= rounds; round++) {
        ConformBench.Round result = bench.round();
        // The first round of a JVM measures its compiler.
        if (round > 0) {
          measured.add(result);
        }
      }
    }
    print(measured);
    if (json != null) {
      write(measured);
    }
    return ExitCodes.DONE;
  }

  private void print(List<ConformBench.Round> measured) {
    TextTable table = new TextTable("round", "read and write", "cpu", "conform", "cpu", "ratio");
    for (int i = 0; i < measured.size(); i++) {
      ConformBench.Round r = measured.get(i);
      table.row(
          i + 1,
          seconds(r.plain().seconds()),
          seconds(r.plain().cpu()),
          seconds(r.conform().seconds()),
          seconds(r.conform().cpu()),
          ratio(r.ratio()));
    }
    PrintWriter out = spec.commandLine().getOut();
    out.print(table);
    out.println("  median ratio: " + ratio(median(measured)));
    out.flush();
  }

  private void write(List<ConformBench.Round> measured) {
    BenchFigures.write(figures(measured), json);
  }

  /** For programs. */
  static ObjectNode figures(List<ConformBench.Round> measured) {
    ObjectNode root = BenchFigures.of("conform");
    root.put("median_ratio", median(measured));
    ArrayNode all = root.putArray("rounds");
    measured.forEach(
        r ->
            all.addObject()
                .put("plain_seconds", r.plain().seconds())
                .put("plain_cpu_seconds", r.plain().cpu())
                .put("conform_seconds", r.conform().seconds())
                .put("conform_cpu_seconds", r.conform().cpu())
                .put("ratio", r.ratio()));
    return root;
  }

  private static double median(List<ConformBench.Round> measured) {
    List<ConformBench.Round> sorted = new ArrayList<>(measured);
    sorted.sort(Comparator.comparingDouble(ConformBench.Round::ratio));
    return sorted.get(sorted.size() / 2).ratio();
  }

  private static String seconds(double value) {
    return text("%.1f s", value);
  }

  private static String ratio(double value) {
    return text("%.2f", value);
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
