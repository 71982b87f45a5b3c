package io.stratify.jobs.segments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stratify.common.StratifyException;
import io.stratify.common.io.CommitStamp;
import io.stratify.common.io.Lake;
import io.stratify.common.io.Snapshot;
import io.stratify.common.spark.SparkSuite;
import io.stratify.common.tables.Segment;
import io.stratify.common.tables.SegmentDecision;
import io.stratify.common.tables.SegmentationTable;
import io.stratify.common.tables.TableSpec;
import io.stratify.jobs.Defaults;
import java.nio.file.Path;
import java.sql.Date;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
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
    assertThat(registry.championsBefore(MAY, RegistryTest::refuse)).isEmpty();
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
    assertThat(registry.before(MAY)).contains(new Snapshot(APRIL, 2));
    assertThat(registry.before(APRIL)).isEmpty();
  }

  @Test
  void whatEarlierRevisionsOfADateFittedIsKnownNewestFirst() {
    publish(APRIL, 1, "april");
    publish(MAY, 1, "old");
    publish(MAY, 2, "newer");
    publish(MAY, 3, "own");
    Registry registry = new Registry(lake());
    assertThat(fitted(registry, new Snapshot(MAY, 3)))
        .containsExactly("newer", "newer-not-published", "old", "old-not-published");
    assertThat(fitted(registry, new Snapshot(MAY, 2))).containsExactly("old", "old-not-published");
    assertThat(fitted(registry, new Snapshot(MAY, 1))).isEmpty();
  }

  @Test
  void aChampionThatIsMissingOrDamagedIsNamed() {
    publish(APRIL, 1, "old");
    Registry registry = new Registry(lake());
    Snapshot april = new Snapshot(APRIL, 1);
    lake().replace(SegmentationTable.TABLE, april, rows(damaged("old")), "segments");
    String damaged = "Cannot read segmentation old: its model is damaged";
    assertThatThrownBy(() -> registry.championsBefore(MAY, RegistryTest::refuse))
        .hasMessageStartingWith(damaged)
        .hasMessageEndingWith(
            "Refit it with --set segments.rfm.refit-every=always"
                + " (and --set \"segments.refit-every=99 years\" where that is never)");
    List<String> notices = new ArrayList<>();
    assertThat(registry.championsBefore(MAY, (lens, why) -> notices.add(why))).isEmpty();
    assertThat(notices).singleElement().asString().startsWith(damaged);

    lake().replace(SegmentationTable.TABLE, april, rows(row("other", APRIL)), "segments");
    assertThatThrownBy(() -> registry.championsBefore(MAY, RegistryTest::refuse))
        .hasMessage(
            "Cannot find segmentation old, the champion of lens rfm: table segmentation has no such"
                + " row. Refit it with --set segments.rfm.refit-every=always"
                + " (and --set \"segments.refit-every=99 years\" where that is never)");
  }

  @Test
  void whatPeopleDecidedHoldsFromTheSnapshotOnThatWasPublishedThen() {
    publish(APRIL, 1, "old");
    Promotions promotions = new Promotions(lake());
    promotions.promote("old-not-published", "Ada", Instant.ofEpochSecond(1), "run");
    Registry registry = new Registry(lake());
    assertThat(champions(registry, APRIL)).as("the run again").isEqualTo("old-not-published");
    assertThat(champions(registry, MAY)).isEqualTo("old-not-published");
    assertThat(champions(registry, APRIL.minusDays(1))).as("a past date").isEmpty();
    assertThat(promotions.champions()).containsEntry("rfm", "old-not-published");
    publish(APRIL, 2, "again", Instant.ofEpochSecond(2));
    assertThat(champions(registry, MAY)).as("the date published since").isEqualTo("again");
    assertThat(promotions.champions()).containsEntry("rfm", "again");
    publish(MAY, 1, "newest");
    assertThat(champions(registry, MAY.plusDays(1))).as("published since").isEqualTo("newest");
  }

  @Test
  void aLensThatWasLeftOutOfAPublicationKeepsItsChampion() {
    publish(APRIL, 1, "old");
    Defaults.publish(lake(), new Snapshot(MAY, 1), Map.of());
    Registry registry = new Registry(lake());
    assertThat(champions(registry, MAY.plusDays(1))).isEqualTo("old");
    assertThat(registry.publishedBefore(MAY.plusDays(1), RegistryTest::refuse))
        .as("what readers saw")
        .isEmpty();
    assertThat(new Promotions(lake()).champions()).containsEntry("rfm", "old");
  }

  @Test
  void aLensThatWasLeftOutOfAPublicationIsWhatItWasBefore() {
    publish(APRIL, 1, "old");
    Snapshot april = new Snapshot(APRIL, 1);
    Row segment = RowFactory.create("rfm.n", "rfm", "old", "N", "all", 1L, 1.0, true, null, false);
    write(Segment.TABLE, april, segment);
    Date day = Date.valueOf(APRIL);
    write(
        SegmentDecision.TABLE,
        april,
        RowFactory.create("rfm", "m", "merge", "n", day, "Ada", "applied"));
    Defaults.publish(lake(), new Snapshot(MAY, 1), Map.of("value", "other"));
    write(
        Segment.TABLE,
        new Snapshot(MAY, 1),
        RowFactory.create("value.v", "value", "other", "V", "all", 1L, 1.0, false, null, false));
    Registry registry = new Registry(lake());
    assertThat(registry.provisionalBefore(new Snapshot(MAY.plusDays(1), 1))).containsExactly("old");
    assertThat(registry.provisional()).containsExactly("old");
    assertThat(registry.mergedBefore(MAY.plusDays(1))).isEqualTo(Map.of("rfm.m", "rfm.n"));
    assertThat(registry.provisionalBefore(april)).isEmpty();
    assertThat(registry.provisionalBefore(new Snapshot(APRIL, 2)))
        .as("as an earlier revision of the date was")
        .containsExactly("old");
    assertThat(registry.mergedBefore(APRIL)).isEmpty();
  }

  private void write(TableSpec table, Snapshot snapshot, Row row) {
    lake()
        .replace(
            table,
            snapshot,
            spark().createDataFrame(List.of(row), table.bodySchema()),
            "membership");
  }

  /** By revision; of one revision in the order of their ids. */
  private static List<String> fitted(Registry registry, Snapshot snapshot) {
    List<String> ids =
        registry.fittedBefore(snapshot).getOrDefault("rfm", List.of()).stream()
            .map(Segmentation::id)
            .toList();
    List<String> ordered = new ArrayList<>();
    for (int i = 0; i < ids.size(); i += 2) {
      ids.subList(i, i + 2).stream().sorted().forEach(ordered::add);
    }
    return ordered;
  }

  private static void refuse(String lens, String why) {
    throw new StratifyException("%s", why);
  }

  private Dataset<Row> rows(Row row) {
    return spark().createDataFrame(List.of(row), SegmentationTable.TABLE.bodySchema());
  }

  private static Row damaged(String id) {
    Row sound = row(id, APRIL);
    Object[] values = IntStream.range(0, sound.size()).mapToObj(sound::get).toArray();
    values[SegmentationTable.TABLE.bodySchema().fieldIndex("model")] = "{\"segments\":[";
    return RowFactory.create(values);
  }

  private static String champions(Registry registry, LocalDate asOf) {
    return String.join(
        " ",
        registry.championsBefore(asOf, RegistryTest::refuse).values().stream()
            .map(Segmentation::id)
            .toList());
  }

  private Lake lake() {
    return new Lake(spark(), folder.toString(), new CommitStamp("run", "hash", "0"));
  }

  /** A publication with one segmentation, and one more that was written but not published. */
  private void publish(LocalDate asOf, int revision, String id) {
    publish(asOf, revision, id, Instant.EPOCH);
  }

  private void publish(LocalDate asOf, int revision, String id, Instant at) {
    Snapshot snapshot = new Snapshot(asOf, revision);
    List<Row> segmentations = List.of(row(id, asOf), row(id + "-not-published", asOf));
    lake()
        .replace(
            SegmentationTable.TABLE,
            snapshot,
            spark().createDataFrame(segmentations, SegmentationTable.TABLE.bodySchema()),
            "segments");
    Defaults.publish(lake(), snapshot, Map.of("rfm", id), at);
  }

  private static Row row(String id, LocalDate asOf) {
    return new Segmentation(
            id, "rfm", asOf, "rules", List.of(), new GridModel(List.of(), "n"), null, null, "hash")
        .toRow(Segmentation.CHALLENGER);
  }
}
