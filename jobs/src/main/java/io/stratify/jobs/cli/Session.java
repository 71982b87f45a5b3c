package io.stratify.jobs.cli;

import io.stratify.common.StratifyException;
import io.stratify.common.config.LoadedConfig;
import io.stratify.common.config.LogConfig;
import io.stratify.common.io.CommitStamp;
import io.stratify.common.io.Lake;
import io.stratify.common.io.RootLock;
import io.stratify.common.io.RunLease;
import io.stratify.common.spark.Sparks;
import io.stratify.common.tables.TableSpec;
import io.stratify.common.tables.Tables;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Spark and the tables, for as long as one command runs.
 *
 * @param spark session
 * @param lake the tables below the configured root
 * @param runId id of this run
 * @param startedAt when it began
 * @param onlyWriter whether the lock of the root need not be safe against commands that begin at
 *     once
 * @param ours whether this command started Spark, and so has to stop it
 */
record Session(
    SparkSession spark,
    Lake lake,
    String runId,
    Instant startedAt,
    boolean onlyWriter,
    boolean ours)
    implements AutoCloseable {

  /** Often enough for a turn of hours, and no burden for any store. */
  private static final Duration RENEWED = Duration.ofMinutes(10);

  /** Starts Spark, or joins the session that is already running in this JVM. */
  static Session open(LoadedConfig loaded, boolean verbose) {
    return open(loaded, verbose, Optional.empty());
  }

  /** The same for a run that has an id already. */
  static Session open(LoadedConfig loaded, boolean verbose, Optional<String> run) {
    Instant now = Instant.now();
    String runId = run.orElseGet(() -> newRunId(now));
    boolean ours = SparkSession.getDefaultSession().isEmpty();
    SparkSession spark =
        Sparks.session(
            loaded.config().spark(),
            loaded.config().catalog(),
            showsProgress(Boolean.getBoolean("stratify.progress"), loaded.config().log()));
    if (verbose) {
      spark.sparkContext().setLogLevel("INFO");
    }
    CommitStamp stamp = new CommitStamp(runId, loaded.hash(), Version.text());
    Lake lake = new Lake(spark, loaded.config().output().root(), stamp);
    return new Session(spark, lake, runId, now, loaded.config().output().onlyWriter(), ours);
  }

  /** Bars of progress between the lines of a log for programs would be no JSON. */
  static boolean showsProgress(boolean terminal, LogConfig log) {
    return terminal && log.format() != LogConfig.Format.JSON;
  }

  private static String newRunId(Instant now) {
    return DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC)
            .format(now)
        + "-"
        + UUID.randomUUID().toString().substring(0, 4);
  }

  /** Opens a session and prints what is to be said of its tables. */
  static int print(CommonOptions options, CommandSpec spec, Function<Lake, String> text) {
    try (Session session = open(options.load(), options.verbose)) {
      spec.commandLine().getOut().print(text.apply(session.lake()));
      spec.commandLine().getOut().flush();
    }
    return ExitCodes.DONE;
  }

  /**
   * The tables that have been written.
   *
   * @param otherwise what to say where there are none, with %s for the root
   * @throws StratifyException if there are none: the folder may be a wrong one
   */
  List<TableSpec> tables(String otherwise) {
    List<TableSpec> tables = Tables.ALL.stream().filter(lake::exists).toList();
    if (tables.isEmpty()) {
      throw new StratifyException(otherwise, lake.root());
    }
    return tables;
  }

  /** Does work during which no other command may write below the root. */
  <T> T locked(String command, Supplier<T> work) {
    return underLock(
        command,
        () -> {
          lake.output().lease().yieldOrEnd(command, startedAt);
          lake.output().clearScratch();
          return work.get();
        });
  }

  /** The same for a part of a run: other commands wait until its last part is done. */
  <T> T locked(String command, RunLease.Part part, Supplier<T> work) {
    return underLock(
        command,
        () -> {
          lake.output().lease().enter(part, command, startedAt);
          lake.output().clearScratch();
          T result;
          try {
            result = lake.output().lease().renewed(part, RENEWED, work);
          } catch (Throwable e) { // Scala throws what is checked without saying so
            quietly(() -> lake.output().lease().keep(part), e);
            throw e;
          }
          lake.output().lease().leave(part);
          return result;
        });
  }

  private <T> T underLock(String command, Supplier<T> work) {
    RootLock lock = lake.output().lock(command, lake.stamp().runId(), onlyWriter);
    T result;
    try {
      lake.output().requireSeen();
      result = work.get();
    } catch (Throwable e) { // Scala throws what is checked without saying so
      quietly(lock::close, e);
      throw e;
    }
    lock.close();
    return result;
  }

  /** What goes wrong after a failure, as a lock that cannot be given back, must not hide it. */
  private static void quietly(Runnable work, Throwable why) {
    try {
      work.run();
    } catch (StratifyException e) {
      why.addSuppressed(e);
    }
  }

  @Override
  public void close() {
    if (ours) {
      spark.stop();
    }
  }
}
