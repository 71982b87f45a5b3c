package io.stratify.jobs.conform;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.assertj.core.api.Assertions.assertThat;

import io.stratify.common.spark.SparkSuite;
import io.stratify.jobs.OncePerPartition;
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** Sixty rows, times 0 to 59: every third is good, every third bad, every third not counted yet. */
class TallyTest extends SparkSuite {
  private static final long AS_OF = 40;

  private final OncePerPartition<Map<String, long[]>> told = new OncePerPartition<>();

  private Dataset<Row> counted() {
    spark().sparkContext().register(told, "rows");
    // A case without an else keeps the text of the row before where it has none.
    Dataset<Row> rows =
        spark()
            .range(0, 60, 1, 4)
            .selectExpr(
                "id",
                "CASE WHEN id % 3 = 1 THEN concat('broken', id % 3)"
                    + " WHEN id % 3 = 2 THEN concat('broken', id % 3) END AS rule");
    return rows.select(
        col("id"),
        new TallyCounter(told, 2, 1, AS_OF)
            .over(
                col("rule"),
                expr("id % 3 < 2"),
                expr("CASE WHEN id % 4 > 0 THEN id % 4 END"),
                expr("CASE WHEN id > 0 THEN id END"),
                expr("if(id < 6, 1L, 0L)"))
            .as("rule"));
  }

  private Map<String, long[]> written() {
    counted().write().format("noop").mode("overwrite").save();
    return sum();
  }

  private Map<String, long[]> sum() {
    Map<String, long[]> sum = new HashMap<>();
    told.value().forEach(task -> TallyCounter.add(sum, task));
    return sum;
  }

  @Test
  void aRowKeepsItsRuleWhateverTheRowBeforeHas() {
    Dataset<Row> rows = counted();
    assertThat(rows.queryExecution().executedPlan().toString()).contains("*(1)");
    for (Row row : rows.collectAsList()) {
      long rest = row.getLong(0) % 3;
      assertThat(row.getString(1)).isEqualTo(rest == 0 ? null : "broken" + rest);
    }
  }

  @Test
  void countsTheRowsOfEveryFateOnce() {
    Map<String, long[]> sum = written();
    assertThat(sum).containsOnlyKeys("", "broken1");
    assertThat(sum.get("")[TallyCounter.ROWS]).isEqualTo(20);
    assertThat(sum.get("broken1")[TallyCounter.ROWS]).isEqualTo(20);
  }

  @Test
  void knowsTheFirstTimeAndTheLastBeforeTheAsOfDate() {
    long[] good = written().get("");
    assertThat(good[TallyCounter.FIRST]).isEqualTo(3);
    assertThat(good[TallyCounter.LAST]).isEqualTo(39);
    assertThat(sum().get("broken1")[TallyCounter.LAST]).as("40 is of that date").isEqualTo(37);
  }

  @Test
  void countsEveryRuleThatARowFailsAndEveryValueItLacks() {
    long[] good = written().get("");
    // Of 0, 3 ... 57 every fourth leaves 1 and every fourth 3 when parted by 4.
    assertThat(good[TallyCounter.FAILED]).isEqualTo(10);
    assertThat(good[TallyCounter.FAILED + 1]).isEqualTo(10);
    assertThat(good[TallyCounter.FAILED + 2]).isEqualTo(2);
  }

  @Test
  void aPassThatIsRepeatedCountsOnce() {
    Dataset<Row> rows = counted();
    for (int again = 0; again < 2; again++) {
      assertThat(rows.queryExecution().toRdd().count()).isEqualTo(60);
    }
    assertThat(sum().get("")[TallyCounter.ROWS]).isEqualTo(20);
  }

  @Test
  void anEmptySumIsThatOfNothing() {
    Map<String, long[]> sum = written();
    assertThat(told.isZero()).isFalse();
    assertThat(told.copy().value()).hasSize(4);
    assertThat(sum.get("")[TallyCounter.ROWS]).isEqualTo(20);
    assertThat(told.copyAndReset().isZero()).isTrue();
  }
}
