package io.stratify.jobs.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.stratify.common.tables.CustomerFeatures;
import io.stratify.common.tables.CustomerSegment;
import io.stratify.common.tables.Quarantine;
import io.stratify.common.tables.Reconciliation;
import io.stratify.jobs.cli.Cli;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Public data sets through the shipped configurations, against their published figures. */
class PublicDataTest {
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

  private Outcome run(String conf, String asOf) {
    SharedSpark.compiled();
    Cli.Result result =
        Cli.run(
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
    assertThat(result.exit()).as(result.toString()).isIn(0, 3);
    return new Outcome(folder);
  }

  @Test
  void cdnow() {
    data("cdnow/CDNOW_master.txt");
    Outcome cdnow = run("cdnow.conf", "1998-07-01");
    Row books = books(cdnow);
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
    Outcome retail = run("online-retail.conf", "2011-12-10");
    SparkSession spark = SharedSpark.session();
    spark
        .read()
        .option("header", true)
        .option("quote", "\"")
        .option("escape", "\"")
        .option("multiLine", true)
        .csv(files + "/*.csv")
        .createOrReplaceTempView("raw_retail");
    Row raw =
        spark
            .sql(
                "SELECT count(*) AS n, count(DISTINCT CustomerID) AS customers, (SELECT count(*)"
                    + " FROM (SELECT DISTINCT * FROM raw_retail WHERE CustomerID IS NOT NULL)) AS"
                    + " different FROM raw_retail WHERE CustomerID IS NOT NULL")
            .first();
    long twice = raw.<Long>getAs("n") - raw.<Long>getAs("different");

    Row books = books(retail);
    assertThat(books.<Long>getAs("rows_read")).isEqualTo(541_909);
    assertThat(books.<Long>getAs("rows_quarantined")).isEqualTo(135_080);
    assertThat(books.<Long>getAs("rows_duplicate")).isEqualTo(twice).isPositive();
    assertThat(books.<Long>getAs("rows_conformed")).isEqualTo(raw.<Long>getAs("different"));
    assertThat(retail.table(Quarantine.TABLE).select("rule").distinct().collectAsList())
        .extracting(r -> r.getString(0))
        .containsExactly("customer_id is missing");
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
  }

  private static Row books(Outcome outcome) {
    List<Row> books = outcome.table(Reconciliation.TABLE).collectAsList();
    assertThat(books).hasSize(1);
    assertThat(books.get(0).<Boolean>getAs("balanced")).isTrue();
    return books.get(0);
  }

  private static BigDecimal revenue(Dataset<Row> features) {
    return features.selectExpr("CAST(sum(monetary_net) AS DECIMAL(28, 4))").first().getDecimal(0);
  }
}
