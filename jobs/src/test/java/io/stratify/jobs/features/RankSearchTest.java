package io.stratify.jobs.features;

import static org.assertj.core.api.Assertions.assertThat;

import io.stratify.common.spark.SparkSuite;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.junit.jupiter.api.Test;

class RankSearchTest extends SparkSuite {
  private static final int PARTS = 5;

  private Map<Integer, long[][]> found(List<InternalRow> rows, int partitions) {
    JavaSparkContext context = new JavaSparkContext(spark().sparkContext());
    return new RankSearch(context.parallelize(rows, partitions), 2, PARTS).values();
  }

  private static InternalRow row(int group, long first, long second) {
    return new GenericInternalRow(new Object[] {group, first, second});
  }

  /** Of sorted numbers the i-th of five parts ends at the place i n / 5, rounded up. */
  @Test
  void itFindsWhatSortingFindsInAnyPartitions() {
    Random random = new Random(7);
    List<InternalRow> rows = new ArrayList<>();
    Map<Integer, List<Long>> money = new TreeMap<>();
    for (int i = 0; i < 500; i++) {
      int group = random.nextInt(3);
      long amount = (long) ((random.nextDouble() - 0.3) * Math.pow(10, random.nextInt(18)));
      rows.add(row(group, random.nextInt(4), amount));
      money.computeIfAbsent(group, g -> new ArrayList<>()).add(amount);
    }
    Map<Integer, long[][]> found = found(rows, 4);
    assertThat(found).containsOnlyKeys(0, 1, 2);
    money.forEach(
        (group, amounts) -> {
          List<Long> sorted = amounts.stream().sorted().toList();
          for (int i = 1; i < PARTS; i++) {
            int place = (sorted.size() * i + PARTS - 1) / PARTS;
            assertThat(found.get(group)[1][i - 1]).isEqualTo(sorted.get(place - 1));
          }
          assertThat(found.get(group)).isDeepEqualTo(found(rows, 1).get(group));
        });
  }

  @Test
  void aSingleRowHasEveryRankAndNoRowsHaveNone() {
    assertThat(found(List.of(row(9, -5, 0)), 3).get(9))
        .isDeepEqualTo(new long[][] {{-5, -5, -5, -5}, {0, 0, 0, 0}});
    assertThat(found(List.of(), 2)).isEmpty();
  }
}
