package io.stratify.common.io;

import io.stratify.common.StratifyException;
import io.stratify.common.tables.TableSpec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.ConcurrentModificationException;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.DeltaOperations;
import org.apache.spark.sql.delta.OptimisticTransaction;
import org.apache.spark.sql.delta.actions.Action;
import org.apache.spark.sql.delta.actions.AddFile;
import scala.Option;
import scala.collection.JavaConverters;

/**
 * Makes files that are written already the content of a Delta table, without reading them. They
 * must hold the columns of the table in their types; columns that the table has not are not seen.
 */
final class Adoption {
  /** Folder of the commits of a table. */
  static final String LOG = "_delta_log";

  private final SparkSession spark;
  private final String path;

  /** Into the unpartitioned table of a folder. */
  Adoption(SparkSession spark, String path) {
    this.spark = spark;
    this.path = path;
  }

  /**
   * Moves the files into the folder of the table and replaces all others by them, in one commit.
   *
   * @throws ConcurrentModificationException if another program changed the table meanwhile
   */
  void replaceAllBy(TableFiles table, List<FileStatus> files, String userMetadata) {
    OptimisticTransaction transaction = table.startReplacing(Optional.empty());
    List<Action> actions = new ArrayList<>(TableFiles.removed(table.files()));
    files.forEach(f -> actions.add(moved(f)));
    commit(transaction, actions, userMetadata);
  }

  /**
   * Makes the table, of the files and nothing else, in one commit.
   *
   * @throws ConcurrentModificationException if another program made the table meanwhile
   */
  void createFrom(TableSpec table, List<FileStatus> files, String userMetadata) {
    OptimisticTransaction transaction = new Creation(spark, path, table).start();
    makeLog();
    List<Action> actions = new ArrayList<>();
    files.forEach(f -> actions.add(moved(f)));
    commit(transaction, actions, userMetadata);
  }

  /** Without it nobody could tell the files of a killed command from those of somebody else. */
  private void makeLog() {
    Path log = new Path(path, LOG);
    try {
      log.getFileSystem(spark.sparkContext().hadoopConfiguration()).mkdirs(log);
    } catch (IOException e) {
      throw new StratifyException(e, "Cannot make %s: %s", log, e.getMessage());
    }
  }

  private static void commit(
      OptimisticTransaction transaction, List<Action> actions, String userMetadata) {
    transaction.commit(
        JavaConverters.asScalaBuffer(actions),
        new DeltaOperations.Write(
            SaveMode.Overwrite, Option.empty(), Option.empty(), Option.apply(userMetadata)));
  }

  private AddFile moved(FileStatus file) {
    Path target = new Path(path, file.getPath().getName());
    try {
      FileSystem fs = target.getFileSystem(spark.sparkContext().hadoopConfiguration());
      if (!fs.rename(file.getPath(), target)) {
        throw new IOException("the file system refused");
      }
    } catch (IOException e) {
      throw new StratifyException(
          e, "Cannot move %s to %s: %s", file.getPath(), target, e.getMessage());
    }
    return new AddFile(
        target.getName(),
        scala.collection.immutable.Map$.MODULE$.empty(),
        file.getLen(),
        file.getModificationTime(),
        true,
        null,
        null,
        null,
        Option.empty(),
        Option.empty(),
        Option.empty());
  }
}
