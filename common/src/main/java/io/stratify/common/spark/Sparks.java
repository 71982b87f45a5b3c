package io.stratify.common.spark;

import io.stratify.common.StratifyException;
import io.stratify.common.config.CatalogConfig;
import io.stratify.common.config.SparkConfig;
import io.stratify.common.io.ConditionalLogStore;
import io.stratify.common.io.LocalFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.launcher.JavaModuleOptions;
import org.apache.spark.sql.SparkSession;

/** Makes the one session of a run. */
public final class Sparks {
  /** One and a half times what Spark reserves (UnifiedMemoryManager). */
  private static final long LEAST_HEAP = 450L << 20;

  private Sparks() {}

  /**
   * The session: what spark-submit sets wins over the configuration file, and what results depend
   * on (time zone UTC, no ANSI mode, exact decimals) is set always.
   *
   * @throws StratifyException if the JVM was started without what Spark needs
   */
  public static SparkSession session(SparkConfig config, CatalogConfig catalog, boolean progress) {
    requireModules();
    requireHeap(Runtime.getRuntime().maxMemory());
    SparkConf submitted = new SparkConf();
    SparkConf conf = new SparkConf(false).setAppName("stratify");
    if (!submitted.contains("spark.master")) {
      conf.setMaster(config.master());
    }
    settings(conf, config, progress);
    if (submitted.get("spark.master", config.master()).startsWith("local")) {
      onOneMachine(conf);
    } else {
      onCluster(conf);
    }
    catalog(conf, catalog);
    config.conf().forEach(conf::set);
    for (scala.Tuple2<String, String> given : submitted.getAll()) {
      conf.set(given._1(), given._2());
    }
    invariants(conf);
    return SparkSession.builder().config(conf).getOrCreate();
  }

  /** Spark sees to it itself, but for a driver that a standalone cluster starts. */
  private static void requireModules() {
    if (!Object.class.getModule().isExported("sun.nio.ch", Sparks.class.getModule())) {
      throw new StratifyException(
          "Cannot start Spark: this JVM was started without the options that Spark needs on Java 17,"
              + " as drivers in the cluster mode of a standalone cluster are. Submit with"
              + " --driver-java-options \"%s\"",
          JavaModuleOptions.defaultModuleOptions());
    }
  }

  /** Spark would say so itself, after thirty lines of a trace. */
  static void requireHeap(long bytes) {
    if (bytes < LEAST_HEAP) {
      throw new StratifyException(
          "Cannot start Spark: it needs a heap of %d MB or more, and this JVM has %d MB. Set"
              + " STRATIFY_HEAP=1g, or --driver-memory 1g of spark-submit",
          LEAST_HEAP >> 20, bytes >> 20);
    }
  }

  private static void settings(SparkConf conf, SparkConfig config, boolean progress) {
    conf.set("spark.sql.shuffle.partitions", String.valueOf(config.shufflePartitions()));
    conf.set("spark.ui.enabled", "false");
    conf.set("spark.redaction.regex", SparkConfig.REDACTED);
    conf.set("spark.ui.showConsoleProgress", String.valueOf(progress));
    // A broadcast of ids is cheaper than a shuffle of facts up to some million customers.
    conf.set("spark.sql.autoBroadcastJoinThreshold", "64m");
    conf.set("spark.sql.adaptive.autoBroadcastJoinThreshold", "64m");
    // A cached result is joined to few partitions like any other.
    conf.set("spark.sql.optimizer.canChangeCachedPlanOutputPartitioning", "true");
    // A task writes to the partitions of a table side by side rather than sort its rows by them.
    conf.set("spark.sql.maxConcurrentOutputFileWriters", "64");
    lean(conf);
    // Sets per customer and day: the default of 128 groups would sort nearly all rows.
    conf.set("spark.sql.objectHashAggregate.sortBased.fallbackThreshold", "50000");
    quick(conf);
    stores(conf);
    // The log of our tables is short: fifty partitions for it would be mostly overhead.
    conf.set("spark.databricks.delta.snapshotPartitions", "2");
  }

  /** Also used by the tests. */
  public static void quick(SparkConf conf) {
    // One run generates several hundred classes, and the next one in the JVM the same again.
    conf.set("spark.sql.codegen.cache.maxEntries", "1000");
    // A query over many columns becomes one method. The JVM interprets what is above 8,000 bytes
    // (HotSpot's HugeMethodLimit): there Spark runs small methods instead.
    conf.set("spark.sql.codegen.hugeMethodLimit", "8000");
    // The list of all files beside each commit: one more query for each, for what nobody reads.
    conf.set("spark.databricks.delta.allFilesInCrc.enabled", "false");
  }

  /** Delta's own log store of S3 is safe for one driver only. Also used by the tests. */
  public static void stores(SparkConf conf) {
    conf.set("spark.delta.logStore.s3a.impl", ConditionalLogStore.class.getName());
  }

  private static void catalog(SparkConf conf, CatalogConfig catalog) {
    if (!catalog.isUsed()) {
      return;
    }
    conf.set("spark.sql.catalogImplementation", "hive");
    if (catalog.kind() == CatalogConfig.Kind.EMBEDDED) {
      String folder = made(catalog.folder());
      // Derby reads where it writes its log from nowhere else.
      System.setProperty("derby.stream.error.file", folder + "/derby.log");
      conf.set("spark.sql.warehouse.dir", folder + "/warehouse");
      conf.set(
          "spark.hadoop.javax.jdo.option.ConnectionURL",
          "jdbc:derby:;databaseName=" + folder + "/metastore_db;create=true");
      conf.set("spark.hadoop.hive.exec.scratchdir", folder + "/scratch");
      conf.set("spark.hadoop.datanucleus.schema.autoCreateAll", "true");
      conf.set("spark.hadoop.hive.metastore.schema.verification", "false");
    }
  }

  /** Whether there is a catalog to look into: an embedded one is made by who first asks for it. */
  public static boolean hasMetastore(CatalogConfig catalog) {
    return catalog.kind() != CatalogConfig.Kind.EMBEDDED
        || Files.exists(Path.of(catalog.folder(), "metastore_db"));
  }

  private static String made(String folder) {
    Path path = Path.of(folder).toAbsolutePath().normalize();
    try {
      return Files.createDirectories(path).toString();
    } catch (IOException e) {
      throw new StratifyException(
          e,
          "Cannot make the folder of the catalog %s: %s. Give one that this user may write: --set"
              + " catalog.folder=FOLDER",
          path,
          e);
    }
  }

  /** Where executors have the application from the start, its file system serves the local disk. */
  public static void onOneMachine(SparkConf conf) {
    conf.set("spark.hadoop.fs.file.impl", LocalFiles.class.getName());
    conf.set("spark.hadoop.fs.AbstractFileSystem.file.impl", LocalFiles.Context.class.getName());
    // A task for which memory does not suffice would end this process (code 52), and not only
    // itself.
    conf.set("spark.executor.killOnFatalError.depth", "0");
  }

  /** What the launcher gives the one JVM of a machine, executors need as well. */
  private static void onCluster(SparkConf conf) {
    // Plans over many columns are deep to read.
    conf.set("spark.executor.extraJavaOptions", "-Xss4m");
  }

  /**
   * What a driver remembers of past queries: a thousand plans of a megabyte each, and all their
   * tasks, would fill the heap of a long run, although nobody looks at them.
   */
  public static void lean(SparkConf conf) {
    // Delta remembers up to 10,000 tables for an hour, in megabytes each: a process that sees many
    // output roots, of fifty tables each, would spend its time collecting garbage.
    conf.set("spark.databricks.delta.delta.log.cacheSize", "150");
    conf.set("spark.sql.maxPlanStringLength", "20000");
    conf.set("spark.sql.ui.explainMode", "simple");
    conf.set("spark.sql.ui.retainedExecutions", "20");
    conf.set("spark.ui.retainedJobs", "100");
    conf.set("spark.ui.retainedStages", "100");
    conf.set("spark.ui.retainedTasks", "2000");
  }

  /** What Delta needs and what results depend on; also used by the tests. */
  public static void invariants(SparkConf conf) {
    conf.set("spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension");
    conf.set("spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog");
    conf.set("spark.sql.session.timeZone", "UTC");
    conf.set("spark.sql.ansi.enabled", "false");
    conf.set("spark.sql.legacy.timeParserPolicy", "CORRECTED");
    // Days before 1900 are those of the calendar of today, and no reason to stop.
    for (String times : List.of("datetime", "int96")) {
      conf.set("spark.sql.parquet." + times + "RebaseModeInRead", "CORRECTED");
      conf.set("spark.sql.parquet." + times + "RebaseModeInWrite", "CORRECTED");
    }
  }
}
