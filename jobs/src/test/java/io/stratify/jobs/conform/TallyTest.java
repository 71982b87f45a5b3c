package io.stratify.jobs.conform;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;

import io.stratify.common.spark.SparkSuite;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Test;

/** Sixty rows, times 0 to 59: every third is good, every third bad, every third not counted yet. */
class TallyTest extends SparkSuite {
  private static final long AS_OF = 40;

  private TallySum written() {
    TallySum sum = new TallySum();
    spark().sparkContext().register(sum, "rows");
    Dataset<Row> rows =
        spark().range(0, 60, 1, 4).selectExpr("id", "if(id % 3 = 0, null, 'broken') AS _rule");
    rows.withColumn(
            "_rule",
            GeneratedCall.of(
                new TallyCounter(sum, 2, 1, AS_OF),
                "count",
                DataTypes.StringType,
                List.of(
                    col("_rule"),
                    expr("id % 3 < 2"),
                    expr("id % 4"),
                    expr("if(id = 0, bigint(-9223372036854775808), id)"),
                    expr("if(id < 6, 1L, 0L)"))))
        .select(col("_rule"), lit(1))
        .write()
        .format("noop")
        .mode("overwrite")
        .save();
    return sum;
  }

  @Test
  void countsTheRowsOfEveryFateOnce() {
    TallySum sum = written();
    assertThat(sum.value()).containsOnlyKeys("", "broken");
    assertThat(sum.value().get("")[TallyCounter.ROWS]).isEqualTo(20);
    assertThat(sum.value().get("broken")[TallyCounter.ROWS]).isEqualTo(20);
  }

  @Test
  void knowsTheFirstTimeAndTheLastBeforeTheAsOfDate() {
    long[] good = written().value().get("");
    assertThat(good[TallyCounter.FIRST]).isEqualTo(3);
    assertThat(good[TallyCounter.LAST]).isEqualTo(39);
  }

  @Test
  void countsEveryRuleThatARowFailsAndEveryValueItLacks() {
    long[] good = written().value().get("");
    // Of 0, 3 ... 57 every fourth leaves 1 and every fourth 3 when parted by 4.
    assertThat(good[TallyCounter.FAILED]).isEqualTo(10);
    assertThat(good[TallyCounter.FAILED + 1]).isEqualTo(10);
    assertThat(good[TallyCounter.FAILED + 2]).isEqualTo(2);
  }

  @Test
  void anEmptySumIsThatOfNothing() {
    TallySum sum = written();
    assertThat(sum.isZero()).isFalse();
    assertThat(sum.copy().value().get("")).isEqualTo(sum.value().get(""));
    assertThat(sum.copyAndReset().isZero()).isTrue();
  }
}
