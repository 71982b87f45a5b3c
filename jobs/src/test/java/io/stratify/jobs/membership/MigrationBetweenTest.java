package io.stratify.jobs.membership;

import static io.stratify.common.spark.Facts.features;
import static io.stratify.common.spark.Facts.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stratify.common.io.CommitStamp;
import io.stratify.common.io.Lake;
import io.stratify.common.io.Snapshot;
import io.stratify.common.spark.FactRow;
import io.stratify.common.spark.SparkSuite;
import io.stratify.common.tables.CustomerFeatures;
import io.stratify.common.tables.CustomerSegment;
import io.stratify.common.tables.SegmentLineage;
import io.stratify.common.tables.TableSpec;
import io.stratify.jobs.Defaults;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three snapshots of one lens: April has the segments a and z, May has b in place of a, June has c
 * in place of b; what June made of an earlier c is none of the a or b of before.
 */
class MigrationBetweenTest extends SparkSuite {
  private static final LocalDate APRIL = LocalDate.of(2026, 4, 1);
  private static final LocalDate MAY = LocalDate.of(2026, 5, 1);
  private static final LocalDate JUNE = LocalDate.of(2026, 6, 1);

  /** Written once: sixteen commits take longer than all that is read of them. */
  @TempDir static Path folder;

  private static boolean written;

  @Override
  protected boolean interpreted() {
    return true;
  }

  @BeforeEach
  void publish() {
    if (written) {
      return;
    }
    written = true;
    publish(new Snapshot(APRIL, 1), List.of(member("c1", "z")), List.of());
    publish(
        new Snapshot(APRIL, 2),
        List.of(member("c1", "a"), member("c2", "a"), member("c3", "z")),
        List.of());
    publish(
        new Snapshot(MAY, 1),
        List.of(member("c1", "b"), member("c2", "z"), member("c3", "z")),
        List.of(link("survived", "z", "z"), link("split", "a", "b")));
    publish(
        new Snapshot(JUNE, 1),
        List.of(member("c1", "c"), member("c2", "z"), member("c4", "z")),
        List.of(link("survived", "z", "z"), link("split", "b", "c"), link("merged", "c", "z")));
  }

  @Test
  void refitsInBetweenAreFollowed() {
    MigrationBetween migration = of(APRIL, JUNE);
    assertThat(migration.from()).as("its newest revision").isEqualTo(new Snapshot(APRIL, 2));
    assertThat(migration.moves())
        .extracting(m -> m.from() + " " + m.to() + " " + m.via() + " " + m.customers())
        .containsExactly("a c lineage 1", "a z moved 1", "z null left 1", "null z joined 1");
    assertThat(migration.moves().get(0).share()).isEqualTo(0.5);
    assertThat(migration.moves().get(0).revenueAfter()).isEqualByComparingTo("6");
  }

  @Test
  void withoutDatesItIsTheNewestAgainstTheOneBefore() {
    MigrationBetween migration =
        MigrationBetween.of(lake(), Optional.empty(), Optional.empty(), Optional.of("lens"));
    assertThat(List.of(migration.from().asOf(), migration.to().asOf())).containsExactly(MAY, JUNE);
    assertThat(migration.moves())
        .extracting(m -> m.from() + " " + m.to() + " " + m.via() + " " + m.customers())
        .containsExactly("b c lineage 1", "z z stayed 1", "z null left 1", "null z joined 1");
  }

  @Test
  void whatCannotBeComparedIsSaid() {
    assertThatThrownBy(() -> of(MAY, APRIL))
        .hasMessage(
            "Cannot compare 2026-05-01 with 2026-04-01: the first date must be before the second"
                + " one. Published are: 2026-04-01, 2026-05-01, 2026-06-01");
    assertThatThrownBy(() -> of(MAY, MAY.plusDays(1)))
        .hasMessage(
            "Cannot compare snapshots: nothing is published as of 2026-05-02. Published are:"
                + " 2026-04-01, 2026-05-01, 2026-06-01");
    assertThatThrownBy(
            () ->
                MigrationBetween.of(
                    lake(), Optional.empty(), Optional.empty(), Optional.of("needs")))
        .hasMessage(
            "Cannot compare lens needs: it is not in both snapshots, 2026-05-01 and 2026-06-01."
                + " The lenses in both are: lens");
    assertThatThrownBy(
            () ->
                MigrationBetween.of(lake(), Optional.empty(), Optional.of(APRIL), Optional.empty()))
        .hasMessageStartingWith(
            "Cannot compare 2026-04-01 with the snapshot before: nothing is published before it.");
    Lake empty = new Lake(spark(), folder + "/empty", new CommitStamp("run", "hash", "0"));
    assertThatThrownBy(
            () -> MigrationBetween.of(empty, Optional.empty(), Optional.empty(), Optional.empty()))
        .hasMessageStartingWith("Cannot compare two snapshots: 0 published in");
  }

  private MigrationBetween of(LocalDate from, LocalDate to) {
    return MigrationBetween.of(lake(), Optional.of(from), Optional.of(to), Optional.empty());
  }

  private Lake lake() {
    return new Lake(spark(), folder.toString(), new CommitStamp("run", "hash", "0"));
  }

  private void publish(Snapshot snapshot, List<FactRow<?>> members, List<FactRow<?>> links) {
    write(CustomerSegment.TABLE, snapshot, members);
    write(SegmentLineage.TABLE, snapshot, links);
    write(
        CustomerFeatures.TABLE,
        snapshot,
        members.stream()
            .<FactRow<?>>map(
                m ->
                    features((String) m.get(CustomerSegment.CUSTOMER_ID))
                        .with(CustomerFeatures.MONETARY_NET, snapshot.asOf().getMonthValue()))
            .toList());
    Defaults.publish(lake(), snapshot, Map.of("lens", "lens-" + snapshot.asOf()));
  }

  private void write(TableSpec table, Snapshot snapshot, List<FactRow<?>> rows) {
    lake().replace(table, snapshot, table(table, rows), "test");
  }

  private static FactRow<?> member(String customer, String segment) {
    return row(CustomerSegment.TABLE)
        .with(CustomerSegment.LENS, "lens")
        .with(CustomerSegment.CUSTOMER_ID, customer)
        .with(CustomerSegment.SEGMENT_ID, segment)
        .with(CustomerSegment.CONFIDENCE, 1)
        .with(CustomerSegment.OUTLIER, false)
        .with(CustomerSegment.SINCE, "2026-01-01");
  }

  private static FactRow<?> link(String event, String before, String after) {
    return row(SegmentLineage.TABLE)
        .with(SegmentLineage.LENS, "lens")
        .with(SegmentLineage.LINK, before.hashCode())
        .with(SegmentLineage.EVENT, event)
        .with(SegmentLineage.PREVIOUS_SEGMENT_ID, before)
        .with(SegmentLineage.SEGMENT_ID, after)
        .with(SegmentLineage.CUSTOMERS, 1)
        .with(SegmentLineage.PREVIOUS_SEGMENTATION_ID, "lens-1")
        .with(SegmentLineage.SEGMENTATION_ID, "lens-2");
  }
}
