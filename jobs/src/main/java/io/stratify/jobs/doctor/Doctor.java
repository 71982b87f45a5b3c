package io.stratify.jobs.doctor;

import io.stratify.common.StratifyException;
import io.stratify.common.config.CatalogConfig;
import io.stratify.common.config.ConfigException;
import io.stratify.common.config.InputConfig;
import io.stratify.common.config.LoadedConfig;
import io.stratify.common.config.StratifyConfig;
import io.stratify.common.io.Lake;
import io.stratify.common.io.Snapshot;
import io.stratify.common.io.SourceReader;
import io.stratify.common.spark.Sparks;
import io.stratify.common.tables.Forgotten;
import io.stratify.jobs.Failures;
import io.stratify.jobs.JobContext;
import io.stratify.jobs.Pipeline;
import io.stratify.jobs.conform.MappingCheck;
import io.stratify.jobs.doctor.Finding.Answer;
import io.stratify.jobs.erasure.Tombstones;
import io.stratify.jobs.segments.UnknownFeatures;
import io.stratify.jobs.serving.CatalogTables;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FSError;

/** Runs all checks, each whatever came of the others. */
public final class Doctor {
  private final UnaryOperator<String> hide;
  private final List<Finding> findings = new ArrayList<>();

  /**
   * Without findings.
   *
   * @param hide masks the secrets of the configuration in a text
   */
  public Doctor(UnaryOperator<String> hide) {
    this.hide = hide;
  }

  /** What was found, in the order of the checks. */
  public List<Finding> findings() {
    return List.copyOf(findings);
  }

  /** Looks at what needs neither configuration nor Spark. */
  public Doctor machine() {
    Runtime.Version java = Runtime.version();
    check("java", () -> MachineChecks.java(java.feature(), java.toString()));
    check("spark", MachineChecks::spark);
    check("memory", () -> MachineChecks.memory(Runtime.getRuntime().maxMemory()));
    return this;
  }

  /** Something that did not work outside of the checks. */
  public Doctor failed(String check, RuntimeException e) {
    check(
        check,
        () -> {
          throw e;
        });
    return this;
  }

  /** Looks at the output root, the sources with their mappings, and erasure. */
  public Doctor data(LoadedConfig loaded, Lake lake) {
    check("configuration", () -> Answer.ok("hash " + loaded.hash()));
    RootChecks root = new RootChecks(lake.output());
    check("output root", root::writable);
    check("space", root::space);
    check("lock", () -> root.lock(Instant.now()));
    check("one writer", () -> root.oneWriter(loaded.config().output().onlyWriter()));
    check("leftovers", root::leftovers);
    check("tables", root::tables);
    check("clock", () -> root.clock(Instant.now()));
    if (loaded.config().catalog().isUsed()) {
      check("catalog", () -> catalog(loaded.config().catalog(), lake));
    }
    check("jobs", () -> jobs(loaded.config(), lake));
    sources(loaded.config(), lake);
    check("erasure", () -> erasure(loaded.config(), lake));
    return this;
  }

  private void sources(StratifyConfig config, Lake lake) {
    if (config.inputs().isEmpty()) {
      check(
          "inputs",
          () -> Answer.fails("none are mapped. Give the configuration of a run: --conf FILE"));
    }
    SourceReader reader = new SourceReader(lake.spark(), config.sources());
    Set<String> used = used(config);
    for (String name : config.sources().keySet()) {
      check("source " + name, () -> source(reader, name, used.contains(name)));
    }
    LocalDate asOf = asOf(config);
    for (String input : config.inputs().keySet()) {
      check(
          "input " + input,
          () -> mapping(MappingCheck.problems(lake.spark(), config, asOf, input)));
    }
  }

  /** The sources that a run opens. */
  private static Set<String> used(StratifyConfig config) {
    return Stream.concat(
            config.inputs().values().stream().map(InputConfig::source),
            config.conform().currency().rates().stream())
        .flatMap(name -> SourceReader.behind(name, config.sources()).stream())
        .collect(Collectors.toSet());
  }

  private static Answer source(SourceReader reader, String name, boolean used) {
    try {
      return Answer.ok(SourceReader.columns(reader.read(name)).size() + " columns");
    } catch (StratifyException e) {
      if (used) {
        throw e;
      }
      return Answer.look("no input uses it, and it cannot be read: " + e.getMessage());
    }
  }

  private static Answer catalog(CatalogConfig catalog, Lake lake) {
    if (!Sparks.hasMetastore(catalog)) {
      return Answer.ok("is not there yet; the first run makes it");
    }
    CatalogTables.look(lake, catalog.database());
    return Answer.ok("names of database " + catalog.database() + " are free, or ours");
  }

  private static LocalDate asOf(StratifyConfig config) {
    return config.asOf().orElseGet(() -> LocalDate.now(ZoneOffset.UTC));
  }

  /** What a run refuses before its first job. */
  private static Answer jobs(StratifyConfig config, Lake lake) {
    Snapshot snapshot = new Snapshot(asOf(config), Snapshot.FIRST_REVISION);
    JobContext context =
        new JobContext(
            lake.spark(),
            config,
            lake,
            snapshot,
            lake.stamp().runId(),
            Instant.now(),
            notice -> {});
    List<String> problems =
        Stream.concat(
                UnknownFeatures.problems(config).stream(),
                Pipeline.problems(Pipeline.JOBS, context).stream())
            .toList();
    return problems.isEmpty()
        ? Answer.ok("features and rules of the configuration can be computed")
        : Answer.fails(String.join("; ", problems));
  }

  private static Answer mapping(List<String> problems) {
    return problems.isEmpty()
        ? Answer.ok("its expressions fit the source")
        : Answer.fails("Correct these expressions: " + String.join("; ", problems));
  }

  private static Answer erasure(StratifyConfig config, Lake lake) {
    Tombstones forgotten = Tombstones.in(lake, config.erasure(), "run");
    if (lake.exists(Forgotten.TABLE)) {
      return Answer.ok(
          forgotten.customers() + " ids were erased, and erasure.secret is the key that was used");
    }
    return Answer.ok(
        config.erasure().secret().isPresent()
            ? "erasure.secret is there; nobody was erased"
            : "not in use: nobody was erased, and erasure.secret is not set");
  }

  private void check(String name, Finding.Check check) {
    Answer answer;
    try {
      answer = check.look();
    } catch (Exception | FSError e) { // the latter of a disk that is full
      answer = Answer.fails(message(e));
    }
    findings.add(new Finding(name, answer.verdict(), hide.apply(answer.found())));
  }

  private static String message(Throwable e) {
    Throwable meant = Failures.meant(e);
    return meant instanceof StratifyException || meant instanceof ConfigException
        ? meant.getMessage()
        : Failures.rootCause(e);
  }
}
