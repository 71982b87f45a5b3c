package io.stratify.jobs.features;

import static io.stratify.common.spark.Facts.day;
import static org.assertj.core.api.Assertions.assertThat;

import io.stratify.common.spark.Facts.DayRow;
import io.stratify.common.tables.ColumnSpec;
import io.stratify.common.tables.CustomerDay;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
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
  void aDayWithoutFactsIsOneBitPerColumn() {
    assertThat(Days.bytes(day("c1", "2026-01-01"))).hasSize(Long.BYTES).containsOnly(0);
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

  /** The first and the last column, and each one alone: no bit stands for another column. */
  @Test
  void everyColumnIsItself() {
    Day shown = new Day();
    for (ColumnSpec column : Day.COLUMNS) {
      boolean map = column.type() instanceof MapType;
      open(shown, day("c1", "2026-01-01").with(column, map ? Map.of("k", value(column)) : 5));
      for (ColumnSpec other : Day.COLUMNS) {
        int index = Day.index(other);
        boolean there =
            other.type() instanceof MapType
                ? !shown.lacks(index)
                : shown.count(index) != 0 || shown.fraction(index) != 0;
        assertThat(there).as(other + " after " + column).isEqualTo(other.equals(column));
      }
    }
  }

  private static Object value(ColumnSpec map) {
    return ((MapType) map.type()).valueType().equals(DataTypes.LongType)
        ? (Object) 1L
        : BigDecimal.ONE;
  }
}
