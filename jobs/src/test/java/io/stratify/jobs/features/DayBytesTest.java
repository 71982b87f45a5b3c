package io.stratify.jobs.features;

import static io.stratify.common.spark.Facts.day;
import static org.assertj.core.api.Assertions.assertThat;

import com.esotericsoftware.kryo.io.Output;
import io.stratify.common.spark.Facts.DayRow;
import io.stratify.common.tables.ColumnSpec;
import io.stratify.common.tables.CustomerDay;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.MapType;
import org.junit.jupiter.api.Test;

class DayBytesTest {
  private static final BigDecimal SMALLEST = new BigDecimal("-99999999999999.9999");

  private static Map<String, Long> map(Day day, ColumnSpec column) {
    Map<String, Long> numbers = new HashMap<>();
    day.each(Day.index(column), (key, n) -> numbers.put(key.toString(), n));
    return numbers;
  }

  private static Day open(Day shown, DayRow row) {
    shown.open(7, Days.bytes(row));
    return shown;
  }

  @Test
  void aDayWithoutFactsIsEightBytesOfZero() {
    assertThat(Days.bytes(day("c1", "2026-01-01"))).hasSize(Long.BYTES).containsOnly(0);
  }

  @Test
  void aDayOfZerosAndEmptyMapsIsOneWithoutFacts() {
    DayRow zeros = day("c1", "2026-01-01");
    for (ColumnSpec fact : CustomerDay.FACTS) {
      zeros.with(fact, fact.type() instanceof MapType ? Map.of() : 0);
    }
    assertThat(Days.bytes(zeros)).hasSize(Long.BYTES).containsOnly(0);
  }

  @Test
  void whatHappenedIsReadBackAndAllElseIsNothing() {
    Day read =
        open(
            new Day(),
            day("c1", "2026-01-01")
                .with(CustomerDay.ORDERS, Long.MAX_VALUE)
                .with(CustomerDay.SENTIMENT_SUM, Long.MIN_VALUE)
                .with(CustomerDay.MARGIN_AMOUNT, SMALLEST)
                .with(CustomerDay.EVENT_SECONDS, new BigDecimal("-0.5"))
                .with(CustomerDay.PLANS, Map.of("", -1L, "naïve \u0000 🛒", 300L))
                .with(CustomerDay.CATEGORY_UNITS, Map.of("a", SMALLEST)));

    assertThat(read.date()).isEqualTo(7);
    assertThat(read.count(Day.index(CustomerDay.ORDERS))).isEqualTo(Long.MAX_VALUE);
    assertThat(read.count(Day.index(CustomerDay.SENTIMENT_SUM))).isEqualTo(Long.MIN_VALUE);
    assertThat(read.count(Day.index(CustomerDay.MARGIN_AMOUNT)))
        .isEqualTo(-999_999_999_999_999_999L);
    assertThat(read.fraction(Day.index(CustomerDay.EVENT_SECONDS))).isEqualTo(-0.5);
    assertThat(map(read, CustomerDay.PLANS)).isEqualTo(Map.of("", -1L, "naïve \u0000 🛒", 300L));
    assertThat(map(read, CustomerDay.CATEGORY_UNITS))
        .isEqualTo(Map.of("a", -999_999_999_999_999_999L));
    assertThat(read.count(Day.index(CustomerDay.EXPOSURES))).isZero();
    assertThat(read.lacks(Day.index(CustomerDay.EVENT_TYPES))).isTrue();
    assertThat(map(read, CustomerDay.EVENT_TYPES)).isEmpty();
  }

  @Test
  void aColumnIsReadAsItselfAndIsGoneOnTheNextDay() {
    Day shown = new Day();
    for (ColumnSpec column : CustomerDay.FACTS) {
      boolean map = column.type() instanceof MapType;
      open(shown, day("c1", "2026-01-01").with(column, map ? Map.of("k", value(column)) : 5));
      for (ColumnSpec other : CustomerDay.FACTS) {
        int index = Day.index(other);
        boolean there =
            other.type() instanceof MapType ? !shown.lacks(index) : shown.count(index) != 0;
        assertThat(there).as(other + " after " + column).isEqualTo(other.equals(column));
      }
    }
  }

  @Test
  void aLargeMapAndTheSmallDayAfterItShareABuffer() {
    Map<String, Long> types =
        LongStream.range(0, 500).boxed().collect(Collectors.toMap(n -> "type " + n, n -> n));
    Output buffer = DayBytes.buffer();
    Day shown = new Day();

    shown.open(
        1,
        DayBytes.of(
            Days.facts(
                day("c1", "2026-01-01")
                    .with(CustomerDay.EVENT_TYPES, types)
                    .with(CustomerDay.EXPOSURES, 3L)),
            0,
            buffer));
    assertThat(map(shown, CustomerDay.EVENT_TYPES)).isEqualTo(types);
    assertThat(shown.count(Day.index(CustomerDay.EXPOSURES))).isEqualTo(3);

    shown.open(2, DayBytes.of(Days.facts(day("c1", "2026-01-02").orders(1)), 0, buffer));
    assertThat(map(shown, CustomerDay.EVENT_TYPES)).isEmpty();
    assertThat(shown.count(Day.index(CustomerDay.EXPOSURES))).isZero();
    assertThat(shown.count(Day.index(CustomerDay.ORDERS))).isOne();
  }

  @Test
  void oneMapMayBeReadWithinAnother() {
    Day read =
        open(
            new Day(),
            day("c1", "2026-01-01")
                .with(CustomerDay.EVENT_TYPES, Map.of("a", 1L, "b", 2L))
                .with(CustomerDay.EVENT_DEVICES, Map.of("x", 10L, "y", 20L)));
    Map<String, Long> sums = new HashMap<>();
    read.each(
        Day.index(CustomerDay.EVENT_TYPES),
        (type, n) ->
            read.each(
                Day.index(CustomerDay.EVENT_DEVICES),
                (device, m) -> sums.put("" + type + device, n + m)));
    assertThat(sums).isEqualTo(Map.of("ax", 11L, "ay", 21L, "bx", 12L, "by", 22L));
  }

  private static Object value(ColumnSpec map) {
    return ((MapType) map.type()).valueType().equals(DataTypes.LongType)
        ? (Object) 1L
        : BigDecimal.ONE;
  }
}
