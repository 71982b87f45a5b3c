package io.stratify.common.io;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Whether all machines of a cluster see the same files. Executors write what they compute where
 * they are, and the driver makes a table of what it finds where it is: a folder that each machine
 * has for itself would become a table without rows.
 */
final class EveryMachine {
  private EveryMachine() {}

  /**
   * A machine that does not see a file.
   *
   * @param file that the driver has just written
   */
  static Optional<String> blindTo(SparkSession spark, Path file) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    SerializableConfiguration conf = new SerializableConfiguration(context.hadoopConfiguration());
    int tasks = context.defaultParallelism();
    List<Integer> each = IntStream.range(0, tasks).boxed().toList();
    String path = file.toString();
    return context
        .parallelize(each, tasks)
        .filter(task -> !new Path(path).getFileSystem(conf.value()).exists(new Path(path)))
        .map(task -> SparkEnv.get().blockManager().blockManagerId().host())
        .collect()
        .stream()
        .findFirst();
  }
}
