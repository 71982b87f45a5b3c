package io.stratify.common.io;

import io.stratify.common.StratifyException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * Rows in Parquet files of a {@link Scratch}, apart by the value of a column. The files of a value
 * can become part of a table as they are ({@link Lake#adopt}).
 *
 * @param spark session
 * @param path folder of the files
 * @param schema of the rows, with the column
 * @param column that parts the rows
 */
public record Parted(SparkSession spark, String path, StructType schema, String column) {
  /** All rows; a condition on the column reads no files of other values. */
  public Dataset<Row> rows() {
    return ParquetFiles.read(spark, schema, path);
  }

  /** The data files of a value. */
  List<FileStatus> files(String value) {
    Path folder = new Path(path, column + "=" + value);
    try {
      FileSystem fs = folder.getFileSystem(spark.sparkContext().hadoopConfiguration());
      List<FileStatus> found = new ArrayList<>();
      if (fs.exists(folder)) {
        for (FileStatus file : fs.listStatus(folder)) {
          if (file.isFile() && file.getPath().getName().endsWith(".parquet")) {
            found.add(file);
          }
        }
      }
      return found;
    } catch (IOException e) {
      throw new StratifyException(e, "Cannot look into %s: %s", folder, e.getMessage());
    }
  }
}
