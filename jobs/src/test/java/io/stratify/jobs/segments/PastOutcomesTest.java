package io.stratify.jobs.segments;

import static io.stratify.common.spark.Facts.row;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;

import io.stratify.common.spark.FactRow;
import io.stratify.common.spark.SparkSuite;
import io.stratify.common.tables.CustomerFeatures;
import io.stratify.common.tables.CustomerFeaturesPast;
import io.stratify.common.tables.CustomerOutcome;
import io.stratify.common.tables.TableSpec;
import io.stratify.jobs.Defaults;
import io.stratify.jobs.JobContext;
import java.nio.file.Path;
import java.sql.Date;
import java.util.ArrayList;
import java.util.Map;
import java.util.function.Function;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PastOutcomesTest extends SparkSuite {
  @TempDir Path folder;

  @Override
  protected boolean interpreted() {
    return true;
  }

  /** As of 1 May: a run of a later date has left the outcomes of the days up to 28 May. */
  @Test
  void theNewestSnapshotWhoseWindowHasPassedCounts() {
    JobContext context =
        Defaults.context(spark(), folder, Defaults.config(Map.of()), new ArrayList<>());
    Map<String, String> until =
        Map.of("2025-11-01", "2026-01-29", "2026-02-01", "2026-05-01", "2026-03-01", "2026-05-29");
    write(
        context,
        CustomerFeaturesPast.TABLE,
        until,
        end -> row(CustomerFeaturesPast.TABLE).with(CustomerFeatures.CUSTOMER_ID, "c1"));
    write(
        context,
        CustomerOutcome.TABLE,
        until,
        end ->
            row(CustomerOutcome.TABLE)
                .with(CustomerOutcome.CUSTOMER_ID, "c1")
                .with(CustomerOutcome.UNTIL, end)
                .with(CustomerOutcome.WINDOW_DAYS, 89));
    assertThat(
            sorted(
                PastOutcomes.latest(context, new SegmentsJob())
                    .orElseThrow()
                    .select("as_of", "customer_id", "outcome_until")))
        .containsExactly("[2026-02-01,c1,2026-05-01]");
  }

  private void write(
      JobContext context,
      TableSpec table,
      Map<String, String> until,
      Function<String, FactRow<?>> row) {
    Dataset<Row> rows =
        until.entrySet().stream()
            .map(
                e ->
                    table(table, row.apply(e.getValue()))
                        .withColumn("as_of", lit(Date.valueOf(e.getKey()))))
            .reduce(Dataset::union)
            .orElseThrow();
    context.lake().replace(table, context.snapshot(), rows, "test");
  }
}
