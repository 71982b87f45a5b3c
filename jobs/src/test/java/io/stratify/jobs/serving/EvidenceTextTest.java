package io.stratify.jobs.serving;

import static io.stratify.common.spark.Facts.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.stratify.common.io.CommitStamp;
import io.stratify.common.io.Lake;
import io.stratify.common.io.Snapshot;
import io.stratify.common.spark.FactRow;
import io.stratify.common.spark.SparkSuite;
import io.stratify.common.tables.SegmentationValidation;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvidenceTextTest extends SparkSuite {
  @TempDir Path folder;

  @Override
  protected boolean interpreted() {
    return true;
  }

  @Test
  void whatDecidesStandsFirstAndWhatIsKnownOfSingleSegmentsIsOnlyCounted() {
    List<Row> figures =
        table(
                SegmentationValidation.TABLE,
                judged("silhouette", "all", SegmentationValidation.INFORMATION),
                judged("size", "s1", SegmentationValidation.INFORMATION),
                judged("size", "s2", SegmentationValidation.INFORMATION),
                judged("share", "s1", SegmentationValidation.PASS)
                    .with(SegmentationValidation.THRESHOLD, "0.01 or more")
                    .with(SegmentationValidation.VALUE, 0.25)
                    .with(SegmentationValidation.LOW, 0.2)
                    .with(SegmentationValidation.HIGH, 0.3))
            .collectAsList();
    assertThat(EvidenceText.brief(figures, "in the table").lines().skip(2).map(String::strip))
        .containsExactly(
            "share       all     s1       0.250  0.200 to 0.300      0.01 or more  pass",
            "silhouette  all     all                                               information",
            "2 further figures, of single segments, are in the table.");
    assertThat(EvidenceText.brief(figures.subList(0, 1), "there")).doesNotContain("further");
  }

  /** It passed in April, failed in May, and passed in the next revision of May. */
  @Test
  void aGateCountsAsItWasJudgedLast() {
    Lake lake = new Lake(spark(), folder.toString(), new CommitStamp("test", "none", "0"));
    RegistryText registry = new RegistryText(lake);
    assertThat(registry.failures("value-1")).isEmpty();
    judge(lake, "2026-04-01", 1, judged("stability", "all", SegmentationValidation.PASS));
    judge(
        lake,
        "2026-05-01",
        1,
        judged("stability", "all", SegmentationValidation.FAIL),
        judged("silhouette", "all", SegmentationValidation.PASS));
    assertThat(registry.failures("value-1"))
        .hasValue(
            "value-1 failed gates as of 2026-05-01: stability. See ./stratify segmentations show"
                + " value-1");
    assertThat(registry.failures("value-2")).isEmpty();
    judge(lake, "2026-05-01", 2, judged("stability", "all", SegmentationValidation.PASS));
    assertThat(registry.failures("value-1")).isEmpty();
  }

  private void judge(Lake lake, String asOf, int revision, FactRow<?>... rows) {
    lake.replace(
        SegmentationValidation.TABLE,
        new Snapshot(LocalDate.parse(asOf), revision),
        table(SegmentationValidation.TABLE, rows),
        "test");
  }

  private static FactRow<?> judged(String evidence, String segment, String verdict) {
    return row(SegmentationValidation.TABLE)
        .with(SegmentationValidation.SEGMENTATION_ID, "value-1")
        .with(SegmentationValidation.LENS, "value")
        .with(SegmentationValidation.EVIDENCE, evidence)
        .with(SegmentationValidation.COHORT, SegmentationValidation.ALL)
        .with(SegmentationValidation.SEGMENT_ID, segment)
        .with(SegmentationValidation.VERDICT, verdict);
  }
}
