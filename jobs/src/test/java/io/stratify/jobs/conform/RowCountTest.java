package io.stratify.jobs.conform;

import static org.assertj.core.api.Assertions.assertThat;

import io.stratify.common.spark.LostShuffle;
import io.stratify.common.spark.SparkSuite;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.junit.jupiter.api.Test;

class RowCountTest extends SparkSuite {
  @Test
  void countsEveryRowThatIsReadAlsoThoseLeftOutLater() {
    RowCount count = RowCount.of(spark().range(0, 100, 1, 4).toDF(), "a");
    count.restart().run();
    assertThat(count.rows().where("id % 2 = 0").distinct().count()).isEqualTo(50);
    assertThat(count.value().getAsLong()).isEqualTo(100);
  }

  @Test
  void beginsAnewForTheQueryThatCounts() {
    RowCount count = RowCount.of(spark().range(10).toDF(), "b");
    count.rows().limit(3).collectAsList();
    count.restart().run();
    count.rows().count();
    assertThat(count.value().getAsLong()).isEqualTo(10);
  }

  @Test
  void countsOnceWhatIsComputedWhileItIsPlanned() {
    Dataset<Row> local = spark().createDataset(List.of(1L, 2L, 3L), Encoders.LONG()).toDF("id");
    RowCount count = RowCount.of(local, "c");
    count.restart().run();
    assertThat(count.rows().where("id > 1").collectAsList()).hasSize(2);
    assertThat(count.value().getAsLong()).isEqualTo(3);
  }

  @Test
  void rowsOfWhichTheDriverHasOnlySomeAreCountedByTasks() {
    Dataset<Row> names = spark().createDataset(List.of(1L, 2L), Encoders.LONG()).toDF("id");
    RowCount count = RowCount.of(spark().range(0, 100, 1, 4).toDF().join(names, "id"), "f");
    JavaRDD<InternalRow> placed = count.rows().repartition(3).queryExecution().toRdd().toJavaRDD();
    assertThat(placed.count()).isEqualTo(2);
    LostShuffle.newest();
    assertThat(placed.count()).isEqualTo(2);
    assertThat(count.value().getAsLong()).isEqualTo(2);
  }

  @Test
  void ofTheFirstQueryOnly() {
    RowCount count = RowCount.of(spark().range(10).toDF(), "d").ofFirstQuery();
    count.rows().repartition(3).count();
    count.restart().run();
    count.rows().limit(5).count();
    assertThat(count.value().getAsLong()).isEqualTo(10);
  }

  /** An executor that dies takes along what the tasks after it have not fetched yet. */
  @Test
  void countsRowsOnceThoughSparkComputesThemAgain() {
    RowCount count = RowCount.of(spark().range(0, 100, 1, 4).toDF(), "e");
    JavaRDD<InternalRow> placed = count.rows().repartition(3).queryExecution().toRdd().toJavaRDD();
    assertThat(placed.count()).isEqualTo(100);
    LostShuffle.newest();
    assertThat(placed.count()).isEqualTo(100);
    assertThat(count.value().getAsLong()).isEqualTo(100);
  }
}
