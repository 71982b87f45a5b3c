package io.stratify.common.io;

import io.stratify.common.StratifyException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Results on the way, kept in Parquet files until this is closed. An algorithm of many rounds needs
 * them: its plan starts anew from the files, nothing stays in the heap, and files outlive an
 * executor.
 */
public final class Scratch implements AutoCloseable {
  private final SparkSession spark;
  private final FileSystem files;
  private final Path folder;
  private final Map<Dataset<Row>, Path> kept = new ConcurrentHashMap<>();

  private Scratch(SparkSession spark, FileSystem files, Path folder) {
    this.spark = spark;
    this.files = files;
    this.folder = folder;
  }

  /**
   * A folder of its own below one that every executor can write to.
   *
   * @param parent made if it is absent, and removed again by the last to leave
   */
  public static Scratch below(SparkSession spark, String parent) {
    Path folder = new Path(parent, "run-" + UUID.randomUUID());
    try {
      FileSystem files = folder.getFileSystem(spark.sparkContext().hadoopConfiguration());
      files.mkdirs(folder);
      // A run that is interrupted cleans up too, unless it is killed.
      files.deleteOnExit(folder);
      return new Scratch(spark, files, folder);
    } catch (IOException e) {
      throw new StratifyException(
          e,
          "Cannot keep results on the way in %s: %s. Make it writable, or choose another"
              + " output.root",
          parent,
          e.getMessage());
    }
  }

  /**
   * Computes the rows, and gives them back from files.
   *
   * @param work what is computed, for the Spark UI
   */
  public Dataset<Row> keep(String work, Dataset<Row> rows) {
    String path = new Path(folder, UUID.randomUUID().toString()).toString();
    spark.sparkContext().setJobDescription(work);
    rows.write().parquet(path);
    Dataset<Row> read = ParquetFiles.read(spark, rows.schema(), path);
    kept.put(read, new Path(path));
    return read;
  }

  /**
   * Computes the rows into files of their own per value of a text column.
   *
   * @param work what is computed, for the Spark UI
   * @param unique columns without equal values: Parquet would look each up in a dictionary, to give
   *     it up when that has grown to a megabyte
   */
  public Parted keepBy(String work, Dataset<Row> rows, String column, List<String> unique) {
    String path = new Path(folder, UUID.randomUUID().toString()).toString();
    spark.sparkContext().setJobDescription(work);
    DataFrameWriter<Row> writer = rows.write().partitionBy(column);
    unique.forEach(c -> writer.option("parquet.enable.dictionary#" + c, false));
    writer.parquet(path);
    return new Parted(spark, path, rows.schema(), column);
  }

  /** Deletes rows that were kept and are needed no longer. */
  public void drop(Dataset<Row> rows) {
    Path path = kept.remove(rows);
    if (path == null) {
      throw new IllegalArgumentException("these rows were not kept here, or are already gone");
    }
    delete(path);
  }

  /** Deletes what was kept; datasets that came from here cannot be read any more. */
  @Override
  public void close() {
    kept.clear();
    delete(folder);
    try {
      if (files.listStatus(folder.getParent()).length == 0) {
        files.delete(folder.getParent(), false);
      }
    } catch (IOException e) {
      // Another run has just begun or ended there: the folder is its.
      return;
    }
  }

  private void delete(Path path) {
    try {
      files.delete(path, true);
      files.cancelDeleteOnExit(path);
    } catch (IOException e) {
      throw new StratifyException(
          e,
          "Cannot delete the results on the way in %s: %s. Delete the folder by hand: it may hold"
              + " ids of customers",
          path,
          e.getMessage());
    }
  }
}
