package io.stratify.common.io;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.delta.DeltaOperations;
import org.apache.spark.sql.delta.OptimisticTransaction;
import org.apache.spark.sql.delta.actions.Action;
import org.apache.spark.sql.delta.actions.AddFile;
import org.apache.spark.sql.delta.actions.FileAction;
import org.apache.spark.sql.delta.actions.SetTransaction;
import org.apache.spark.sql.functions;
import scala.Option;
import scala.collection.JavaConverters;

/**
 * Rows in place of files of a table, or beside all others, in one commit. The writer of Delta's
 * data source comes to the same, in a query of its own around the one that writes and two that find
 * the files.
 *
 * @param table the version that the rows come after
 * @param partitions values of the partitions that are replaced; an empty one is the whole table,
 *     and none of them that nothing is replaced
 * @param numbers what the writer keeps with the table
 */
record Replacement(
    TableFiles table, List<Map<String, String>> partitions, List<SetTransaction> numbers) {
  /**
   * Writes the rows and takes the files of the partitions out.
   *
   * @param rows the columns of the table, all rows in the partitions if there are any
   * @return how many rows were written; empty where nothing was put in place of nothing, which is
   *     no commit
   * @throws java.util.ConcurrentModificationException if another program wrote there meanwhile
   */
  OptionalLong commit(Dataset<Row> rows, String userMetadata) {
    boolean adds = partitions.isEmpty();
    Optional<String> condition = condition();
    OptimisticTransaction transaction =
        adds ? table.startTransaction() : table.startReplacing(condition.map(functions::expr));
    List<FileAction> written = JavaConverters.seqAsJavaList(transaction.writeFiles(rows));
    List<Action> actions = new ArrayList<>(written);
    partitions.forEach(p -> actions.addAll(TableFiles.removed(table.in(p))));
    actions.addAll(numbers);
    if (actions.isEmpty()) {
      return OptionalLong.empty();
    }
    transaction.commit(
        JavaConverters.asScalaBuffer(actions).toSeq(),
        new DeltaOperations.Write(
            adds ? SaveMode.Append : SaveMode.Overwrite,
            Option.empty(),
            Option.apply(condition.orElse(null)),
            Option.apply(userMetadata)));
    return OptionalLong.of(rows(transaction, written));
  }

  /** As the files say, or the metric of the commit where statistics are not collected. */
  private static long rows(OptimisticTransaction transaction, List<FileAction> written) {
    return TableFiles.rows(written.stream().map(AddFile.class::cast).toList())
        .orElseGet(() -> transaction.getMetric(TableGuard.ROWS).get().value());
  }

  private Optional<String> condition() {
    return partitions.isEmpty() || partitions.contains(Map.<String, String>of())
        ? Optional.empty()
        : Optional.of(
            partitions.stream().map(Replacement::condition).collect(Collectors.joining(" OR ")));
  }

  private static String condition(Map<String, String> partition) {
    return partition.entrySet().stream()
        .map(e -> e.getKey() + " = '" + e.getValue() + "'")
        .sorted()
        .collect(Collectors.joining(" AND ", "(", ")"));
  }
}
