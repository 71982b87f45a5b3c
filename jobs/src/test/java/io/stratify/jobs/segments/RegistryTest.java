package io.stratify.jobs.segments;

import static org.assertj.core.api.Assertions.assertThat;

import io.stratify.common.io.CommitStamp;
import io.stratify.common.io.Lake;
import io.stratify.common.io.Snapshot;
import io.stratify.common.spark.SparkSuite;
import io.stratify.common.tables.Publication;
import io.stratify.common.tables.SegmentationTable;
import java.nio.file.Path;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistryTest extends SparkSuite {
  private static final LocalDate APRIL = LocalDate.of(2026, 4, 1);
  private static final LocalDate MAY = LocalDate.of(2026, 5, 1);

  @TempDir Path folder;

  @Test
  void beforeAnyPublicationThereIsNothing() {
    Registry registry = new Registry(lake());
    assertThat(registry.next(MAY)).isEqualTo(new Snapshot(MAY, 1));
    assertThat(registry.current()).isEmpty();
    assertThat(registry.championsBefore(MAY)).isEmpty();
  }

  @Test
  void championsAreThoseOfTheNewestPublicationBeforeTheAsOfDate() {
    publish(APRIL, 1, "old");
    publish(APRIL, 2, "newer");
    publish(MAY, 1, "newest");
    Registry registry = new Registry(lake());
    assertThat(registry.next(APRIL)).isEqualTo(new Snapshot(APRIL, 3));
    assertThat(registry.next(MAY)).isEqualTo(new Snapshot(MAY, 2));
    assertThat(registry.current()).contains(new Snapshot(MAY, 1));
    assertThat(champions(registry, APRIL)).as("a run does not look at itself").isEmpty();
    assertThat(champions(registry, MAY)).isEqualTo("newer");
    assertThat(champions(registry, MAY.plusDays(1))).isEqualTo("newest");
  }

  private static String champions(Registry registry, LocalDate asOf) {
    return String.join(
        " ", registry.championsBefore(asOf).values().stream().map(Segmentation::id).toList());
  }

  private Lake lake() {
    return new Lake(spark(), folder.toString(), new CommitStamp("run", "hash", "0"));
  }

  /** A publication with one segmentation, and one more that was written but not published. */
  private void publish(LocalDate asOf, int revision, String id) {
    Snapshot snapshot = new Snapshot(asOf, revision);
    List<Row> segmentations = List.of(row(id, asOf), row(id + "-not-published", asOf));
    lake()
        .replace(
            SegmentationTable.TABLE,
            snapshot,
            spark().createDataFrame(segmentations, SegmentationTable.TABLE.bodySchema()),
            "segments");
    Row publication =
        RowFactory.create(
            Date.valueOf(asOf),
            revision,
            "run",
            Timestamp.from(Instant.EPOCH),
            Map.of("rfm", id),
            List.of());
    lake()
        .replace(
            Publication.TABLE,
            snapshot,
            spark().createDataFrame(List.of(publication), Publication.TABLE.bodySchema()),
            "publish");
  }

  private static Row row(String id, LocalDate asOf) {
    return new Segmentation(
            id, "rfm", asOf, "rules", List.of(), new GridModel(List.of(), "n"), null, null, "hash")
        .toRow(Segmentation.CHALLENGER);
  }
}
