package io.stratify.jobs.serving;

import static io.stratify.common.spark.Facts.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.stratify.common.io.CommitStamp;
import io.stratify.common.io.Lake;
import io.stratify.common.io.Snapshot;
import io.stratify.common.spark.FactRow;
import io.stratify.common.spark.SparkSuite;
import io.stratify.common.tables.Quarantine;
import io.stratify.common.tables.Reconciliation;
import io.stratify.common.tables.Segment;
import io.stratify.common.tables.SegmentKpi;
import io.stratify.common.tables.SegmentProfile;
import io.stratify.common.tables.TableSpec;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SummaryTest extends SparkSuite {
  private static final Snapshot MAY = new Snapshot(LocalDate.of(2026, 5, 1), 1);

  @TempDir Path folder;
  private Lake lake;

  @Override
  protected boolean interpreted() {
    return true;
  }

  @BeforeEach
  void open() {
    lake = new Lake(spark(), folder.toString(), new CommitStamp("test", "none", "0"));
  }

  @Test
  void theSegmentsOfALensStandByRevenueWithWhatSetsThemApart() {
    write(Segment.TABLE, segment("top", 10, 0.1), segment("low", 80, 0.8), segment("new", 10, 0.1));
    write(
        SegmentKpi.TABLE,
        kpi("top", 10, 1000).with(SegmentKpi.AVERAGE_ORDER, 150.4).with(SegmentKpi.REPEAT_RATE, 1),
        kpi("low", 80, 4000).with(SegmentKpi.AVERAGE_ORDER, 9.5).with(SegmentKpi.REPEAT_RATE, 0.25),
        kpi("new", 10, null));
    write(
        SegmentProfile.TABLE,
        trait("top", "frequency", 10, 5.25, 1.5),
        // Known of half of its customers, and negative.
        trait("top", "recency_days", 5, -123.4, -2.0),
        trait("top", "events", 4, 7, 9.0), // of less than half
        trait("top", "sessions", 10, 1, 0.2),
        trait("low", "tenure_days", 80, 2, 0.19), // too like the others
        trait("new", "a", 10, 1, 1),
        trait("new", "b", 10, 1, 4),
        trait("new", "c", 10, 1, -3),
        trait("new", "d", 10, 1, 2));
    assertThat(lines(new Summary(lake, MAY).segments()))
        .containsExactly(
            "",
            "Lens value as of 2026-05-01",
            "segment | customers | share | revenue | of all | order | repeat | sets apart",
            "- | - | - | - | - | - | - | -",
            "low | 80 | 80.0 % | 4,000 | 80.0 % | 9.50 | 25.0 %",
            "top | 10 | 10.0 % | 1,000 | 20.0 % | 150 | 100.0 % | recency_days -123 (-2.0 sd),"
                + " frequency 5.25 (+1.5 sd), sessions 1.00 (+0.2 sd)",
            "new | 10 | 10.0 % | none | b 1.00 (+4.0 sd), c 1.00 (-3.0 sd), d 1.00 (+2.0 sd)");
  }

  @Test
  void booksThatDoNotBalanceStandOut() {
    write(Reconciliation.TABLE, books("customers", 10, true), books("orders", 12, false));
    assertThat(lines(new Summary(lake, MAY).books()))
        .contains(
            "customers | 10 | 4 | 1 | 2 | 0 | 3 | 5 | yes",
            "orders | 12 | 4 | 1 | 2 | 0 | 3 | 5 | NO");
  }

  @Test
  void theRuleThatMostRowsBrokeStandsFirst() {
    assertThat(new Summary(lake, MAY).quarantine()).isEmpty();
    write(
        Quarantine.TABLE,
        broken("orders", "amount"),
        broken("customers", "id"),
        broken("events", "time"),
        broken("orders", "amount"));
    assertThat(lines(new Summary(lake, MAY).quarantine()))
        .containsSubsequence("orders | amount | 2", "customers | id | 1", "events | time | 1");
    write(Quarantine.TABLE);
    assertThat(new Summary(lake, MAY).quarantine()).contains("Quarantine: empty");
  }

  /** The lines, with a bar between columns and one dash for many; what is empty is left out. */
  private static List<String> lines(String text) {
    return text.lines()
        .map(l -> l.strip().replaceAll(" {2,}", " | ").replaceAll("-{2,}", "-"))
        .toList();
  }

  private static FactRow<?> segment(String id, long customers, double share) {
    return row(Segment.TABLE)
        .with(Segment.SEGMENT_ID, id)
        .with(Segment.LENS, "value")
        .with(Segment.SEGMENTATION_ID, "value-1")
        .with(Segment.NAME, id)
        .with(Segment.DEFINITION, "")
        .with(Segment.CUSTOMERS, customers)
        .with(Segment.SHARE, share)
        .with(Segment.PROVISIONAL, false)
        .with(Segment.PINNED, false);
  }

  private static FactRow<?> kpi(String id, long customers, Integer revenue) {
    return row(SegmentKpi.TABLE)
        .with(SegmentKpi.SEGMENT_ID, id)
        .with(SegmentKpi.LENS, "value")
        .with(SegmentKpi.CUSTOMERS, customers)
        .with(SegmentKpi.REVENUE, revenue)
        .with(SegmentKpi.REVENUE_SHARE, revenue == null ? null : revenue / 5000.0);
  }

  private static FactRow<?> trait(
      String id, String feature, long customers, double mean, double difference) {
    return row(SegmentProfile.TABLE)
        .with(SegmentProfile.SEGMENT_ID, id)
        .with(SegmentProfile.LENS, "value")
        .with(SegmentProfile.FEATURE, feature)
        .with(SegmentProfile.CUSTOMERS, customers)
        .with(SegmentProfile.MEAN, mean)
        .with(SegmentProfile.STANDARDISED_DIFFERENCE, difference);
  }

  private static FactRow<?> books(String input, long read, boolean balanced) {
    return row(Reconciliation.TABLE)
        .with(Reconciliation.INPUT, input)
        .with(Reconciliation.SOURCE, "any")
        .with(Reconciliation.ROWS_READ, read)
        .with(Reconciliation.ROWS_CONFORMED, 4)
        .with(Reconciliation.ROWS_QUARANTINED, 1)
        .with(Reconciliation.ROWS_DUPLICATE, 2)
        .with(Reconciliation.ROWS_SUPERSEDED, 0)
        .with(Reconciliation.ROWS_MERGED, 3)
        .with(Reconciliation.ROWS_WITHHELD, 5)
        .with(Reconciliation.BALANCED, balanced);
  }

  private static FactRow<?> broken(String input, String rule) {
    return row(Quarantine.TABLE)
        .with(Quarantine.INPUT, input)
        .with(Quarantine.SOURCE, "any")
        .with(Quarantine.RULE, rule);
  }

  private void write(TableSpec table, FactRow<?>... rows) {
    lake.replace(table, MAY, table(table, rows), "test");
  }
}
