package io.stratify.common.io;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Whether the machines of a cluster see the same files. Executors write what they compute where
 * they are, and the driver makes a table of what it finds where it is: a folder that each machine
 * has for itself would become a table without rows.
 */
final class EveryMachine {
  private static final String DESCRIPTION = "spark.job.description";

  private EveryMachine() {}

  /**
   * A machine that does not see a file, and why if it cannot look; of the executors that are there.
   *
   * @param file that the driver has just written
   */
  static Optional<String> blindTo(SparkSession spark, Path file) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    SerializableConfiguration conf = new SerializableConfiguration(context.hadoopConfiguration());
    int tasks = context.defaultParallelism();
    List<Integer> each = IntStream.range(0, tasks).boxed().toList();
    String path = file.toString();
    String before = context.getLocalProperty(DESCRIPTION);
    context.setLocalProperty(DESCRIPTION, "look whether all machines see the output root");
    try {
      return context.parallelize(each, tasks).map(task -> blind(conf, path)).collect().stream()
          .filter(Objects::nonNull)
          .findFirst();
    } finally {
      context.setLocalProperty(DESCRIPTION, before);
    }
  }

  /** Null where the file is seen. */
  private static String blind(SerializableConfiguration conf, String path) {
    String host = SparkEnv.get().blockManager().blockManagerId().host();
    try {
      Path file = new Path(path);
      return file.getFileSystem(conf.value()).exists(file) ? null : host;
    } catch (IOException e) {
      return host + " (" + SourceReader.firstLine(e) + ")";
    }
  }
}
