package io.stratify.jobs.membership;

import static io.stratify.common.spark.Facts.features;
import static io.stratify.common.spark.Facts.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.stratify.common.spark.FactRow;
import io.stratify.common.spark.SparkSuite;
import io.stratify.common.tables.CustomerFeatures;
import io.stratify.common.tables.CustomerSegment;
import io.stratify.jobs.segments.RuleModel;
import io.stratify.jobs.segments.SegmentInfo;
import io.stratify.jobs.segments.Segmentation;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** Two snapshots of one lens: c1 stays, c2 moves, c3 comes, c4 goes. */
class ChangesTest extends SparkSuite {
  private static final LocalDate APRIL = LocalDate.of(2026, 4, 1);
  private static final LocalDate MAY = LocalDate.of(2026, 5, 1);

  @Override
  protected boolean interpreted() {
    return true;
  }

  private Dataset<Row> april() {
    return table(
        CustomerSegment.TABLE,
        member("c1", "a", "2026-01-01"),
        member("c2", "a", "2026-04-01"),
        member("c4", "b", "2026-02-01"));
  }

  private Dataset<Row> may() {
    Dataset<Row> assigned =
        table(
                CustomerSegment.TABLE,
                member("c1", "a", null),
                member("c2", "b", null),
                member("c3", "b", null))
            .drop("since", "previous_segment_id");
    return Stays.of(assigned, Optional.of(april()), MAY);
  }

  @Test
  void aStayGoesOnUntilTheSegmentChanges() {
    assertThat(sorted(may().select("customer_id", "segment_id", "since", "previous_segment_id")))
        .containsExactly("[c1,a,2026-01-01,a]", "[c2,b,2026-05-01,a]", "[c3,b,2026-05-01,null]");
    assertThat(may().columns()).isEqualTo(CustomerSegment.TABLE.bodySchema().fieldNames());
  }

  @Test
  void whoEntersAndWhoLeavesIsSaid() {
    assertThat(sorted(Changes.of(may(), april(), List.of("lens"), APRIL, true)))
        .containsExactly(
            "[lens,c2,enter,b,a,2026-04-01]",
            "[lens,c2,exit,a,b,2026-04-01]",
            "[lens,c3,enter,b,null,2026-04-01]",
            "[lens,c4,exit,b,null,2026-04-01]");
    assertThat(sorted(Changes.of(may(), april(), List.of("lens"), APRIL, false)))
        .as("who is gone may have withdrawn, and yet stay in what was published")
        .hasSize(3)
        .noneMatch(r -> r.contains("c4"));
    assertThat(sorted(Changes.shifts(may()).select("customer_id"))).containsExactly("[c2]");
  }

  @Test
  void aNewLensIsNoChange() {
    assertThat(Changes.of(may(), april(), List.of("other"), APRIL, true).isEmpty()).isTrue();
  }

  @Test
  void movesAreCountedWithTheirRevenue() {
    List<Migration.Move> moves =
        Migration.moves(
            Migration.counted(
                    april(),
                    may(),
                    table(CustomerFeatures.TABLE, worth("c1", 10), worth("c2", 20), worth("c4", 5)),
                    table(CustomerFeatures.TABLE, worth("c1", 11), worth("c2", 50), worth("c3", 1)),
                    List.of("lens"))
                .collectAsList(),
            Map.of());
    assertThat(moves)
        .containsExactly(
            move("a", "a", "stayed", 10, 11, 0.5),
            move("a", "b", "moved", 20, 50, 0.5),
            move("b", null, "left", 5, null, 1),
            move(null, "b", "joined", null, 1, 1));
    assertThat(sorted(outlook(moves)))
        .as("nobody was in b before and is in both: the future is open")
        .containsExactly("[a,lens,0.5,null,null]", "[b,lens,0.5,null,null]");
  }

  @Test
  void aMoveToWhatARefitMadeOfTheSegmentIsLineage() {
    List<Row> counted =
        Migration.counted(
                april(),
                may(),
                table(CustomerFeatures.TABLE, worth("c1", 10)),
                table(CustomerFeatures.TABLE, worth("c1", 10)),
                List.of("lens"))
            .collectAsList();
    assertThat(Migration.moves(counted, Map.of("a", Set.of("b"))))
        .extracting(Migration.Move::via)
        .containsExactly("stayed", "lineage", "left", "joined");
  }

  /** c1 has 1 and then 9 orders, c2 stays at 1, c3 at 9: of the two who were low one goes high. */
  @Test
  void whatARefitMovedIsNoMoveOfCustomers() {
    Segmentation refit = paces();
    Dataset<Row> before =
        table(CustomerFeatures.TABLE, buys("c1", 1), buys("c2", 1), buys("c3", 9));
    Dataset<Row> now = table(CustomerFeatures.TABLE, buys("c1", 9), buys("c2", 1), buys("c3", 9));
    Dataset<Row> memberships =
        table(
            CustomerSegment.TABLE,
            member("c1", "high", "2026-05-01"),
            member("c2", "low", "2026-05-01"),
            member("c3", "high", "2026-05-01"));
    // All were in a segment that the refit split.
    List<Migration.Move> split =
        Migration.moves(
            Migration.counted(
                    table(
                        CustomerSegment.TABLE,
                        member("c1", "all", "2026-04-01"),
                        member("c2", "all", "2026-04-01"),
                        member("c3", "all", "2026-04-01")),
                    memberships,
                    before,
                    now,
                    List.of("lens"))
                .collectAsList(),
            Map.of("all", Set.of("low", "high")));
    List<Migration.Move> own =
        Migration.ofCustomers(split, List.of(refit), memberships, before, now);
    assertThat(own)
        .extracting(m -> m.from() + " " + m.to() + " " + m.via() + " " + m.customers())
        .containsExactly("high high stayed 1", "low high moved 1", "low low stayed 1");
    // Low keeps one half of its third; in the long run nobody is left there.
    List<Row> rows = MigrationRows.outlook(own);
    assertThat(rows).extracting(r -> r.getString(0)).containsExactly("high", "low");
    assertThat((Double) rows.get(1).get(2)).isCloseTo(1 / 3.0, within(1e-12));
    assertThat((Double) rows.get(1).get(3)).isCloseTo(1 / 6.0, within(1e-12));
    assertThat((Double) rows.get(1).get(4)).isCloseTo(0, within(1e-12));
    assertThat(MigrationRows.outlook(own, Set.of("lens"))).allMatch(r -> r.isNullAt(3));
  }

  @Test
  void twoDatesAcrossARefitHaveNoOutlook() {
    Migration.Move stays = move("a", "a", "stayed", 1, 1, 1);
    Migration.Move split = move("a", "b", "lineage", 1, 1, 1);
    Map<String, String> first = Map.of("lens", "lens-1");
    assertThat(MigrationBetween.ofCustomers(List.of(stays), first, first)).containsExactly(stays);
    assertThat(MigrationBetween.ofCustomers(List.of(stays), first, Map.of("lens", "lens-2")))
        .isEmpty();
    assertThat(MigrationBetween.ofCustomers(List.of(stays, split), first, first)).isEmpty();
  }

  private static Segmentation paces() {
    return new Segmentation(
        "lens-2",
        "lens",
        APRIL,
        "rules",
        List.of(new SegmentInfo("high", "High", ""), new SegmentInfo("low", "Low", "")),
        new RuleModel(
            List.of(new RuleModel.Condition("high", "frequency >= 5")),
            "low",
            List.of("frequency")),
        null,
        null,
        "hash");
  }

  private static FactRow<?> buys(String customer, int orders) {
    return features(customer).with(CustomerFeatures.FREQUENCY, orders);
  }

  private Dataset<Row> outlook(List<Migration.Move> moves) {
    return spark()
        .createDataFrame(
            MigrationRows.outlook(moves),
            io.stratify.common.tables.SegmentOutlook.TABLE.bodySchema());
  }

  private static Migration.Move move(
      String from, String to, String via, Integer before, Integer after, double share) {
    return new Migration.Move("lens", from, to, via, 1, money(before), money(after), share);
  }

  private static BigDecimal money(Integer euros) {
    return euros == null ? null : BigDecimal.valueOf(euros).setScale(4);
  }

  private static FactRow<?> worth(String customer, int euros) {
    return features(customer).with(CustomerFeatures.MONETARY_NET, euros);
  }

  private static FactRow<?> member(String customer, String segment, String since) {
    FactRow<?> row =
        row(CustomerSegment.TABLE)
            .with(CustomerSegment.LENS, "lens")
            .with(CustomerSegment.CUSTOMER_ID, customer)
            .with(CustomerSegment.SEGMENT_ID, segment)
            .with(CustomerSegment.CONFIDENCE, 1)
            .with(CustomerSegment.OUTLIER, false);
    return since == null ? row : row.with(CustomerSegment.SINCE, since);
  }
}
