package io.stratify.jobs.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.stratify.common.config.InputConfig;
import io.stratify.common.tables.CustomerDay;
import io.stratify.common.tables.CustomerFeatures;
import io.stratify.common.tables.CustomerIds;
import io.stratify.common.tables.CustomerSegment;
import io.stratify.common.tables.Customers;
import io.stratify.common.tables.Forgotten;
import io.stratify.common.tables.IdentityMap;
import io.stratify.common.tables.Inputs;
import io.stratify.common.tables.MembershipReason;
import io.stratify.common.tables.Publication;
import io.stratify.common.tables.Quarantine;
import io.stratify.common.tables.Reconciliation;
import io.stratify.common.tables.Segment;
import io.stratify.common.tables.SegmentChange;
import io.stratify.common.tables.SegmentKpi;
import io.stratify.common.tables.SegmentLineage;
import io.stratify.common.tables.SegmentMigration;
import io.stratify.common.tables.SegmentOutlook;
import io.stratify.common.tables.SegmentProfile;
import io.stratify.common.tables.SegmentProposal;
import io.stratify.common.tables.SegmentationDecision;
import io.stratify.common.tables.ShiftReason;
import io.stratify.common.tables.Slice;
import io.stratify.common.tables.TableSpec;
import io.stratify.common.tables.Tables;
import io.stratify.jobs.cli.Cli;
import io.stratify.jobs.demo.DemoSpec;
import io.stratify.jobs.demo.DemoWarehouse;
import io.stratify.jobs.demo.DirtyRow;
import io.stratify.jobs.segments.RandIndex;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** One run of the demo, and everything that must be true of it. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DemoEndToEndTest {
  private static final int CUSTOMERS = 3000;
  private static final String END = "2026-01-01";
  private static final DemoSpec SPEC = new DemoSpec(CUSTOMERS, 24, LocalDate.parse(END), 42);
  private static final List<String> LENSES =
      List.of("behaviour", "demographic", "firmographic", "lifecycle", "needs", "rfm", "value");

  /** What a run says about customers; equal inputs must give equal rows. */
  private static final List<TableSpec> RESULTS =
      List.of(
          CustomerSegment.TABLE,
          MembershipReason.TABLE,
          Segment.TABLE,
          SegmentProfile.TABLE,
          SegmentKpi.TABLE);

  /** The tables that need a snapshot published before, a decision of people, or bad segments. */
  private static final List<TableSpec> LATER =
      List.of(
          Forgotten.TABLE,
          SegmentationDecision.TABLE,
          SegmentProposal.TABLE,
          SegmentChange.TABLE,
          SegmentLineage.TABLE,
          ShiftReason.TABLE,
          SegmentMigration.TABLE,
          SegmentOutlook.TABLE);

  /** Of 3,000 customers 300 gave answers: halves of them agree less than those of all. */
  private static final String FEW_ANSWERS = "validation.lenses.needs.prediction-strength=0.7";

  @TempDir static Path folder;
  private static SparkSession spark;
  private static Outcome demo;
  private static Cli.Result result;

  /** Persons whose data may be used: what the run has to segment. */
  private static long customers;

  @BeforeAll
  static void runTheDemo() {
    spark = SharedSpark.compiled();
    demo = new Outcome(folder.resolve("demo"));
    result =
        Cli.run(
            List.of(
                "demo",
                "--customers",
                String.valueOf(CUSTOMERS),
                "--set",
                "output.root=" + demo.root(),
                "--set",
                "spark.shuffle-partitions=2",
                "--set",
                FEW_ANSWERS));
    assertThat(result.exit()).as(result.toString()).isZero();
    customers =
        answers(DemoWarehouse.ANSWER_CONSENTS)
            .where("analytics = 'granted' AND coalesce(analytics_later, '') <> 'withdrawn'")
            .count();
    assertThat(customers).isBetween(CUSTOMERS / 10 * 9L, CUSTOMERS - 1L);
  }

  private static Dataset<Row> answers(String table) {
    return spark.read().parquet(demo.root() + "/answers/" + table);
  }

  @Test
  @Order(1)
  void publishesOneSnapshotWithSevenLenses() {
    List<Row> publications = demo.table(Publication.TABLE).collectAsList();
    assertThat(publications).hasSize(1);
    assertThat(publications.get(0).getAs("as_of").toString()).isEqualTo(END);
    assertThat(publications.get(0).<Integer>getAs("revision")).isEqualTo(1);
    assertThat(publications.get(0).<String, String>getJavaMap(4).keySet())
        .containsExactlyInAnyOrderElementsOf(LENSES);
    assertThat(publications.get(0).getList(5)).isEmpty();
    assertThat(result.err()).contains("2026-01-01 revision 1", "readers now see");
    assertThat(result.out())
        .contains("Lens behaviour as of 2026-01-01", "Lens rfm", "Lens value", "Books")
        .contains("Quarantine", "current_segment")
        .doesNotContain("provisional", " NO");
  }

  @Test
  @Order(1)
  void noTableIsEmpty() {
    demo.assertNoTableIsBroken();
    assertThat(Tables.ALL)
        .filteredOn(t -> !LATER.contains(t) && t.slice() != Slice.AS_OF_DATES)
        .allSatisfy(t -> assertThat(demo.table(t).isEmpty()).as("%s", t).isFalse());
  }

  @Test
  @Order(1)
  void theBooksHoldExactlyTheDirtyRowsOfTheWarehouse() {
    Map<DirtyRow, Long> dirt = DemoWarehouse.of(spark, SPEC).dirtyRows();
    assertThat(dirt.values()).allMatch(n -> n > 0);
    assertThat(DemoDirt.unknown()).isEmpty();
    Map<List<String>, Long> expected = DemoDirt.quarantined(dirt);
    // Where nobody is withheld, no dirty row is withheld in place of being quarantined.
    Outcome open = new Outcome(folder.resolve("open"));
    List<String> arguments = new ArrayList<>(again(open, "consent.without-decision=granted"));
    arguments.set(0, "conform");
    arguments.addAll(List.of("--set", "consent.purpose=no such purpose"));
    for (String table : DemoWarehouse.of(spark, SPEC).tables().keySet()) {
      String path = demo.root() + "/source/" + table;
      arguments.addAll(List.of("--set", "sources." + table + ".path=" + path));
    }
    arguments.addAll(List.of("--set", "conform.max-quarantine-share=1"));
    Cli.Result conformed = Cli.run(arguments);
    assertThat(conformed.exit()).as(conformed.toString()).isZero();

    Map<List<String>, Long> found = new HashMap<>();
    open.table(Quarantine.TABLE).groupBy("input", "rule").count().collectAsList().stream()
        .forEach(r -> found.put(List.of(r.getString(0), r.getString(1)), r.getLong(2)));
    Long kiosk =
        found.remove(
            List.of("identities", "more than 20 customers are linked, so they are not one person"));
    assertThat(kiosk).as("40 phones, and the other keys of their customers").isBetween(40L, 120L);
    assertThat(found).isEqualTo(expected);

    for (Row b : open.table(Reconciliation.TABLE).collectAsList()) {
      String input = b.getAs("input");
      assertThat(b.<Long>getAs("rows_withheld")).as("%s withheld", input).isZero();
      assertThat(b.<Long>getAs("rows_duplicate"))
          .as("%s twice", input)
          .isEqualTo(DemoDirt.duplicates(dirt).getOrDefault(input, 0L));
    }
  }

  @Test
  @Order(1)
  void everyRowOfTheWarehouseIsAccountedFor() {
    List<Row> books = demo.table(Reconciliation.TABLE).collectAsList();
    assertThat(books).hasSize(Inputs.ALL.size());
    for (Row b : books) {
      String input = b.getAs("input");
      if (!b.getAs("source").equals(InputConfig.CONFIGURATION)) {
        assertThat(b.<Long>getAs("rows_read"))
            .as("%s read", input)
            .isEqualTo(spark.read().parquet(demo.root() + "/source/" + b.getAs("source")).count());
      }
    }
    demo.assertTheBooksHold();
    assertThat(demo.table(Customers.TABLE).count()).isEqualTo(customers);
  }

  @Test
  @Order(1)
  void everyPersonIsFoundBehindHisIds() {
    Dataset<Row> truth = answers(DemoWarehouse.ANSWER_IDENTITIES);
    Dataset<Row> map =
        demo.table(IdentityMap.TABLE).select("customer_id", "canonical_id").toDF("id", "canonical");
    List<Row> persons =
        truth
            .join(map, truth.col("customer_id").equalTo(map.col("id")), "left")
            .selectExpr("person", "coalesce(canonical, customer_id) AS found")
            .collectAsList();
    assertThat(RandIndex.adjusted(codes(persons, 0), codes(persons, 1))).isEqualTo(1);
    assertThat(demo.table(IdentityMap.TABLE).count())
        .isEqualTo(truth.count() - truth.select("person").distinct().count());
  }

  /** Only the map of ids tells who is one person with him, so that he is known again. */
  @Test
  @Order(1)
  void whoIsWithheldIsInNoTable() {
    Dataset<Row> named =
        CustomerIds.PLACES.stream()
            .filter(p -> demo.has(p.table()) && !p.table().equals(IdentityMap.TABLE))
            .map(DemoEndToEndTest::named)
            .reduce(Dataset::union)
            .orElseThrow();
    Dataset<Row> withheld =
        answers(DemoWarehouse.ANSWER_IDENTITIES)
            .join(
                answers(DemoWarehouse.ANSWER_CONSENTS)
                    .where(
                        "analytics = 'granted' AND coalesce(analytics_later, '') <> 'withdrawn'"),
                "person",
                "left_anti")
            .select("customer_id");
    assertThat(withheld.count()).isGreaterThan(CUSTOMERS - customers);
    assertThat(
            named.join(withheld, "customer_id").distinct().collectAsList().stream()
                .map(Row::toString))
        .isEmpty();
  }

  /** The ids in a place; of a row of a source each value may be one. */
  private static Dataset<Row> named(CustomerIds.Place place) {
    Column values =
        place.form() == CustomerIds.Form.ID
            ? place.column().col()
            : functions.explode(
                functions.map_values(functions.expr("from_json(row, 'map<string, string>')")));
    return demo.table(place.table())
        .where(place.where())
        .select(values.as("customer_id"), functions.lit(place.table().name()).as("of"));
  }

  @Test
  @Order(1)
  void theBehaviourLensFindsThePersonas() {
    List<Row> pairs =
        demo.current(CustomerSegment.TABLE)
            .where("lens = 'behaviour'")
            .join(
                spark
                    .read()
                    .parquet(demo.root() + "/answers/" + DemoWarehouse.ANSWERS)
                    .withColumnRenamed("customer", "customer_id"),
                "customer_id")
            .select("persona", "segment_id")
            .collectAsList();
    assertThat(pairs).hasSize((int) customers);
    assertThat(RandIndex.adjusted(codes(pairs, 0), codes(pairs, 1))).isGreaterThanOrEqualTo(0.8);
  }

  private static int[] codes(List<Row> rows, int column) {
    Map<String, Integer> codes = new HashMap<>();
    return rows.stream()
        .mapToInt(r -> codes.computeIfAbsent(r.getString(column), k -> codes.size()))
        .toArray();
  }

  @Test
  @Order(1)
  void everyCustomerIsInOneSegmentOfEveryLens() {
    long memberships = demo.current(CustomerSegment.TABLE).count();
    assertThat(memberships).isEqualTo(LENSES.size() * customers);
    assertThat(demo.current(CustomerSegment.TABLE).select("lens", "customer_id").distinct().count())
        .isEqualTo(memberships);
    assertThat(
            demo.current(CustomerSegment.TABLE)
                .join(
                    demo.current(Segment.TABLE).select("lens", "segment_id"),
                    new String[] {"lens", "segment_id"},
                    "left_anti")
                .isEmpty())
        .as("every membership names a segment of its lens")
        .isTrue();
    for (Row lens :
        demo.current(Segment.TABLE)
            .groupBy("lens")
            .agg(functions.sum("share"), functions.sum("customers"))
            .collectAsList()) {
      assertThat(lens.getDouble(1)).as(lens.getString(0)).isCloseTo(1, within(1e-9));
      assertThat(lens.getLong(2)).as(lens.getString(0)).isEqualTo(customers);
    }
  }

  @Test
  @Order(1)
  void revenueOfTheSegmentsIsTheRevenueOfTheOrders() {
    Object net =
        demo.table(io.stratify.common.tables.Orders.TABLE)
            .where("ordered_at < '" + END + "'")
            .selectExpr("CAST(sum(gross_amount - returned_amount) AS DECIMAL(28, 4))")
            .first()
            .get(0);
    for (Row lens :
        demo.current(SegmentKpi.TABLE)
            .groupBy("lens")
            .agg(functions.sum("revenue").cast("decimal(28,4)"), functions.sum("revenue_share"))
            .collectAsList()) {
      assertThat(lens.get(1)).as(lens.getString(0)).isEqualTo(net);
      assertThat(lens.getDouble(2)).as(lens.getString(0)).isCloseTo(1, within(1e-5));
    }
  }

  @Test
  @Order(2)
  void theViewsThatArePrintedShowTheCurrentRows() {
    Cli.Result views = Cli.run(List.of("views", "--set", "output.root=" + demo.root()));
    assertThat(views.exit()).as(views.toString()).isZero();
    assertThat(views.out().lines().filter(s -> s.contains(" VIEW history_"))).hasSize(10);
    List<String> statements =
        views.out().lines().filter(s -> s.contains(" VIEW current_")).toList();
    assertThat(statements).hasSize(20).allMatch(s -> s.endsWith(";"));
    Map<String, List<String>> seen = new LinkedHashMap<>();
    for (String statement : statements) {
      spark.sql(statement.substring(0, statement.length() - 1));
      String view = statement.replaceAll("CREATE OR REPLACE VIEW (\\w+) .*", "$1");
      seen.put(view, Outcome.texts(spark.table(view)));
      spark.sql("DROP VIEW " + view);
    }
    Map<String, List<String>> expected = demo.seenByReaders();
    expected.remove("publication");
    assertThat(seen).containsExactlyInAnyOrderEntriesOf(expected);
  }

  @Test
  @Order(2)
  void queryPrintsRowsOfViewsAndTables() {
    Cli.Result count =
        Cli.run(
            List.of(
                "query",
                "--set",
                "output.root=" + demo.root(),
                "SELECT s.lens, count(*) AS members FROM current_customer_segment s JOIN customers"
                    + " c USING (customer_id) GROUP BY s.lens ORDER BY s.lens"));
    assertThat(count.exit()).as(count.toString()).isZero();
    assertThat(count.out().lines().map(String::strip))
        .containsExactly(
            "lens          members",
            "------------  -------",
            "behaviour        " + customers,
            "demographic      " + customers,
            "firmographic     " + customers,
            "lifecycle        " + customers,
            "needs            " + customers,
            "rfm              " + customers,
            "value            " + customers);
    assertThat(spark.catalog().tableExists("current_customer_segment"))
        .as("a query leaves no names behind in its session")
        .isFalse();
    Cli.Result limited =
        Cli.run(
            List.of(
                "query",
                "--limit",
                "2",
                "--set",
                "output.root=" + demo.root(),
                "SELECT customer_id FROM customers"));
    assertThat(limited.out().lines()).hasSize(5);
    assertThat(limited.out()).contains("more rows; raise --limit");
  }

  @Test
  @Order(2)
  void tablesPrintsEveryTableAndColumn() {
    for (List<String> arguments : List.of(List.of("tables"), List.of("tables", "--markdown"))) {
      Cli.Result dictionary = Cli.run(arguments);
      assertThat(dictionary.exit()).isZero();
      for (TableSpec table : Tables.ALL) {
        assertThat(dictionary.out()).contains(table.name(), table.doc());
        table
            .columns()
            .forEach(c -> assertThat(dictionary.out()).contains(c.name(), c.type().simpleString()));
      }
    }
    assertThat(Cli.run(List.of("tables", "--markdown")).out())
        .contains("## segment_kpi", "| column | type | null | meaning |", "| segment_id\\* |");
  }

  @Test
  @Order(2)
  void configMasksSecrets() throws IOException {
    Path crm = folder.resolve("crm.conf");
    Files.writeString(
        crm,
        """
        stratify.sources.crm {
          format = jdbc
          options {
            url = "jdbc:postgresql://reader:hunter2-hunter2@db/crm"
            password = hunter2-hunter2
            dbtable = customers
          }
        }
        """);
    List<String> arguments =
        List.of("config", "--conf", crm.toString(), "--set", "segments.seed=7");
    Cli.Result config = Cli.run(arguments);
    assertThat(config.exit()).as(config.toString()).isZero();
    assertThat(config.out())
        .contains("******", "reference.conf", "--set", "segments.seed")
        .doesNotContain("hunter2");
  }

  /** With the history made anew, so that nothing is left of the first run's partitions. */
  @Test
  @Order(3)
  void aSecondRunPublishesTheSameWhateverThePartitionsOfFilesAndShuffles() throws IOException {
    Map<String, List<String>> first = results(demo, 1);
    Files.move(demo.root().resolve(CustomerDay.TABLE.name()), folder.resolve("first-history"));
    List<String> arguments = new ArrayList<>(again(demo, "spark.shuffle-partitions=8"));
    for (String table : DemoWarehouse.of(spark, SPEC).tables().keySet()) {
      String path = folder + "/files-8/" + table;
      spark.read().parquet(demo.root() + "/source/" + table).repartition(8).write().parquet(path);
      arguments.addAll(List.of("--set", "sources." + table + ".path=" + path));
    }
    Cli.Result run = Cli.run(arguments);
    assertThat(run.exit()).as(run.toString()).isZero();
    assertThat(run.err()).contains("2026-01-01 revision 2", "first build");
    assertThat(demo.table(Publication.TABLE).count()).isEqualTo(2);
    assertThat(results(demo, 2)).isEqualTo(first);
    assertThat(results(demo, 1)).as("for whoever has begun to read it").isEqualTo(first);
    assertThat(demo.current(CustomerFeatures.TABLE).count()).isEqualTo(customers);
  }

  private static List<String> again(Outcome outcome, String setting) {
    return List.of(
        "run",
        "--conf",
        System.getenv("STRATIFY_HOME") + "/conf/demo.conf",
        "--as-of",
        END,
        "--set",
        "output.root=" + outcome.root(),
        "--set",
        FEW_ANSWERS,
        "--set",
        setting);
  }

  private static Map<String, List<String>> results(Outcome outcome, int revision) {
    Map<String, List<String>> rows = new LinkedHashMap<>();
    for (TableSpec table : RESULTS) {
      rows.put(table.name(), Outcome.texts(outcome.snapshot(table, END, revision), "revision"));
    }
    assertThat(rows.get("customer_segment")).hasSize(LENSES.size() * (int) customers);
    return rows;
  }
}
