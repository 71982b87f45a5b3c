package io.stratify.jobs.conform;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import io.stratify.common.spark.SparkSuite;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.util.LongAccumulator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@SuppressWarnings("this-escape") // of the Scala class that is extended
class RepeatedKeysTest extends SparkSuite {
  @Test
  void aNumberThatComesTwiceOrMoreIsOneRow() {
    assertThat(found(List.of(1L, 2L, 1L, 3L, 3L, 3L, -9L), 2, 3)).containsExactly(1L, 3L);
  }

  @Test
  void nothingRepeatsItselfInNothing() {
    assertThat(found(List.of(), 2, 3)).isEmpty();
  }

  @Test
  void nullsAreNoNumbersAndAreCounted() {
    Dataset<Row> nulls = spark().range(10).selectExpr("CAST(null AS LONG) AS k");
    LongAccumulator counted = spark().sparkContext().longAccumulator();
    assertThat(RepeatedKeys.in(nulls, col("k"), 2, "n", counted).collectAsList()).isEmpty();
    assertThat(counted.value()).isEqualTo(10);
  }

  /** More numbers than a pack holds, so that full packs and rests meet. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7})
  void isWhatCountingFinds(int parts) {
    Random random = new Random(parts);
    List<Long> numbers =
        new ArrayList<>(LongStream.range(0, 40_000).map(n -> n * 1_000_003).boxed().toList());
    for (int i = 0; i < 500; i++) {
      numbers.add(numbers.get(random.nextInt(40_000)));
    }
    Collections.shuffle(numbers, random);
    List<Long> expected =
        numbers.stream()
            .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()))
            .entrySet()
            .stream()
            .filter(e -> e.getValue() > 1)
            .map(Map.Entry::getKey)
            .sorted()
            .toList();
    assertThat(found(numbers, parts, 3)).isEqualTo(expected);
    assertThat(found(numbers, parts, 1)).isEqualTo(expected);
  }

  private List<Long> found(List<Long> numbers, int parts, int partitions) {
    Dataset<Row> rows =
        spark().createDataset(numbers, Encoders.LONG()).toDF("k").repartition(partitions);
    LongAccumulator nulls = spark().sparkContext().longAccumulator();
    List<Row> repeated = RepeatedKeys.in(rows, col("k"), parts, "n", nulls).collectAsList();
    assertThat(nulls.value()).isZero();
    return repeated.stream().map(r -> r.getLong(0)).sorted().toList();
  }
}
