package io.stratify.jobs.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.stratify.common.tables.CustomerFeatures;
import io.stratify.common.tables.CustomerSegment;
import io.stratify.common.tables.DataQuality;
import io.stratify.common.tables.Orders;
import io.stratify.common.tables.Quarantine;
import io.stratify.common.tables.Reconciliation;
import io.stratify.jobs.cli.Cli;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Public data sets through the shipped configurations, against their published figures. */
class PublicDataTest {
  private static final String NO_ACCENTS =
      "concat_ws(' ', source.FirstName, source.LastName, source.EmailAddress) NOT RLIKE '[À-ÿ]'";

  @TempDir Path folder;

  private static Path data(String file) {
    Path path = Path.of(System.getenv().getOrDefault("STRATIFY_DATA", "../../shared/data"), file);
    assumeTrue(
        Files.exists(path),
        () ->
            path.normalize()
                + " is missing: get the data set as its conf/*.conf says, and set STRATIFY_DATA to"
                + " its folder");
    return path;
  }

  private Outcome run(String conf, String asOf, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "run",
                "--conf",
                System.getenv().getOrDefault("STRATIFY_HOME", "..") + "/conf/" + conf,
                "--as-of",
                asOf,
                "--set",
                "output.root=" + folder,
                "--set",
                "spark.shuffle-partitions=4",
                "--set",
                "segments.behaviour.restarts=1"));
    arguments.addAll(List.of(more));
    Cli.Result result = Cli.run(arguments);
    assertThat(result.exit()).as(result.toString()).isIn(0, 3);
    Outcome outcome = new Outcome(folder);
    outcome.assertTheBooksHold();
    return outcome;
  }

  @Test
  void cdnow() {
    data("cdnow/CDNOW_master.txt");
    SharedSpark.compiled();
    Outcome cdnow = run("cdnow.conf", "1998-07-01");
    Row books = books(cdnow, "order_lines");
    assertThat(books.<Long>getAs("rows_read")).isEqualTo(69_659);
    assertThat(books.<Long>getAs("rows_conformed")).isEqualTo(69_659);
    assertThat(books.<Long>getAs("rows_duplicate")).isZero();
    assertThat(books.<Long>getAs("rows_quarantined")).isZero();
    assertThat(cdnow.current(CustomerFeatures.TABLE).count()).isEqualTo(23_570);
    assertThat(revenue(cdnow.current(CustomerFeatures.TABLE))).isEqualByComparingTo("2500315.63");
    assertThat(cdnow.current(CustomerSegment.TABLE).where("lens = 'value'").count())
        .isEqualTo(23_570);
  }

  @Test
  void onlineRetail() {
    Path files = data("online_retail/by-day");
    SharedSpark.compiled();
    Outcome retail = run("online-retail.conf", "2011-12-10");
    SparkSession spark = SharedSpark.session();
    // 305 files, which take longer to open than to read.
    Dataset<Row> source =
        spark
            .read()
            .option("header", true)
            .option("quote", "\"")
            .option("escape", "\"")
            .option("multiLine", true)
            .csv(files + "/*.csv")
            .coalesce(2)
            .cache();
    source.createOrReplaceTempView("raw_retail");
    Row raw =
        spark
            .sql(
                """
                SELECT sum(if(CustomerID IS NULL, 0, n - 1)) AS twice, sum(n - 1) AS all_twice,
                  count(CustomerID) AS different, count(DISTINCT CustomerID) AS customers,
                  count(DISTINCT InvoiceNo) AS all_invoices,
                  count(DISTINCT if(CustomerID IS NULL, null, InvoiceNo)) AS invoices,
                  count(DISTINCT if(InvoiceNo LIKE 'C%', InvoiceNo, null)) AS all_cancelled,
                  count(DISTINCT if(CustomerID IS NOT NULL AND InvoiceNo LIKE 'C%', InvoiceNo, null))
                    AS cancelled
                FROM (
                  SELECT InvoiceNo, StockCode, Description, Quantity, InvoiceDate, UnitPrice,
                    CustomerID, Country, count(*) AS n
                  FROM raw_retail GROUP BY ALL)
                """)
            .first();
    long twice = raw.getAs("twice");
    assertThat(raw.<Long>getAs("all_twice")).isEqualTo(5_268);
    assertThat(raw.<Long>getAs("all_invoices")).isEqualTo(25_900);
    assertThat(raw.<Long>getAs("all_cancelled")).isEqualTo(3_836);
    assertThat(retail.table(Orders.TABLE).count()).isEqualTo(raw.<Long>getAs("invoices"));
    assertThat(retail.table(Orders.TABLE).where("status = 'returned'").count())
        .isEqualTo(raw.<Long>getAs("cancelled"));

    Row books = books(retail, "order_lines");
    assertThat(books.<Long>getAs("rows_read")).isEqualTo(541_909);
    assertThat(books.<Long>getAs("rows_quarantined")).isEqualTo(135_080);
    assertThat(books.<Long>getAs("rows_duplicate")).isEqualTo(twice).isPositive();
    assertThat(books.<Long>getAs("rows_conformed")).isEqualTo(raw.<Long>getAs("different"));
    assertThat(books(retail, "customers").<Long>getAs("rows_read")).isEqualTo(4_380);
    assertThat(books(retail, "customers").<Long>getAs("rows_conformed")).isEqualTo(4_372);
    assertFailed(
        retail,
        Map.of(
            "customers: customer_id is not unique", 16L,
            "order_lines: customer_id is missing", 135_080L,
            "order_lines: does not hold: status <> 'returned'", 9_288L,
            "order_lines: order_id does not match C?\\d{6}", 3L,
            "order_lines: quantity is not at least 0", 10_624L,
            "order_lines: does not hold: unit_price > 0", 2_517L,
            "order_lines: product_id does not match \\d{5}[A-Za-z]*", 2_995L,
            "order_lines: does not hold: source.Description IS NOT NULL", 1_454L,
            "order_lines: does not hold: abs(quantity) < 70000", 4L,
            "order_lines: does not hold: dayofweek(ordered_at) <> 7", 0L));
    assertQuarantined(retail, Map.of("order_lines: customer_id is missing", 135_080L));
    Dataset<Row> features = retail.current(CustomerFeatures.TABLE);
    assertThat(features.count()).isEqualTo(4_372).isEqualTo(raw.<Long>getAs("customers"));

    // 12346 bought 74,215 pieces and cancelled them; 14646 is the largest customer.
    for (String customer : List.of("12346", "14646", "17850")) {
      BigDecimal expected =
          spark
              .sql(
                  "SELECT CAST(sum(CAST(Quantity AS INT) * CAST(UnitPrice AS DECIMAL(12, 4))) AS"
                      + " DECIMAL(20, 4)) FROM (SELECT DISTINCT * FROM raw_retail) WHERE CustomerID"
                      + " = '"
                      + customer
                      + ".0'")
              .first()
              .getDecimal(0);
      assertThat(revenue(features.where("customer_id = '" + customer + "'")))
          .as(customer)
          .isEqualByComparingTo(expected);
    }
    assertThat(revenue(features.where("customer_id = '12346'"))).isEqualByComparingTo("0");
    spark.catalog().dropTempView("raw_retail");
    source.unpersist();
  }

  @Test
  void adventureWorks() throws IOException {
    Path files = data("adventureworks");
    SharedSpark.interpreted();
    // Read as UTF-8 no such letter is left.
    Path accents = folder.resolve("accents.conf");
    Files.writeString(
        accents,
        "stratify.inputs.customers.rules += { rule = holds, sql = \"" + NO_ACCENTS + "\" }\n");
    Outcome works = run("adventureworks.conf", "2017-07-01", "--conf", accents.toString());
    assertThat(
            latin1(files.resolve("AdventureWorks_Customers.csv")).stream()
                .filter(line -> line.chars().anyMatch(c -> c > 127)))
        .hasSize(90);
    assertThat(works.table(Orders.TABLE).count()).isEqualTo(25_164);
    Dataset<Row> features = works.current(CustomerFeatures.TABLE);
    assertThat(features.where("frequency > 0").count()).isEqualTo(17_416);
    assertThat(revenue(features)).isEqualByComparingTo(salesAtListPrices(files));
    assertQuarantined(works, Map.of("order_lines: customer_id is missing", 1_809L));
    Row lines = books(works, "order_lines");
    assertThat(lines.<Long>getAs("rows_read")).isEqualTo(56_046 + 1_809);
    assertThat(lines.<Long>getAs("rows_conformed")).isEqualTo(56_046);
    assertThat(lines.<Long>getAs("rows_quarantined")).as("returns of nobody").isEqualTo(1_809);
    assertThat(books(works, "customers").<Long>getAs("rows_conformed")).isEqualTo(18_148);
    assertFailed(
        works,
        Map.of(
            "customers: does not hold: " + NO_ACCENTS,
            90L,
            "customers: gender is missing",
            130L,
            "customers: does not hold: source.Prefix IS NOT NULL",
            130L,
            "customers: does not hold: try_cast(source.AnnualIncome AS DECIMAL) IS NOT NULL",
            18_148L,
            "customers: birth_year is not from 1900 to 2000",
            0L,
            "order_lines: customer_id is missing",
            1_809L,
            "order_lines: product_id is not in products",
            0L,
            "order_lines: order_id, line_id is not unique",
            0L,
            "order_lines: does not hold: year(to_date(source.StockDate, 'dd-MM-yyyy')) >= 2010",
            56_046L));
  }

  /** Sales name no price: that of the product counts, its last column. */
  private static BigDecimal salesAtListPrices(Path files) throws IOException {
    Map<String, BigDecimal> prices = new HashMap<>();
    for (String line : latin1(files.resolve("AdventureWorks_Products.csv"))) {
      String price = line.substring(line.lastIndexOf(',') + 1);
      prices.put(line.substring(0, line.indexOf(',')), new BigDecimal(price));
    }
    BigDecimal sum = BigDecimal.ZERO;
    for (int year = 2015; year <= 2017; year++) {
      for (String line : latin1(files.resolve("AdventureWorks_Sales_" + year + ".csv"))) {
        List<String> sale = Arrays.asList(line.split(",", -1));
        sum = sum.add(prices.get(sale.get(3)).multiply(new BigDecimal(sale.get(7))));
      }
    }
    return sum;
  }

  /** The lines below the header. */
  private static List<String> latin1(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file, StandardCharsets.ISO_8859_1);
    return lines.subList(1, lines.size());
  }

  @Test
  void ravenStack() {
    data("ravenstack");
    SharedSpark.interpreted();
    Outcome stack = run("ravenstack.conf", "2025-01-01");
    assertThat(books(stack, "events").<Long>getAs("rows_read")).isEqualTo(25_000);
    assertQuarantined(
        stack, Map.of("events: event_id is used by another row with other values", 21L));
    assertThat(books(stack, "support_tickets").<Long>getAs("rows_conformed")).isEqualTo(2_000);
    assertThat(books(stack, "subscriptions").<Long>getAs("rows_conformed")).isEqualTo(5_000);
    assertThat(books(stack, "accounts").<Long>getAs("rows_conformed")).isEqualTo(500);
    assertFailed(
        stack,
        Map.of(
            "events: event_id is not unique", 42L,
            "events: does not hold: to_date(occurred_at) >= to_date(source.start_date, 'dd-MM-yyyy')",
                19_142L,
            "events: does not hold: to_date(occurred_at) <= to_date(source.end_date, 'dd-MM-yyyy')",
                290L,
            "support_tickets: does not hold: to_date(opened_at) >= to_date(source.signup_date, 'dd-MM-yyyy')",
                1_077L,
            "support_tickets: satisfaction is missing", 825L,
            "support_tickets: satisfaction is not from 3 to 5", 0L,
            "subscriptions: does not hold: monthly_revenue > 0", 778L,
            "customers: does not hold: source.churn_flag <> 'TRUE'", 110L,
            "customers: does not hold: NOT source.has_churn_event", 352L,
            "customers: does not hold: (source.churn_flag = 'TRUE') = source.has_churn_event",
                312L));
  }

  /** The rules of the configuration by input, with the rows that fail them. */
  private static void assertFailed(Outcome outcome, Map<String, Long> expected) {
    Map<String, Long> found = new HashMap<>();
    outcome
        .table(DataQuality.TABLE)
        .where(DataQuality.KIND.col().notEqual("built-in"))
        .select(DataQuality.INPUT.col(), DataQuality.RULE.col(), DataQuality.FAILED.col())
        .collectAsList()
        .forEach(r -> found.put(r.getString(0) + ": " + r.getString(1), r.getLong(2)));
    assertThat(found).containsAllEntriesOf(expected);
  }

  /** All that is in quarantine, by input and rule. */
  private static void assertQuarantined(Outcome outcome, Map<String, Long> expected) {
    Map<String, Long> found = new HashMap<>();
    outcome.table(Quarantine.TABLE).groupBy("input", "rule").count().collectAsList().stream()
        .forEach(r -> found.put(r.getString(0) + ": " + r.getString(1), r.getLong(2)));
    assertThat(found).isEqualTo(expected);
  }

  private static Row books(Outcome outcome, String input) {
    List<Row> books =
        outcome
            .table(Reconciliation.TABLE)
            .where(Reconciliation.INPUT.col().equalTo(input))
            .collectAsList();
    assertThat(books).hasSize(1);
    return books.get(0);
  }

  private static BigDecimal revenue(Dataset<Row> features) {
    return features.selectExpr("CAST(sum(monetary_net) AS DECIMAL(28, 4))").first().getDecimal(0);
  }
}
