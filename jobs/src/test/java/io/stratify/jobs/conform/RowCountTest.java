package io.stratify.jobs.conform;

import static org.assertj.core.api.Assertions.assertThat;

import io.stratify.common.spark.SparkSuite;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class RowCountTest extends SparkSuite {
  @Test
  void countsEveryRowThatIsReadAlsoThoseLeftOutLater() {
    RowCount count = RowCount.ofOneQuery(spark().range(0, 100, 1, 4).toDF(), "a");
    count.restart().run();
    assertThat(count.rows().where("id % 2 = 0").distinct().count()).isEqualTo(50);
    assertThat(count.value().getAsLong()).isEqualTo(100);
  }

  @Test
  void beginsAnewForTheQueryThatCounts() {
    RowCount count = RowCount.ofOneQuery(spark().range(10).toDF(), "b");
    count.rows().count();
    count.restart().run();
    count.rows().count();
    assertThat(count.value().getAsLong()).isEqualTo(10);
  }

  @Test
  void countsOnceWhatIsComputedWhileItIsPlanned() {
    Dataset<Row> local = spark().createDataset(List.of(1L, 2L, 3L), Encoders.LONG()).toDF("id");
    RowCount count = RowCount.ofOneQuery(local, "c");
    count.restart().run();
    assertThat(count.rows().where("id > 1").collectAsList()).hasSize(2);
    assertThat(count.value().getAsLong()).isEqualTo(3);
  }

  @Test
  void ofTheFirstQueryOnly() {
    RowCount count = RowCount.ofFirstQuery(spark().range(10).toDF(), "d");
    count.rows().count();
    count.rows().count();
    assertThat(count.value().getAsLong()).isEqualTo(10);
  }
}
