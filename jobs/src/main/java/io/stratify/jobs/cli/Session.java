package io.stratify.jobs.cli;

import io.stratify.common.StratifyException;
import io.stratify.common.config.LoadedConfig;
import io.stratify.common.io.CommitStamp;
import io.stratify.common.io.Lake;
import io.stratify.common.io.RootLock;
import io.stratify.common.spark.Sparks;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
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

  /** Starts Spark, or joins the session that is already running in this JVM. */
  static Session open(LoadedConfig loaded, boolean verbose) {
    Instant now = Instant.now();
    String runId =
        DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT)
                .withZone(ZoneOffset.UTC)
                .format(now)
            + "-"
            + UUID.randomUUID().toString().substring(0, 4);
    boolean ours = SparkSession.getDefaultSession().isEmpty();
    SparkSession spark =
        Sparks.session(loaded.config().spark(), Boolean.getBoolean("stratify.progress"));
    if (verbose) {
      spark.sparkContext().setLogLevel("INFO");
    }
    CommitStamp stamp = new CommitStamp(runId, loaded.hash(), Version.text());
    Lake lake = new Lake(spark, loaded.config().output().root(), stamp);
    return new Session(spark, lake, runId, now, loaded.config().output().onlyWriter(), ours);
  }

  /** Opens a session and prints what is to be said of its tables. */
  static int print(CommonOptions options, CommandSpec spec, Function<Lake, String> text) {
    try (Session session = open(options.load(), options.verbose)) {
      spec.commandLine().getOut().print(text.apply(session.lake()));
      spec.commandLine().getOut().flush();
    }
    return ExitCodes.DONE;
  }

  /** Does work during which no other command may write below the root. */
  <T> T locked(String command, Supplier<T> work) {
    RootLock lock = lake.lock(command, onlyWriter);
    T result;
    try {
      lake.clearScratch();
      result = work.get();
    } catch (RuntimeException | Error e) {
      release(lock, e);
      throw e;
    }
    lock.close();
    return result;
  }

  /** A lock that cannot be given back must not hide why. */
  private static void release(RootLock lock, Throwable why) {
    try {
      lock.close();
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
