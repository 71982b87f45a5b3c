package io.stratify.common.io;

import static org.assertj.core.api.Assertions.assertThat;

import io.stratify.common.spark.SparkSuite;
import io.stratify.common.tables.TableSpec;
import java.nio.file.Path;
import java.sql.Date;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MonthsTest extends SparkSuite {
  private static final LocalDate JANUARY = LocalDate.of(2026, 1, 1);
  private static final TableSpec DAYS = spec();

  @TempDir Path folder;

  private static TableSpec spec() {
    TableSpec.Builder builder = TableSpec.monthly("days", "Days.");
    builder.key("day", DataTypes.DateType, "day");
    return builder.build();
  }

  @Override
  protected boolean interpreted() {
    return true;
  }

  /** February is given no rows: it has none then. */
  @Test
  void theMonthsThatAreReplacedHaveTheNewRowsOnlyAndOthersStay() {
    Lake lake = new Lake(spark(), folder.toString(), new CommitStamp("run-1", "abc", "0.1.0"));
    Months months = new Months(lake, DAYS);
    assertThat(months.areThere()).isFalse();
    assertThat(months.generation()).isZero();
    months.replaceAll(days("2025-12-31"), "test");
    assertThat(months.areThere()).isTrue();
    months.replaceAll(days("2026-01-01", "2026-01-31", "2026-02-01", "2026-03-01"), "test");
    lake.traffic().take();

    assertThat(
            months.replace(
                List.of(JANUARY.plusMonths(1), JANUARY), days("2026-01-02", "2026-01-31"), "test"))
        .isEqualTo(2);
    assertThat(sorted(lake.read(DAYS, "test").selectExpr("day", "month")))
        .containsExactly(
            "[2026-01-02,2026-01-01]", "[2026-01-31,2026-01-01]", "[2026-03-01,2026-03-01]");
    assertThat(months.generation()).isEqualTo(3);
    assertThat(lake.traffic().take().written().rows()).isEqualTo(Map.of("days", 2L));
  }

  private Dataset<Row> days(String... days) {
    List<Row> rows =
        Arrays.stream(days).map(d -> RowFactory.create((Object) Date.valueOf(d))).toList();
    return spark().createDataFrame(rows, new StructType().add("day", DataTypes.DateType));
  }
}
