package io.stratify.jobs.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.delta.tables.DeltaTable;
import io.stratify.common.config.RefitConfig;
import io.stratify.common.tables.CustomerDay;
import io.stratify.common.tables.CustomerFeatures;
import io.stratify.common.tables.CustomerSegment;
import io.stratify.common.tables.Customers;
import io.stratify.common.tables.Orders;
import io.stratify.common.tables.Publication;
import io.stratify.common.tables.Quarantine;
import io.stratify.common.tables.RunLog;
import io.stratify.common.tables.Segment;
import io.stratify.common.tables.SegmentLineage;
import io.stratify.common.tables.SegmentationHealth;
import io.stratify.jobs.Pipeline;
import io.stratify.jobs.cli.Cli;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Unusual but sound input, and what happens from run to run, on a shop of twelve customers. */
class ShopEndToEndTest {
  private static final String[] ONLY_RULES = {"--set", "segments.behaviour.enabled=false"};

  @TempDir Path folder;
  private Shop shop;

  @BeforeEach
  void open() {
    shop = Shop.open(folder);
  }

  private Cli.Result run(int exit, String... more) {
    Cli.Result result = shop.run(more);
    assertThat(result.exit()).as(result.toString()).isEqualTo(exit);
    return result;
  }

  private Cli.Result runUntilFeatures() {
    return run(0, "--to", "features");
  }

  /** The features of one customer. */
  private Row features(String customer) {
    List<Row> rows =
        shop.outcome()
            .table(CustomerFeatures.TABLE)
            .where("customer_id = '" + customer + "'")
            .collectAsList();
    assertThat(rows).as("rows of %s", customer).hasSize(1);
    return rows.get(0);
  }

  private Map<String, String> publishedSegmentations() {
    return shop.outcome()
        .table(Publication.TABLE)
        .orderBy(Publication.AS_OF.col().desc(), Publication.REVISION.col().desc())
        .first()
        .getJavaMap(4);
  }

  @Test
  void aChampionIsKeptUntilItIsDueAndWhereItsSuccessorFailsAGate() {
    run(0);
    Map<String, String> first = publishedSegmentations();
    assertThat(first).containsEntry("behaviour", "behaviour-20260101");

    // A day short of three months it is too young for a refit.
    Cli.Result kept = run(0, "--as-of", "2026-03-31");
    assertThat(kept.err()).contains("behaviour keeps behaviour-20260101");
    assertThat(publishedSegmentations()).isEqualTo(first);
    List<String> segments =
        Outcome.texts(shop.outcome().current(Segment.TABLE).select("segment_id", "name"));
    assertThat(segments)
        .isEqualTo(
            Outcome.texts(
                shop.outcome()
                    .snapshot(Segment.TABLE, "2026-01-01", 1)
                    .select("segment_id", "name")));

    // Three months later it is due, but the gate asks for more than a third of twelve customers.
    Cli.Result failed =
        run(
            3,
            "--as-of",
            "2026-04-01",
            "--set",
            "validation.min-share=0.34",
            "--set",
            "validation.min-segments=2");
    assertThat(failed.err())
        .contains("behaviour fitted", "behaviour-20260401 smallest segment share is")
        .contains("must be at least 0.34", "gates kept the champion of behaviour");
    assertThat(publishedSegmentations()).containsEntry("behaviour", "behaviour-20260101");
    assertThat(shop.outcome().current(Segment.TABLE).where("provisional").isEmpty()).isTrue();
    assertThat(failed.out()).doesNotContain("provisional");

    Cli.Result refitted = run(0, "--as-of", "2026-04-02");
    assertThat(refitted.err()).contains("behaviour fitted");
    assertThat(publishedSegmentations()).containsEntry("behaviour", "behaviour-20260402");

    // A run of a past day is published, but readers stay with the newest day.
    Map<String, List<String>> seen = shop.outcome().seenByReaders();
    run(0, "--as-of", "2025-12-01");
    Map<String, List<String>> after = shop.outcome().seenByReaders();
    assertThat(after.remove("publication")).hasSize(5);
    seen.remove("publication");
    assertThat(after).isEqualTo(seen);
    theRunsCanBeLookedUp();
  }

  @Test
  void theLogOfAnEarlierVersionIsGoneOnWith() {
    run(0);
    String log = shop.outcome().root().resolve(RunLog.TABLE.name()).toString();
    Dataset<Row> rows = SharedSpark.session().read().format("delta").load(log);
    rows = rows.drop(RunLog.SETTINGS_HASH.name());
    List<Row> kept = rows.collectAsList();
    DeltaTable.replace(SharedSpark.session())
        .location(log)
        .addColumns(rows.schema())
        .partitionedBy(RunLog.TABLE.partition().toArray(String[]::new))
        .property("stratify.table", RunLog.TABLE.name())
        .execute();
    SharedSpark.session()
        .createDataFrame(kept, rows.schema())
        .write()
        .format("delta")
        .mode("append")
        .save(log);
    Cli.Result next = run(0, "--as-of", "2026-01-02");
    assertThat(next.err())
        .contains("an earlier version wrote run_log: columns added")
        .doesNotContain("cannot be written");
    assertThat(shop.outcome().table(RunLog.TABLE).count()).isEqualTo(2L * Pipeline.JOBS.size());
  }

  private void theRunsCanBeLookedUp() {
    List<Row> log = shop.outcome().table(RunLog.TABLE).orderBy("started_at").collectAsList();
    assertThat(log).hasSize(5 * Pipeline.JOBS.size());
    assertThat(log.get(0).<String, Long>getJavaMap(log.get(0).fieldIndex("rows_in")))
        .isEqualTo(Map.of("source.customers", 12L, "source.orders", 64L));
    Row features = log.get(2);
    assertThat(features.getJavaMap(features.fieldIndex("rows_in"))).containsEntry("customers", 12L);
    assertThat(features.getJavaMap(features.fieldIndex("rows_out")))
        .containsEntry("customer_features", 12L);
    assertThat(features.getJavaMap(features.fieldIndex("versions_written")))
        .containsEntry("customer_features", 1L);
    String root = "output.root=" + shop.outcome().root();
    String run = log.get(0).getAs("run_id");

    Cli.Result runs = Cli.run(List.of("runs", "--last", "3", "--set", root));
    assertThat(runs.out()).contains("2026-04-01 revision 1", "9 of 9", "gate failed", "done");
    assertThat(runs.out().lines()).hasSize(5);
    List<String> lines =
        Cli.run(List.of("runs", "--last", "3", "--json", "--set", root)).out().lines().toList();
    assertThat(lines).hasSize(3);
    assertThat(lines.get(0))
        .contains("\"as_of\":\"2026-04-01\",\"revision\":1,\"status\":\"gate failed\"")
        .contains("\"jobs_done\":9,\"jobs\":9,\"error\":null,\"run_log\":[{\"run_id\"");
    assertThat(Cli.run(List.of("runs", run, "--json", "--set", root)).out())
        .contains("\"rows_in\":{", "\"source.orders\":64", "\"settings_hash\":\"");
    Cli.Result one = Cli.run(List.of("runs", run, "--set", root));
    assertThat(one.out()).contains("Run " + run, "source.orders", "customer_features", " MB");
    Cli.Result history = Cli.run(List.of("history-of", "orders", "--set", root));
    assertThat(history.out())
        .contains(run + "  conform  WRITE", " written  removed  as of ")
        .containsPattern("64 +2026-01-01 revision 1");
    assertThat(history.out().lines()).hasSize(7);
    Cli.Result unknown = Cli.run(List.of("history-of", "odrers", "--set", root));
    assertThat(unknown.exit()).isEqualTo(2);
    assertThat(unknown.err()).contains("There is no table odrers. Did you mean orders?");
    Cli.Result doctor = Cli.run(List.of("doctor", "--conf", folder + "/shop.conf"));
    assertThat(doctor.exit()).as(doctor.toString()).isZero();
    assertThat(doctor.out()).contains("A run can begin.").doesNotContain("FAILS");
  }

  @Test
  void aFeatureOfOnesOwnThatIsRenamedCostsNeitherIdsNorTheOtherLenses() {
    run(0, measuring("big"));
    List<String> ids = idsOf("behaviour");
    run(0, measuring("large", "--as-of", "2026-01-02"));
    assertThat(publishedSegmentations()).containsEntry("behaviour", "behaviour-20260102");
    assertThat(idsOf("behaviour")).isEqualTo(ids);
    assertThat(
            Outcome.texts(
                shop.outcome()
                    .current(SegmentLineage.TABLE)
                    .where("lens = 'behaviour'")
                    .select("event")
                    .distinct()))
        .containsExactly("{\"event\":\"survived\"}");
    String[] gate = {"--set", "validation.min-share=0.34", "--set", "validation.min-segments=2"};
    List<String> third = new ArrayList<>(List.of(gate));
    third.addAll(List.of("--as-of", "2026-01-03"));
    Cli.Result lost = run(3, measuring("largest", third.toArray(String[]::new)));
    assertThat(lost.err())
        .contains("lens behaviour loses its champion behaviour-20260102, of which features no")
        .contains("that one is published as provisional", "promote behaviour-20260103")
        .contains("provisional since a gate failed and there is no champion to keep: behaviour")
        .doesNotContain("kept the champion");
    assertThat(publishedSegmentations()).containsOnlyKeys("rfm", "value", "behaviour");
    assertThat(idsOf("behaviour")).as("also of what failed a gate").isEqualTo(ids);

    List<String> fourth = new ArrayList<>(List.of(gate));
    fourth.addAll(
        List.of("--as-of", "2026-01-04", "--set", "validation.publish-provisional=false"));
    run(3, measuring("greatest", fourth.toArray(String[]::new)));
    assertThat(publishedSegmentations()).containsOnlyKeys("rfm", "value");
    String[] daily = {"--as-of", "2026-01-05", "--set", "segments.refit-every=never"};
    run(0, measuring("greatest", daily));
    assertThat(publishedSegmentations())
        .as("what is never fitted anew has none, and is fitted")
        .containsEntry("behaviour", "behaviour-20260105");
  }

  private static String[] measuring(String feature, String... more) {
    List<String> all = new ArrayList<>(List.of(more));
    all.addAll(
        List.of(
            "--set",
            "features.custom=[{ name = "
                + feature
                + ", doc = \"largest order\", group = value, sql = \"max(gross_amount)\" }]",
            "--set",
            "segments.behaviour.features=[frequency, " + feature + "]",
            "--set",
            "segments.behaviour.max-correlation=1"));
    return all.toArray(String[]::new);
  }

  private List<String> idsOf(String lens) {
    return Outcome.texts(
        shop.outcome().current(Segment.TABLE).where("lens = '" + lens + "'").select("segment_id"));
  }

  @Test
  void whatFailedAGateStaysProvisionalUntilPeopleChooseIt() {
    run(3, "--set", "validation.min-share=0.34", "--set", "validation.min-segments=2");
    assertThat(shop.run("--as-of", "2026-01-02").exit()).as("nothing new failed").isNotEqualTo(3);
    assertThat(shop.outcome().current(Segment.TABLE).where("provisional").count()).isEqualTo(3);
    List<String> promote =
        List.of(
            "segmentations",
            "promote",
            "behaviour-20260101",
            "--set",
            "output.root=" + folder + "/out");
    Cli.Result promoted = Cli.run(promote);
    assertThat(promoted.exit()).as(promoted.toString()).isZero();
    assertThat(Cli.run(promote).err()).contains("is the champion of lens behaviour already");
    shop.run("--as-of", "2026-01-03");
    assertThat(shop.outcome().current(Segment.TABLE).where("provisional").count()).isZero();
    assertThat(publishedSegmentations()).containsEntry("behaviour", "behaviour-20260101");
  }

  @Test
  void aFirstSegmentationThatFailsAGateIsProvisionalOrLeftOut() {
    String[] gate = {
      "--set",
      "validation.min-share=0.34",
      "--set",
      "output.root=" + folder + "/out",
      "--set",
      "validation.min-segments=2"
    };
    Cli.Result provisional = run(3, gate);
    assertThat(provisional.out())
        .contains("Lens behaviour")
        .contains("provisional: it failed a gate, and none that passed has taken its place");
    assertThat(provisional.err())
        .contains("provisional since a gate failed and there is no champion to keep: behaviour")
        .doesNotContain("kept the champion");
    assertThat(shop.outcome().current(Segment.TABLE).where("provisional").count()).isEqualTo(3);
    Cli.Result list = Cli.run(List.of("segmentations", "list", gate[2], gate[3]));
    assertThat(list.out().lines().filter(l -> l.contains("behaviour-20260101")))
        .singleElement()
        .asString()
        .contains("champion", "nobody, a gate failed");

    List<String> strict = new ArrayList<>(List.of(gate));
    strict.addAll(List.of("--set", "validation.publish-provisional=false"));
    Cli.Result leftOut = run(3, strict.toArray(String[]::new));
    assertThat(leftOut.err())
        .contains("smallest segment share")
        .contains("left out since a gate failed and there is no champion to keep: behaviour");
    assertThat(publishedSegmentations()).containsOnlyKeys("rfm", "value");
    assertThat(shop.outcome().current(CustomerSegment.TABLE).count()).isEqualTo(24);
    assertThat(leftOut.out()).doesNotContain("Lens behaviour");
  }

  @Test
  void aRunThatOnlyAssignsSaysWhenTheSegmentationNoLongerFits() {
    run(0);
    // Twelve customers are too few for a drift, but some lie between two segments.
    String[] sure = {"--as-of", "2026-03-31", "--set", "validation.health.confidence=1"};
    Cli.Result unsure = run(4, sure);
    assertThat(unsure.err())
        .contains("refit proposed for behaviour: confidence 0.", "must be at least 1.0")
        .contains("to fit lens behaviour anew, run with " + RefitConfig.anew("behaviour"));
    assertThat(publishedSegmentations()).containsEntry("behaviour", "behaviour-20260101");
    assertThat(
            shop.outcome()
                .current(SegmentationHealth.TABLE)
                .where("lens = 'behaviour' AND verdict = 'refit proposed'")
                .count())
        .isPositive();
    List<String> anew = new ArrayList<>(List.of(sure));
    anew.addAll(List.of(RefitConfig.anew("behaviour").split(" ", 3)).subList(0, 2));
    Cli.Result fitted = run(0, anew.toArray(String[]::new));
    assertThat(fitted.err()).contains("behaviour fitted").doesNotContain("refit proposed");
  }

  @Test
  void oneCustomerAloneIsInTheSegmentsOfLensesThatNeedNoOther() {
    shop.customers("c01,2025-01-01,FR").orders("o1,c01,2025-03-01,10");
    String why =
        "lens behaviour is left out: Cannot fit lens behaviour: there is one customer only";
    Cli.Result none =
        run(1, "--set", "segments.rfm.enabled=false", "--set", "segments.value.enabled=false");
    assertThat(none.err())
        .contains(why, "every lens is left out", "nothing was published", "segments.rfm.enabled");
    assertThat(run(0).err()).contains(why);
    assertThat(publishedSegmentations()).containsOnlyKeys("rfm", "value");
    assertThat(shop.outcome().current(CustomerSegment.TABLE).count()).isEqualTo(2);
  }

  @Test
  void aConstantFeatureIsLeftOutAndSaidSo() {
    shop.orders(
        Shop.goodOrders().stream().map(r -> r.replaceAll("[0-9.]+$", "10")).toArray(String[]::new));
    Cli.Result result = run(0);
    assertThat(result.err()).contains("lens behaviour leaves out avg_order: it is constant");
    assertThat(shop.outcome().current(CustomerSegment.TABLE).where("lens = 'behaviour'").count())
        .isEqualTo(12);
  }

  @Test
  void oneCustomerHasSegmentsByRules() {
    shop.customers("c01,2025-01-01,FR").orders("o1,c01,2025-03-01,10");
    Cli.Result result = run(0, ONLY_RULES);
    assertThat(result.out()).contains("100.0 %");
    assertThat(shop.outcome().current(CustomerSegment.TABLE).collectAsList())
        .extracting(r -> r.getAs("lens") + " " + r.getAs("segment_id"))
        .containsExactlyInAnyOrder("rfm rfm.new", "value value.high");
  }

  @Test
  void moneyThatIsNegativeIsNettedAndMoneyThatIsNoNumberIsQuarantined() {
    shop.orders(
        "o1,c01,2025-03-01,100.00",
        "o2,c01,2025-03-02,-30.00",
        "o3,c02,2025-03-01,-5.50",
        "o4,c03,2025-03-01,NaN",
        "o5,c03,2025-03-02,Infinity",
        "o6,c03,2025-03-03,\"1,234.50\"",
        "o7,c03,2025-03-04,7.25",
        "o8,c04,2025-03-01,1");
    runUntilFeatures();
    assertThat(features("c01").getDecimal(features("c01").fieldIndex("monetary_net")))
        .isEqualByComparingTo("70");
    assertThat(features("c01").<Long>getAs("frequency")).isEqualTo(1);
    assertThat(features("c01").<Double>getAs("return_share")).isEqualTo(0.3);
    assertThat(features("c02").<BigDecimal>getAs("monetary_net")).isEqualByComparingTo("-5.5");
    assertThat(features("c02").<Long>getAs("frequency")).isZero();
    assertThat(features("c02").<Integer>getAs("r_score")).isNull();
    assertThat(features("c03").<BigDecimal>getAs("monetary_net")).isEqualByComparingTo("7.25");
    assertThat(shop.outcome().table(Quarantine.TABLE).collectAsList())
        .extracting(r -> r.<String>getAs("rule"))
        .containsOnly("amount is not a DECIMAL(18,4)")
        .hasSize(3);
  }

  @Test
  void strangeCharactersArriveAsTheyAre() {
    String quoted = "O\"Brien, \"Bob\"";
    String emoji = "zoë 🙂 名前";
    String broken = "two\nlines";
    shop.customers(
        "\"O\"\"Brien, \"\"Bob\"\"\",2025-01-01,\"Côte d'Ivoire\"",
        emoji + ",2025-01-01,FR",
        "\"" + broken + "\",2025-01-01,FR");
    shop.orders(
        "o1,\"O\"\"Brien, \"\"Bob\"\"\",2025-03-01,10",
        "o2," + emoji + ",2025-03-01,20",
        "o3,\"" + broken + "\",2025-03-02,30");
    run(0, ONLY_RULES);
    assertThat(
            shop.outcome().current(CustomerSegment.TABLE).where("lens = 'value'").collectAsList())
        .extracting(r -> r.<String>getAs("customer_id"))
        .containsExactlyInAnyOrder(quoted, emoji, broken);
    assertThat(shop.outcome().table(Customers.TABLE).collectAsList())
        .extracting(r -> r.<String>getAs("country"))
        .contains("Côte d'Ivoire");
  }

  @Test
  void factsOnOrAfterTheAsOfDateDoNotCount() {
    shop.orders(
        "o1,c01,2025-12-31 23:59:59,10",
        "o2,c01,2026-01-01 00:00:00,1000",
        "o3,c02,2027-06-01 12:00:00,1000",
        "o4,c03,2025-12-30 00:00:00,5");
    shop.customers("c01,2025-01-01,FR", "c02,,FR", "c03,2025-01-01,FR", "c04,2026-05-01,FR");
    runUntilFeatures();
    assertThat(features("c01").<BigDecimal>getAs("monetary_net")).isEqualByComparingTo("10");
    assertThat(features("c01").<Integer>getAs("recency_days")).isEqualTo(1);
    assertThat(shop.outcome().table(CustomerFeatures.TABLE).collectAsList())
        .as("c02 has only bought and c04 only signed up after the as-of date")
        .extracting(r -> r.<String>getAs("customer_id"))
        .containsExactlyInAnyOrder("c01", "c03");
  }

  @Test
  void fiftyThousandOrdersOfOneCustomerAreOneCustomer() {
    List<String> rows = new ArrayList<>(Shop.goodOrders());
    IntStream.range(0, 50_000)
        .forEach(
            i ->
                rows.add(
                    String.format(
                        java.util.Locale.ROOT,
                        "big%d,c01,2025-%02d-%02d,1",
                        i,
                        1 + i % 12,
                        1 + i % 28)));
    shop.orders(rows.toArray(String[]::new));
    runUntilFeatures();
    // 12 orders of 101 and 50,000 of 1; 12 and 28 share the divisor 4: 84 days of the calendar.
    assertThat(features("c01").<Long>getAs("frequency")).isEqualTo(50_012);
    assertThat(features("c01").<BigDecimal>getAs("monetary_net")).isEqualByComparingTo("51212");
    assertThat(shop.outcome().table(CustomerDay.TABLE).where("customer_id = 'c01'").count())
        .isEqualTo(distinctDays(rows));
  }

  private static long distinctDays(List<String> orders) {
    return orders.stream()
        .map(r -> r.split(",", -1))
        .filter(r -> r[1].equals("c01"))
        .map(r -> r[2].substring(0, 10))
        .distinct()
        .count();
  }

  @Test
  void timesWithoutAZoneAreTimesOfTheConfiguredZone() {
    shop.orders(
        "o1,c01,2025-06-30 21:30:00,10", // 01:30 of the next day in UTC
        "o2,c02,2025-06-30 21:30:00Z,10", // says its zone
        "o3,c03,2025-06-30 10:00:00,10");
    run(0, "--to", "features", "--set", "conform.time-zone=America/New_York");
    assertThat(days()).containsExactly("c01 2025-07-01", "c02 2025-06-30", "c03 2025-06-30");
    assertThat(
            shop.outcome()
                .table(Orders.TABLE)
                .where("order_id = 'o1'")
                .selectExpr("CAST(unix_timestamp(ordered_at) AS BIGINT)")
                .first()
                .getLong(0))
        .isEqualTo(java.time.Instant.parse("2025-07-01T01:30:00Z").getEpochSecond());
    run(0, "--to", "features");
    assertThat(days()).containsExactly("c01 2025-06-30", "c02 2025-06-30", "c03 2025-06-30");
  }

  private List<String> days() {
    return shop.outcome().table(CustomerDay.TABLE).collectAsList().stream()
        .map(r -> r.getAs("customer_id") + " " + r.getAs("day"))
        .sorted()
        .toList();
  }
}
