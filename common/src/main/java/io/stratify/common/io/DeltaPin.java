package io.stratify.common.io;

import io.stratify.common.StratifyException;
import io.stratify.common.config.SourceConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.catalyst.plans.logical.SubqueryAlias;
import org.apache.spark.sql.delta.files.TahoeLogFileIndex;
import org.apache.spark.sql.execution.datasources.HadoopFsRelation;
import org.apache.spark.sql.execution.datasources.LogicalRelation;

/** Which version of a Delta source is read. */
final class DeltaPin {
  private static final String VERSION = "versionAsOf";

  private DeltaPin() {}

  /**
   * The rows of the version that the configuration names, else of the newest: whatever is written
   * to the table from now on, every pass over the rows sees the same.
   *
   * @param open the source under some options
   * @throws StratifyException if a vacuum took files of the version that the configuration names
   */
  static Dataset<Row> opened(
      SparkSession spark, SourceConfig source, Function<Map<String, String>, Dataset<Row>> open) {
    Dataset<Row> rows = open.apply(source.options());
    Optional<String> pin =
        Stream.of(VERSION, "timestampAsOf")
            .flatMap(o -> source.option(o).map(v -> o + " = " + v).stream())
            .findFirst();
    if (pin.isPresent()) {
      requireFiles(spark, source, rows, pin.get());
      return rows;
    }
    return newest(rows)
        .map(
            version -> {
              Map<String, String> pinned = new HashMap<>(source.options());
              pinned.put(VERSION, String.valueOf(version));
              return open.apply(pinned);
            })
        .orElse(rows);
  }

  private static void requireFiles(
      SparkSession spark, SourceConfig source, Dataset<Row> rows, String pin) {
    Configuration hadoop = spark.sparkContext().hadoopConfiguration();
    String[] files = rows.inputFiles();
    long gone = Arrays.stream(files).parallel().filter(f -> !exists(f, hadoop)).count();
    if (gone > 0) {
      throw new StratifyException(
          "Cannot read source %s (%s): %d of the %d data files of its %s were vacuumed. Pin a later"
              + " version, or remove the pin from sources.%s.options",
          source.name(), source.origin(), gone, files.length, pin, source.name());
    }
  }

  /** The version of rows that are those of one Delta table, unless they are of one already. */
  private static Optional<Long> newest(Dataset<Row> rows) {
    LogicalPlan plan = rows.queryExecution().analyzed();
    while (plan instanceof SubqueryAlias || plan instanceof Project) {
      plan = plan.children().head();
    }
    return index(plan)
        .filter(i -> !i.isTimeTravelQuery())
        .map(i -> i.snapshotAtAnalysis().version());
  }

  /** Whether a leaf of a plan is what a Delta table has at the time at which it is read. */
  static boolean moves(LogicalPlan leaf) {
    return index(leaf).filter(i -> !i.isTimeTravelQuery()).isPresent();
  }

  private static Optional<TahoeLogFileIndex> index(LogicalPlan leaf) {
    return leaf instanceof LogicalRelation relation
            && relation.relation() instanceof HadoopFsRelation files
            && files.location() instanceof TahoeLogFileIndex index
        ? Optional.of(index)
        : Optional.empty();
  }

  private static boolean exists(String file, Configuration hadoop) {
    try {
      Path path = SourcePaths.path(file);
      return path.getFileSystem(hadoop).exists(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
