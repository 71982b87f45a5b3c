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
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.delta.DeltaOperations;
import org.apache.spark.sql.delta.OptimisticTransaction;
import org.apache.spark.sql.delta.actions.Action;
import org.apache.spark.sql.delta.actions.AddFile;
import org.apache.spark.sql.delta.actions.FileAction;
import org.apache.spark.sql.functions;
import scala.Option;
import scala.collection.JavaConverters;

/**
 * Rows in place of files of a table, in one commit. The writer of Delta's data source comes to the
 * same, in a query of its own around the one that writes and two that find the files.
 *
 * @param table the version that the rows come after
 * @param partition values of the partition that is replaced; empty for the whole table
 */
record Replacement(TableFiles table, Map<String, String> partition) {
  /**
   * Writes the rows and takes the files of the partition out.
   *
   * @param rows the columns of the table, all rows in the partition
   * @return how many rows were written; empty where nothing was put in place of nothing, which is
   *     no commit
   * @throws java.util.ConcurrentModificationException if another program wrote there meanwhile
   */
  OptionalLong commit(Dataset<Row> rows, String userMetadata) {
    OptimisticTransaction transaction = table.startTransaction();
    List<AddFile> gone = table.in(partition);
    Optional<String> condition = condition();
    if (condition.isPresent()) {
      List<Expression> read = List.of(functions.expr(condition.get()).expr());
      transaction.trackReadPredicates(JavaConverters.asScalaBuffer(read).toSeq(), true, true);
    } else {
      transaction.readWholeTable();
    }
    return commit(transaction, rows, gone, SaveMode.Overwrite, condition, userMetadata);
  }

  /** Writes the rows and leaves all others. */
  OptionalLong append(Dataset<Row> rows, String userMetadata) {
    return commit(
        table.startTransaction(), rows, List.of(), SaveMode.Append, Optional.empty(), userMetadata);
  }

  private static OptionalLong commit(
      OptimisticTransaction transaction,
      Dataset<Row> rows,
      List<AddFile> gone,
      SaveMode mode,
      Optional<String> condition,
      String userMetadata) {
    List<FileAction> written = JavaConverters.seqAsJavaList(transaction.writeFiles(rows));
    if (written.isEmpty() && gone.isEmpty()) {
      return OptionalLong.empty();
    }
    List<Action> actions = new ArrayList<>(written);
    actions.addAll(TableFiles.removed(gone));
    transaction.commit(
        JavaConverters.asScalaBuffer(actions).toSeq(),
        new DeltaOperations.Write(
            mode,
            Option.empty(),
            Option.apply(condition.orElse(null)),
            Option.apply(userMetadata)));
    return OptionalLong.of(
        TableFiles.rows(written.stream().map(AddFile.class::cast).toList()).orElseThrow());
  }

  private Optional<String> condition() {
    return partition.isEmpty()
        ? Optional.empty()
        : Optional.of(
            partition.entrySet().stream()
                .map(e -> e.getKey() + " = '" + e.getValue() + "'")
                .sorted()
                .collect(Collectors.joining(" AND ")));
  }
}
