package io.stratify.jobs.history;

import static io.stratify.common.spark.Facts.order;
import static org.assertj.core.api.Assertions.assertThat;

import io.stratify.common.spark.LostShuffle;
import io.stratify.common.spark.SparkSuite;
import io.stratify.common.tables.Orders;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.junit.jupiter.api.Test;

class DayPrintsTest extends SparkSuite {
  @Test
  void aDayThatIsFoldedAgainCountsOnce() {
    Dataset<Row> facts =
        Facts.of(
            Map.of(
                Orders.TABLE,
                table(
                    Orders.TABLE,
                    List.of(
                        order("ann").on("2026-01-01"),
                        order("ann").on("2026-01-01"),
                        order("bob").on("2026-01-01"),
                        order("bob").on("2026-02-03")))));
    DayPrints prints = DayPrints.in(spark().sparkContext());
    // As under a write that divides its rows anew: what folds is no longer the last stage.
    JavaRDD<InternalRow> placed =
        CustomerDays.fold(facts, 2, 1, prints).repartition(3).queryExecution().toRdd().toJavaRDD();
    assertThat(placed.count()).isEqualTo(3);
    LostShuffle.newest();
    assertThat(placed.count()).isEqualTo(3);
    assertThat(prints.customerDays()).isEqualTo(3);
    assertThat(prints.byDate()).isEqualTo(Fingerprint.of(facts));
    assertThat(prints.byDate().get(LocalDate.of(2026, 1, 1)).facts()).isEqualTo(3);
  }
}
