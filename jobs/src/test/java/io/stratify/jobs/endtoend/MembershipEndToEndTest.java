package io.stratify.jobs.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.stratify.common.tables.CustomerIds;
import io.stratify.common.tables.CustomerSegment;
import io.stratify.common.tables.MembershipReason;
import io.stratify.common.tables.Segment;
import io.stratify.common.tables.SegmentChange;
import io.stratify.common.tables.SegmentDecision;
import io.stratify.common.tables.SegmentLineage;
import io.stratify.common.tables.SegmentMigration;
import io.stratify.common.tables.SegmentOutlook;
import io.stratify.common.tables.ShiftReason;
import io.stratify.common.tables.TableSpec;
import io.stratify.jobs.cli.Cli;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * A shop on three dates: on the second c09, who had bought once, has become a regular and c13 is
 * new; on the third the clusters are fitted anew.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class MembershipEndToEndTest {
  private static final String FIRST = Shop.AS_OF;
  private static final String SECOND = "2026-03-01";
  private static final String THIRD = "2026-04-02";
  private static final List<TableSpec> MEMBERSHIP =
      List.of(
          CustomerSegment.TABLE,
          Segment.TABLE,
          SegmentDecision.TABLE,
          SegmentChange.TABLE,
          SegmentLineage.TABLE,
          MembershipReason.TABLE,
          ShiftReason.TABLE,
          SegmentMigration.TABLE,
          SegmentOutlook.TABLE);
  private static final String NAMES =
      """
      stratify.inputs.segment_names.rows = [
        { lens = rfm, segment_id = champions, name = "Regulars of the week", description = "Now and often" }
        { lens = rfm, segment_id = sleepers, name = "Nobody" }
        { lens = rfm, segment_id = new, merge_into = promising, decided_on = "2025-11-30", decided_by = Ada }
      ]
      """;

  @TempDir static Path folder;
  private static Shop shop;

  @BeforeAll
  static void open() {
    shop = Shop.open(folder);
    shop.write("names.conf", NAMES);
  }

  private static Cli.Result run(String asOf, String... more) {
    List<String> arguments =
        new ArrayList<>(List.of("--as-of", asOf, "--conf", folder + "/names.conf"));
    arguments.addAll(List.of(more));
    Cli.Result result = shop.run(arguments.toArray(String[]::new));
    assertThat(result.exit()).as(result.toString()).isZero();
    return result;
  }

  @Test
  @Order(1)
  void theFirstSnapshotHasReasonsAndNothingToCompareWith() {
    Cli.Result result = run(FIRST);
    assertThat(result.err())
        .contains("Cannot rename segment sleepers of lens rfm: there is no segment sleepers");
    for (TableSpec table :
        List.of(
            SegmentChange.TABLE,
            SegmentLineage.TABLE,
            ShiftReason.TABLE,
            SegmentMigration.TABLE,
            SegmentOutlook.TABLE)) {
      assertThat(shop.outcome().table(table).isEmpty()).as("%s", table).isTrue();
    }
    assertThat(shop.outcome().current(MembershipReason.TABLE).count()).isEqualTo(36);
    for (Row r : clusters(MembershipReason.TABLE)) {
      double top =
          r.<Row>getList(r.fieldIndex("features")).stream().mapToDouble(f -> f.getDouble(4)).sum();
      assertThat(top + r.<Double>getAs("rest")).isCloseTo(r.getAs("margin"), within(1e-9));
      assertThat(r.<String>getAs("sentence")).contains(" rather than ", " is typical here");
    }
    assertThat(shop.outcome().current(CustomerSegment.TABLE).where("since <> as_of").isEmpty())
        .isTrue();
  }

  @Test
  @Order(2)
  void peopleNameAndMergeSegmentsAndTheirDecisionsAreKeptWithTheirDate() {
    assertThat(
            shop.outcome()
                .current(Segment.TABLE)
                .where("lens = 'rfm' AND name = 'Regulars of the week'")
                .select("segment_id", "description", "pinned")
                .collectAsList()
                .toString())
        .isEqualTo("[[rfm.champions,Now and often,false]]");
    assertThat(shop.outcome().current(Segment.TABLE).where("segment_id = 'rfm.new'").isEmpty())
        .isTrue();
    assertThat(decisions())
        .containsExactly(
            "describe champions Now and often 2026-01-01 null applied",
            "merge new promising 2025-11-30 Ada applied",
            "rename champions Regulars of the week 2026-01-01 null applied",
            "rename sleepers Nobody 2026-01-01 null Cannot rename segment sleepers of lens rfm");
  }

  private static List<String> decisions() {
    return shop.outcome().current(SegmentDecision.TABLE).collectAsList().stream()
        .map(
            r ->
                String.join(
                    " ",
                    r.getAs("decision"),
                    r.getAs("segment_id"),
                    r.getAs("value"),
                    String.valueOf(r.<Object>getAs("decided_on")),
                    r.getAs("decided_by"),
                    r.<String>getAs("outcome").replaceAll(":.*", "")))
        .sorted()
        .toList();
  }

  @Test
  @Order(3)
  void whoMovedIsExplainedAndThePartsAddUp() {
    List<String> orders = new ArrayList<>(Shop.goodOrders());
    for (int week = 1; week <= 8; week++) {
      orders.add("n" + week + ",c09,2026-0" + (1 + week / 5) + "-" + (10 + week) + ",120");
    }
    orders.add("n9,c13,2026-02-01,15");
    shop.orders(orders.toArray(String[]::new));
    List<String> customers = new ArrayList<>(Shop.goodCustomers());
    customers.add("c13,2026-01-15,FR");
    shop.customers(customers.toArray(String[]::new));
    Cli.Result result = run(SECOND);
    assertThat(result.err()).contains("behaviour keeps behaviour-20260101", "shifts");
    assertThat(decisions())
        .contains("rename champions Regulars of the week 2026-01-01 null applied");

    List<Row> shifts = shop.outcome().current(ShiftReason.TABLE).collectAsList();
    assertThat(shifts).hasSameSizeAs(shifted());
    for (Row r : shifts) {
      assertThat(
              r.<Double>getAs("customer_part")
                  + r.<Double>getAs("segment_part")
                  + r.<Double>getAs("identity_part"))
          .isCloseTo(r.<Double>getAs("total"), within(1e-9));
      assertThat(r.<Double>getAs("segment_part")).as("no refit: %s", r).isZero();
    }
    Row c09 =
        shop.outcome()
            .current(ShiftReason.TABLE)
            .where("lens = 'behaviour' AND customer_id = 'c09'")
            .first();
    assertThat(c09.<String, Double>getJavaMap(c09.fieldIndex("activity")))
        .containsEntry("orders", 8.0)
        .containsEntry("bought", 960.0)
        .containsEntry("days", 8.0);
    assertThat(c09.<String>getAs("sentence"))
        .contains(" went from ", "since 2026-01-01: ", "orders 8", "bought 960");
  }

  private static List<Row> shifted() {
    return shop.outcome()
        .current(CustomerSegment.TABLE)
        .where("previous_segment_id <> segment_id")
        .collectAsList();
  }

  @Test
  @Order(4)
  void changesMigrationAndMembershipsTellTheSame() {
    long shifts = shifted().size();
    var changes = shop.outcome().current(SegmentChange.TABLE);
    assertThat(changes.where("change = 'exit'").count()).isEqualTo(shifts);
    assertThat(changes.where("change = 'enter'").count()).as("c13 too").isEqualTo(shifts + 3);
    assertThat(
            shop.outcome()
                .current(CustomerSegment.TABLE)
                .where("(previous_segment_id <=> segment_id) <> (since < as_of)")
                .isEmpty())
        .isTrue();
    for (Row lens :
        shop.outcome()
            .current(SegmentMigration.TABLE)
            .groupBy("lens")
            .agg(Map.of("customers", "sum", "revenue_before", "sum", "revenue_after", "sum"))
            .collectAsList()) {
      assertThat(lens.<Long>getAs("sum(customers)")).isEqualTo(13);
      assertThat(lens.<Object>getAs("sum(revenue_after)").toString())
          .as("960 of c09 and 15 of c13 came in")
          .isEqualTo(
              new BigDecimal(lens.<Object>getAs("sum(revenue_before)").toString())
                  .add(new BigDecimal("975"))
                  .toString());
    }
    Row shares =
        shop.outcome()
            .current(SegmentOutlook.TABLE)
            .where("lens = 'behaviour'")
            .selectExpr("sum(share)", "sum(expected_next_share)", "sum(steady_state_share)")
            .first();
    for (int i = 0; i < 3; i++) {
      assertThat(shares.getDouble(i)).isCloseTo(1, within(1e-9));
    }
  }

  @Test
  @Order(5)
  void theSameRunOnOtherPartitionsGivesTheSameRows() {
    Map<String, List<String>> first = rows(SECOND, 1);
    run(SECOND, "--set", "spark.shuffle-partitions=8");
    assertThat(rows(SECOND, 2)).isEqualTo(first);
  }

  private static Map<String, List<String>> rows(String asOf, int revision) {
    Map<String, List<String>> rows = new TreeMap<>();
    for (TableSpec table : MEMBERSHIP) {
      rows.put(
          table.name(), Outcome.texts(shop.outcome().snapshot(table, asOf, revision), "revision"));
    }
    return rows;
  }

  @Test
  @Order(6)
  void aRefitKeepsIdsAndSaysWhatBecameOfSegments() {
    List<String> before = ids();
    Cli.Result result = run(THIRD);
    assertThat(result.err()).contains("behaviour fitted");
    List<Row> links = clusters(SegmentLineage.TABLE);
    assertThat(links).isNotEmpty();
    List<String> survived =
        links.stream()
            .filter(r -> r.getAs("event").equals("survived"))
            .map(r -> r.<String>getAs("segment_id"))
            .toList();
    assertThat(survived).isNotEmpty().isSubsetOf(before).isSubsetOf(ids());
    for (Row r : shop.outcome().current(ShiftReason.TABLE).collectAsList()) {
      assertThat(
              r.<Double>getAs("customer_part")
                  + r.<Double>getAs("segment_part")
                  + r.<Double>getAs("identity_part"))
          .isCloseTo(r.<Double>getAs("total"), within(1e-9));
    }
  }

  private static List<String> ids() {
    return clusters(Segment.TABLE).stream().map(r -> r.<String>getAs("segment_id")).toList();
  }

  private static List<Row> clusters(TableSpec table) {
    return shop.outcome().current(table).where("lens = 'behaviour'").collectAsList();
  }

  @Test
  @Order(7)
  void everyDateCanBeAskedForAfterwards() {
    String query =
        "SELECT cast(as_of AS string) AS day, segment_id FROM history_customer_segment"
            + " WHERE lens = 'rfm' AND customer_id = 'c01' ORDER BY day";
    String history = query(query);
    assertThat(history).contains(FIRST, SECOND, THIRD);
    assertThat(history.lines()).as("one row per date").hasSize(5);
    assertThat(
            query(
                "SELECT map('a', 1) AS m, array(1, NULL) AS m, struct(2 AS b, 'c' AS d) AS s,"
                    + " unhex('CAFE') AS x, 1.50 AS n FROM current_segment LIMIT 1"))
        .contains("{a -> 1}  [1, null]  {2, c}  CAFE  1.50");
  }

  private static String query(String sql) {
    Cli.Result result = Cli.run(List.of("query", "--set", "output.root=" + folder + "/out", sql));
    assertThat(result.exit()).as(result.toString()).isZero();
    return result.out();
  }

  @Test
  @Order(8)
  void whoIsForgottenIsInNoneOfTheTables() throws IOException {
    Path secret = folder.resolve("secret.conf");
    Files.writeString(secret, "stratify.erasure.secret = at least sixteen characters");
    Cli.Result forgotten =
        Cli.run(
            List.of(
                "forget",
                "--conf",
                folder + "/shop.conf",
                "--conf",
                secret.toString(),
                "--customer",
                "c09"));
    assertThat(forgotten.exit()).as(forgotten.toString()).isZero();
    for (TableSpec table : MEMBERSHIP) {
      if (!CustomerIds.in(table).isEmpty()) {
        assertThat(shop.outcome().table(table).where("customer_id = 'c09'").isEmpty())
            .as("%s", table)
            .isTrue();
      }
    }
  }
}
