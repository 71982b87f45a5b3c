package io.stratify.jobs.cli;

import io.stratify.common.Counted;
import io.stratify.common.StratifyException;
import io.stratify.common.config.DemoConfig;
import io.stratify.common.config.DemoConfig.World;
import io.stratify.common.config.LoadedConfig;
import io.stratify.common.tables.Tables;
import io.stratify.jobs.Pipeline;
import io.stratify.jobs.demo.DemoSpec;
import io.stratify.jobs.demo.DemoWarehouse;
import io.stratify.jobs.demo.DemoWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(name = "demo", description = "Generate a synthetic warehouse and run all jobs on it.")
final class DemoCommand implements Callable<Integer> {
  @Mixin private CommonOptions options;
  @Spec private CommandSpec spec;

  @Option(names = "--customers", paramLabel = "N", description = "Customers (default 20000).")
  private Integer customers;

  @Option(names = "--months", paramLabel = "N", description = "Months of history (default 24).")
  private Integer months;

  @Override
  public Integer call() {
    LoadedConfig loaded = load();
    Preflight.check(loaded.config());
    DemoConfig demo = loaded.config().demo();
    try (Log log = options.log(spec).capture();
        Session session = Session.open(loaded, options.verbose)) {
      return session.locked(
          spec.name(),
          () -> {
            log.run(session.runId());
            generate(session, demo, log);
            return new Runner(spec.commandLine().getOut(), log, options.givenOfAnyDay())
                .run(session, loaded, Pipeline.JOBS);
          });
    }
  }

  private LoadedConfig load() {
    options.give("--customers", "demo.customers", customers);
    options.give("--months", "demo.months", months);
    List<Path> files = Stream.concat(Stream.of(overlay()), options.conf.stream()).toList();
    LoadedConfig loaded = options.load(files);
    if (loaded.config().asOf().isPresent()) {
      return loaded;
    }
    options.asOf = loaded.config().demo().end().toString();
    return options.load(files);
  }

  /** The overlay that maps the generated tables lies in the project, named by the launcher. */
  private static Path overlay() {
    String home = System.getenv().getOrDefault("STRATIFY_HOME", ".");
    Path here = Path.of("").toAbsolutePath();
    Path overlay = Path.of(home, "conf", "demo.conf");
    if (!Files.isRegularFile(overlay)) {
      throw new UsageException(
          "Cannot find "
              + overlay
              + ", which maps the tables of the demo. Run ./stratify demo from the project, or set"
              + " STRATIFY_HOME to its folder");
    }
    Path absolute = overlay.toAbsolutePath().normalize();
    return absolute.startsWith(here) ? here.relativize(absolute) : absolute;
  }

  private static void generate(Session session, DemoConfig demo, Log log) {
    String source = session.lake().root() + "/source";
    requireOurs(session, source);
    DemoSpec spec =
        new DemoSpec(demo.customers(), demo.months(), demo.end(), demo.seed(), demo.world());
    DemoWarehouse warehouse = DemoWarehouse.of(session.spark(), spec);
    long start = System.nanoTime();
    DemoWriter writer = new DemoWriter(w -> {});
    session.spark().sparkContext().setJobDescription("generate the demo warehouse");
    writer.write(warehouse.answers(), session.lake().root() + "/answers");
    writer.write(warehouse.tables(), source);
    String made =
        String.format(
            Locale.ROOT,
            "a synthetic warehouse of %s and %s%s in %s",
            Counted.of(demo.customers(), "customer"),
            Counted.of(demo.months(), "month"),
            demo.world() == World.PERSONAS ? "" : " (world " + demo.world().label() + ")",
            source);
    log.done("demo", (System.nanoTime() - start) / 1e9, made);
  }

  /** The answers are written first: a source folder or tables without them are somebody else's. */
  private static void requireOurs(Session session, String source) {
    org.apache.hadoop.fs.Path folder = new org.apache.hadoop.fs.Path(source);
    org.apache.hadoop.fs.Path mark =
        new org.apache.hadoop.fs.Path(folder.getParent(), "answers/" + DemoWarehouse.ANSWERS);
    try {
      var fs = folder.getFileSystem(session.spark().sparkContext().hadoopConfiguration());
      if (fs.exists(mark)) {
        return;
      }
      Optional<String> theirs =
          fs.exists(folder)
              ? Optional.of(source)
              : Tables.ALL.stream()
                  .filter(session.lake()::exists)
                  .map(session.lake()::path)
                  .findFirst();
      if (theirs.isPresent()) {
        throw new StratifyException(
            "Cannot generate the demo: %s exists and was not made by the demo. Nothing was"
                + " written. Choose another --set output.root=FOLDER",
            theirs.get());
      }
    } catch (java.io.IOException e) {
      throw new StratifyException(e, "Cannot look into %s: %s", source, e.getMessage());
    }
  }
}
