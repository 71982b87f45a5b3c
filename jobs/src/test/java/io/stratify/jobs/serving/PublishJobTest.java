package io.stratify.jobs.serving;

import static io.stratify.common.spark.Facts.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.stratify.common.io.CommitStamp;
import io.stratify.common.io.Lake;
import io.stratify.common.io.Snapshot;
import io.stratify.common.spark.FactRow;
import io.stratify.common.spark.SparkSuite;
import io.stratify.common.tables.CustomerSegment;
import io.stratify.common.tables.Publication;
import io.stratify.common.tables.Segment;
import io.stratify.common.tables.SegmentProfile;
import io.stratify.common.tables.SegmentationHealth;
import io.stratify.common.tables.SegmentationValidation;
import io.stratify.common.tables.TableSpec;
import io.stratify.jobs.Defaults;
import io.stratify.jobs.JobContext;
import io.stratify.jobs.JobResult;
import io.stratify.jobs.serving.PublishJob.PublishResult;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PublishJobTest extends SparkSuite {
  private static final LocalDate MAY = LocalDate.of(2026, 5, 1);
  private static final LocalDate JUNE = LocalDate.of(2026, 6, 1);

  @TempDir Path folder;
  private final List<String> notices = new ArrayList<>();
  private Lake lake;

  @Override
  protected boolean interpreted() {
    return true;
  }

  @BeforeEach
  void open() {
    lake = new Lake(spark(), folder.toString(), new CommitStamp("test", "none", "0"));
  }

  /** Who has just begun to read may still need the revision before; fits are never deleted. */
  @Test
  void theRevisionBeforeAndAllFitsAreKept() {
    for (int revision = 1; revision <= 3; revision++) {
      ready(new Snapshot(MAY, revision), segment("value", "value-1", false));
      write(
          new Snapshot(MAY, revision),
          SegmentationValidation.TABLE,
          judged("value", "value-1", SegmentationValidation.PASS));
      if (revision < 3) {
        Defaults.publish(lake, new Snapshot(MAY, revision), Map.of());
      }
    }
    JobResult result = publish(MAY, 3);
    assertThat(result.sentence()).isEqualTo("readers now see 2026-05-01 revision 3");
    assertThat(result.gateFailed()).isFalse();
    assertThat(result.refitProposed()).isFalse();
    for (TableSpec table : List.of(Segment.TABLE, CustomerSegment.TABLE, SegmentProfile.TABLE)) {
      assertThat(revisions(table)).as(table.name()).containsExactly("[2]", "[3]");
    }
    assertThat(revisions(SegmentationValidation.TABLE)).containsExactly("[1]", "[2]", "[3]");
    assertThat(
            sorted(
                lake.read(Publication.TABLE, "test")
                    .where("revision = 3")
                    .selectExpr("run_id", "segmentations['value']", "size(champions_kept)")))
        .containsExactly("[run-3,value-1,0]");

    publish(MAY, 3);
    assertThat(sorted(lake.read(Publication.TABLE, "test").select("revision")))
        .as("what is published is not published again")
        .containsExactly("[1]", "[2]", "[3]");
  }

  @Test
  void whatFailedAGateAndWhatNoLongerFitsIsTold() {
    Snapshot now = new Snapshot(MAY, 1);
    ready(
        now,
        segment("behaviour", "behaviour-2", true),
        segment("rfm", "rfm-1", false),
        segment("value", "value-1", false));
    write(
        now,
        SegmentationValidation.TABLE,
        judged("behaviour", "behaviour-2", SegmentationValidation.FAIL),
        judged("rfm", "rfm-2", SegmentationValidation.FAIL),
        judged("value", "value-1", SegmentationValidation.PASS));
    write(
        now,
        SegmentationHealth.TABLE,
        row(SegmentationHealth.TABLE)
            .with(SegmentationHealth.SEGMENTATION_ID, "rfm-1")
            .with(SegmentationHealth.LENS, "rfm")
            .with(SegmentationHealth.MEASURE, SegmentationHealth.OUTLIERS)
            .with(SegmentationHealth.THRESHOLD, "below 0.1")
            .with(SegmentationHealth.VERDICT, SegmentationHealth.REFIT_PROPOSED)
            .with(SegmentationHealth.REASON, ""));
    JobResult result = publish(MAY, 1);
    assertThat(result.gateFailed()).isTrue();
    assertThat(result.refitProposed()).isTrue();
    assertThat(result.sentence())
        .isEqualTo(
            "readers now see 2026-05-01 revision 1; gates kept the champion of rfm; provisional"
                + " since a gate failed and there is no champion to keep: behaviour");
    assertThat(
            sorted(
                lake.read(Publication.TABLE, "test")
                    .selectExpr("sort_array(champions_kept)", "segmentations['rfm']")))
        .hasSize(1)
        .first()
        .asString()
        .contains("behaviour, rfm", "rfm-1");
  }

  @Test
  void theDateAfterOneThatIsPublishedLateIsToBePublishedAgain() {
    Defaults.publish(lake, new Snapshot(JUNE, 1), Map.of());
    ready(new Snapshot(MAY, 1), segment("value", "value-1", false));
    assertThat(publish(MAY, 1).sentence())
        .isEqualTo("2026-05-01 revision 1 is published; the current views stay at 2026-06-01");
    assertThat(notices).as("June was compared with nothing").isEmpty();

    ready(new Snapshot(MAY, 2), segment("value", "value-1", false));
    publish(MAY, 2);
    assertThat(notices)
        .containsExactly(
            "2026-06-01 may have been compared with an earlier revision of 2026-05-01; where it is"
                + " not done next anyway, publish it again: --as-of 2026-06-01");

    notices.clear();
    ready(new Snapshot(MAY.plusDays(14), 1), segment("value", "value-1", false));
    publish(MAY.plusDays(14), 1);
    assertThat(notices)
        .containsExactly(
            "2026-06-01 was compared with a date before 2026-05-15, so that changes up to that day"
                + " are told twice; publish it again: --as-of 2026-06-01");
  }

  /** Of four lenses that failed a gate, each has come to another end. */
  @Test
  void theSentenceSaysWhatBecameOfEachLensThatFailed() {
    Map<String, String> failed =
        new TreeMap<>(
            Map.of("basket", "basket-2", "behaviour", "behaviour-2", "rfm", "r-2", "value", "v-2"));
    PublishResult result =
        new PublishResult(
            new Snapshot(MAY, 1),
            MAY,
            failed,
            Map.of("behaviour", "behaviour-1", "rfm", "r-1", "value", "v-2", "needs", "needs-1"),
            Set.of("rfm", "value"),
            false);
    assertThat(result.sentence())
        .isEqualTo(
            "readers now see 2026-05-01 revision 1; gates kept the champion of behaviour; gates"
                + " kept the champion, which is provisional itself, of rfm; provisional since a"
                + " gate failed and there is no champion to keep: value; left out since a gate"
                + " failed and there is no champion to keep: basket");
  }

  private JobResult publish(LocalDate asOf, int revision) {
    return new PublishJob()
        .run(
            new JobContext(
                spark(),
                Defaults.config(Map.of()),
                lake,
                new Snapshot(asOf, revision),
                "run-" + revision,
                Instant.EPOCH,
                notices::add));
  }

  /** The tables without which nothing is published. */
  private void ready(Snapshot snapshot, FactRow<?>... segments) {
    write(snapshot, Segment.TABLE, segments);
    write(
        snapshot,
        CustomerSegment.TABLE,
        row(CustomerSegment.TABLE)
            .with(CustomerSegment.LENS, "value")
            .with(CustomerSegment.CUSTOMER_ID, "c1")
            .with(CustomerSegment.SEGMENT_ID, "value.top")
            .with(CustomerSegment.CONFIDENCE, 1)
            .with(CustomerSegment.OUTLIER, false)
            .with(CustomerSegment.SINCE, "2026-01-01"));
    write(
        snapshot,
        SegmentProfile.TABLE,
        row(SegmentProfile.TABLE)
            .with(SegmentProfile.SEGMENT_ID, "value.top")
            .with(SegmentProfile.LENS, "value")
            .with(SegmentProfile.FEATURE, "frequency")
            .with(SegmentProfile.CUSTOMERS, 1));
  }

  private static FactRow<?> segment(String lens, String segmentation, boolean provisional) {
    return row(Segment.TABLE)
        .with(Segment.SEGMENT_ID, lens + ".any")
        .with(Segment.LENS, lens)
        .with(Segment.SEGMENTATION_ID, segmentation)
        .with(Segment.NAME, "any")
        .with(Segment.DEFINITION, "")
        .with(Segment.CUSTOMERS, 1)
        .with(Segment.SHARE, 1)
        .with(Segment.PROVISIONAL, provisional)
        .with(Segment.PINNED, false);
  }

  private static FactRow<?> judged(String lens, String segmentation, String verdict) {
    return row(SegmentationValidation.TABLE)
        .with(SegmentationValidation.SEGMENTATION_ID, segmentation)
        .with(SegmentationValidation.LENS, lens)
        .with(SegmentationValidation.EVIDENCE, "stability")
        .with(SegmentationValidation.COHORT, SegmentationValidation.ALL)
        .with(SegmentationValidation.SEGMENT_ID, SegmentationValidation.ALL)
        .with(SegmentationValidation.VERDICT, verdict);
  }

  private void write(Snapshot snapshot, TableSpec table, FactRow<?>... rows) {
    lake.replace(table, snapshot, table(table, rows), "test");
  }

  private List<String> revisions(TableSpec table) {
    return sorted(lake.read(table, "test").select(TableSpec.REVISION.col()).distinct());
  }
}
