package io.stratify.jobs.conform.identity;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.monotonically_increasing_id;

import io.stratify.common.io.Scratch;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Numbers in place of customer ids. The numbers are in the order of the ids, so that the smallest
 * number is the smallest id; which numbers they are depends on partitions, their order does not.
 *
 * @param rows {@link #ID} and {@link #NUMBER}, one row per id
 * @param join how the numbers are joined: a small file of ids is a large hash table in the heap
 */
record Numbering(Dataset<Row> rows, String join) {
  /** Ids of which a hash table is small. */
  private static final long FEW = 200_000;

  private static final String ID = "_id";
  private static final String NUMBER = "_number";

  /** Numbers the ids of a column; they are kept, as another sort could give other numbers. */
  static Numbering of(Dataset<Row> ids, Column id, Scratch scratch) {
    Dataset<Row> sorted = ids.select(id.as(ID)).where(col(ID).isNotNull()).distinct().sort(ID);
    Dataset<Row> numbered =
        scratch.keep(
            "identity: number the customers",
            sorted.withColumn(NUMBER, monotonically_increasing_id()));
    return new Numbering(numbered, numbered.count() > FEW ? "merge" : "broadcast");
  }

  /** Adds the number of the id in a column; rows whose id is unknown are left out. */
  Dataset<Row> number(Dataset<Row> rows, Column id, String number) {
    return rows.join(side(), id.equalTo(col(ID))).withColumn(number, col(NUMBER)).drop(ID, NUMBER);
  }

  /** Adds the id of the number in a column. */
  Dataset<Row> name(Dataset<Row> rows, Column number, String id) {
    return rows.join(side(), number.equalTo(col(NUMBER))).withColumn(id, col(ID)).drop(ID, NUMBER);
  }

  private Dataset<Row> side() {
    return rows.hint(join);
  }
}
