package io.stratify.jobs.bench;

import com.sun.management.OperatingSystemMXBean;
import io.stratify.common.config.InputConfig;
import io.stratify.common.config.StratifyConfig;
import io.stratify.common.io.CommitStamp;
import io.stratify.common.io.Lake;
import io.stratify.common.io.Snapshot;
import io.stratify.common.io.SourceReader;
import io.stratify.jobs.Concurrently;
import io.stratify.jobs.JobContext;
import io.stratify.jobs.conform.ConformJob;
import io.stratify.jobs.conform.Inlet;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Times conform against the least that anybody could do: read every input and write it to Delta, as
 * many at a time as conform writes, without looking at a row. Both in the same session, with the
 * same codec; what people wrote into the configuration is an input like any other.
 *
 * @param spark session
 * @param config with the inputs and the as-of date
 * @param configHash of the configuration, for the stamps of commits
 */
public record ConformBench(SparkSession spark, StratifyConfig config, String configHash) {
  private static final int CONCURRENT = 3;

  /**
   * What one round took, in seconds.
   *
   * @param plain reading and writing
   * @param conform the whole job
   */
  public record Round(Took plain, Took conform) {
    /** What conform costs against reading and writing. */
    public double ratio() {
      return conform.seconds() / plain.seconds();
    }
  }

  /**
   * What some work took.
   *
   * @param seconds on the clock
   * @param cpu seconds of all cores, those of the JVM's compiler and collector among them; it tells
   *     what the work needs where other programs are busy too
   */
  public record Took(double seconds, double cpu) {}

  /** Does both, in folders of its own below the output root, which are deleted. */
  public Round round() {
    String folder = config.output().root() + "/_bench/" + UUID.randomUUID();
    try {
      return new Round(
          took(() -> readAndWrite(folder + "/plain")), took(() -> conform(folder + "/conform")));
    } finally {
      BenchFolder.delete(spark, folder);
    }
  }

  private void readAndWrite(String folder) {
    SourceReader sources = new SourceReader(spark, config.sources());
    List<Callable<String>> writes = new ArrayList<>();
    for (InputConfig input : config.inputs().values()) {
      writes.add(
          () -> {
            String path = folder + "/" + input.table();
            Dataset<Row> rows =
                input.rows().isEmpty() ? sources.read(input.source()) : Inlet.written(spark, input);
            rows.write().format("delta").save(path);
            return path;
          });
    }
    Concurrently.all(CONCURRENT, writes);
  }

  private void conform(String folder) {
    CommitStamp stamp = new CommitStamp("bench", configHash, "bench");
    Snapshot snapshot = new Snapshot(config.asOf().orElseThrow(), 1);
    new ConformJob()
        .run(
            new JobContext(
                spark,
                config,
                new Lake(spark, folder, stamp),
                snapshot,
                "bench",
                Instant.now(),
                notice -> {}));
  }

  private static Took took(Runnable work) {
    OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    long cpu = system.getProcessCpuTime();
    long start = System.nanoTime();
    work.run();
    return new Took((System.nanoTime() - start) / 1e9, (system.getProcessCpuTime() - cpu) / 1e9);
  }
}
