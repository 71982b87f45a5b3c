package io.stratify.jobs.membership;

import static org.assertj.core.api.Assertions.assertThat;

import io.stratify.common.spark.SparkSuite;
import io.stratify.common.tables.IdentityMap;
import java.sql.Date;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;

/** From the snapshot of 1 March to that of 8 March. */
class ShiftReasonsTest extends SparkSuite {
  private static final LocalDate BEFORE = LocalDate.of(2026, 3, 1);
  private static final LocalDate NOW = LocalDate.of(2026, 3, 8);

  @Override
  protected boolean interpreted() {
    return true;
  }

  @Test
  void whoGotOrLostOtherIdsInBetweenIsRegrouped() {
    assertThat(
            regrouped(
                stands("b", "merged now", "2026-03-08", null),
                stands("b", "merged in between", "2026-03-02", null),
                stands("b", "merged before", "2026-03-01", null),
                stands("b", "split now", "2026-02-01", "2026-03-08"),
                stands("b", "split before", "2026-02-01", "2026-03-01"),
                stands("b", "split later", "2026-02-01", "2026-03-09"),
                stands("b", "merged and split later", "2026-03-05", "2026-03-15"),
                stands("b", "merged and split in between", "2026-03-04", "2026-03-07"),
                stands("b", "still one", "2026-02-01", null)))
        .containsExactly(
            "[merged and split later,true]",
            "[merged in between,true]",
            "[merged now,true]",
            "[split now,true]");
  }

  private List<String> regrouped(Row... map) {
    Dataset<Row> identities = spark().createDataFrame(List.of(map), IdentityMap.TABLE.bodySchema());
    return sorted(
        new ShiftReasons(Map.of(), List.of(), Map.of(), BEFORE, NOW).regrouped(identities));
  }

  private static Row stands(String customer, String canonical, String from, String until) {
    return RowFactory.create(
        customer,
        canonical,
        Date.valueOf(from),
        until == null ? null : Date.valueOf(until),
        "merged");
  }
}
