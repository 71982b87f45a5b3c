package io.stratify.jobs.conform;

import static io.stratify.common.spark.Facts.order;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stratify.common.StratifyException;
import io.stratify.common.config.CurrencyConfig;
import io.stratify.common.config.SourceConfig;
import io.stratify.common.config.SqlExpression;
import io.stratify.common.io.SourceReader;
import io.stratify.common.spark.SparkSuite;
import io.stratify.common.tables.Inputs;
import io.stratify.common.tables.Orders;
import io.stratify.common.tables.Subscriptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CurrencyRatesTest extends SparkSuite {
  private static final LocalDate AS_OF = LocalDate.parse("2026-01-01");

  @Test
  void theLatestRateOnOrBeforeTheDayCounts() {
    // 100 USD at 0.90 until 30 June, at 0.80 from 1 July.
    assertThat(converted("2025-06-30", "usd")).isEqualTo("[90.0000,10.0000,null]");
    assertThat(converted("2025-07-01", " USD ")).isEqualTo("[80.0000,8.8889,null]");
    assertThat(converted("2025-07-01", "\u00a0usd\t")).isEqualTo("[80.0000,8.8889,null]");
    assertThat(converted("2025-12-31", "USD")).isEqualTo("[80.0000,8.8889,null]");
    assertThat(converted("2029-02-28", "USD"))
        .as("long after the as-of date")
        .isEqualTo("[80.0000,8.8889,null]");
  }

  @Test
  void theBaseCurrencyAndNoCurrencyStayAsTheyAre() {
    assertThat(converted("2025-06-30", "EUR")).isEqualTo("[100.0000,11.1111,null]");
    assertThat(converted("2025-06-30", null)).isEqualTo("[100.0000,11.1111,null]");
  }

  @Test
  void aRowWithoutARateBreaksARule() {
    assertThat(converted("2024-12-31", "USD"))
        .isEqualTo("[null,null,there is no rate for currency USD]");
    assertThat(converted("2025-06-30", "XXX"))
        .isEqualTo("[null,null,there is no rate for currency XXX]");
    assertThat(converted("2025-06-30", "ann@x.org"))
        .as("rules are in tables that have no customers")
        .isEqualTo("[null,null,there is no rate for the currency of the row]");
    assertThat(converted("2025-06-30", "GBP"))
        .as("a rate of zero or less is none")
        .isEqualTo("[null,null,there is no rate for currency GBP]");
  }

  @Test
  void aTrialIsWorthWhatItIsNowAndARowWithoutMoneyNeedsNoRate() {
    Dataset<Row> rows =
        text(
                "started, revenue, code",
                RowFactory.create("2025-06-30", "100", "USD"),
                RowFactory.create(null, "50", "USD"),
                RowFactory.create(null, null, "XXX"),
                RowFactory.create(null, "20", "XXX"))
            .select(
                col("started").cast("date").as(Subscriptions.STARTED_ON.name()),
                col("revenue").cast("decimal(18,4)").as(Subscriptions.MONTHLY_REVENUE.name()),
                col("code").as(Mapping.CURRENCY),
                lit(null).cast("string").as(Mapping.RULE));
    Dataset<Row> ofTheAsOfDate =
        text("currency, rate, valid_from", RowFactory.create("USD", "0.5", "2026-01-01"));
    Dataset<Row> result =
        CurrencyRates.of(fx().union(ofTheAsOfDate), config(), AS_OF)
            .convert(Inputs.spec(Subscriptions.TABLE), rows);
    assertThat(sorted(result.select("started_on", "monthly_revenue", Mapping.RULE)))
        .as("0.90 in June, 0.80 on 31 December")
        .containsExactlyInAnyOrder(
            "[2025-06-30,90.0000,null]",
            "[null,40.0000,null]",
            "[null,null,null]",
            "[null,null,there is no rate for currency XXX]");
  }

  @Test
  void moneyThatIsTooLargeInTheBaseCurrencyBreaksARule() {
    Dataset<Row> fx =
        text(
            "currency, rate, valid_from",
            RowFactory.create("USD", "16000", " 2025-01-01 "),
            RowFactory.create("USD", "1", "2025"),
            RowFactory.create("USD", "1", "2025-06"));
    // 100,000,000,000,000 has 15 digits, of which money has 14.
    assertThat(inBase(fx, "6249999999.9999")).isEqualTo("[99999999999998.4000,null]");
    assertThat(inBase(fx, "6250000000")).isEqualTo("[null,money is too large in EUR]");
    assertThat(inBase(fx, "-6250000000")).isEqualTo("[null,money is too large in EUR]");
    assertThat(CurrencyRates.of(fx, config(), AS_OF).leftOut())
        .as("a year and a month are no days")
        .hasValue(
            "rates of source fx: 2 of 3 rows left out for lack of a code, a day or a rate above 0, or as"
                + " malformed");
  }

  private String inBase(Dataset<Row> fx, String amount) {
    Dataset<Row> rows =
        table(Orders.TABLE, order("c1").on("2025-07-01"))
            .withColumn("amount", lit(amount).cast("decimal(18,4)"))
            .withColumn(Mapping.RULE, lit(null).cast("string"))
            .withColumn(Mapping.CURRENCY, lit("USD"));
    Dataset<Row> result =
        CurrencyRates.of(fx, config(), AS_OF).convert(Inputs.spec(Orders.TABLE), rows);
    return sorted(result.select("amount", Mapping.RULE)).get(0);
  }

  @Test
  void aRecordWithAFieldTooManyIsNoRate(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("fx.csv");
    Files.writeString(file, "currency,valid_from,rate\nUSD,2025-01-01,0.9\nUSD,2025-06-01,1,17\n");
    SourceConfig fx =
        new SourceConfig(
            "fx",
            "csv",
            Optional.of(file.toString()),
            Optional.empty(),
            Optional.empty(),
            Map.of("header", "true"),
            "test");
    CurrencyRates rates =
        CurrencyRates.of(new SourceReader(spark(), Map.of("fx", fx)).read("fx"), config(), AS_OF);
    assertThat(rates.leftOut()).hasValueSatisfying(s -> assertThat(s).contains("1 of 2 rows"));
    Dataset<Row> order =
        table(Orders.TABLE, order("c1").on("2025-07-01").worth(100))
            .withColumn(Mapping.RULE, lit(null).cast("string"))
            .withColumn(Mapping.CURRENCY, lit("USD"));
    assertThat(
            sorted(rates.convert(Inputs.spec(Orders.TABLE), order).select("amount", Mapping.RULE)))
        .as("the rate of January, not 1")
        .containsExactly("[90.0000,null]");
  }

  @Test
  void ratesThatDoNotFitTheirSourceAreAnError() {
    assertThatThrownBy(() -> CurrencyRates.of(text("a", RowFactory.create("x")), config(), AS_OF))
        .isInstanceOf(StratifyException.class)
        .hasMessageStartingWith("Cannot read the rates of source fx: ")
        .hasMessageEndingWith("Correct conform.currency.code, rate and valid-from");
  }

  @Test
  void rowsThatGiveNoRateAreTold() {
    assertThat(CurrencyRates.of(fx(), config(), AS_OF).leftOut())
        .hasValue(
            "rates of source fx: 2 of 5 rows left out for lack of a code, a day or a rate above 0, or as"
                + " malformed; of"
                + " several for one currency and day the highest counts: 1 left out");
    assertThat(CurrencyRates.of(fx().where("rate = '0.9'"), config(), AS_OF).leftOut()).isEmpty();
  }

  private Dataset<Row> fx() {
    return text(
        "currency, rate, valid_from",
        RowFactory.create("USD", "0.9", "2025-01-01"),
        RowFactory.create("usd", "0.8", "2025-07-01"),
        RowFactory.create("usd", "0.7", "2025-07-01"),
        RowFactory.create("GBP", "0", "2025-01-01"),
        RowFactory.create("USD", null, "2025-07-02"));
  }

  private String converted(String day, String currency) {
    Dataset<Row> fx = fx();
    Dataset<Row> rows =
        table(Orders.TABLE, order("c1").on(day).worth(100))
            .withColumn("discount", lit("11.1111").cast("decimal(18,4)"))
            .withColumn(Mapping.RULE, lit(null).cast("string"))
            .withColumn(Mapping.CURRENCY, CurrencyRates.code(lit(currency)));
    Dataset<Row> result =
        CurrencyRates.of(fx, config(), AS_OF).convert(Inputs.spec(Orders.TABLE), rows);
    return sorted(result.select("amount", "discount", Mapping.RULE)).get(0);
  }

  private static CurrencyConfig config() {
    return new CurrencyConfig(
        Optional.of("eur"), Optional.of("fx"), sql("currency"), sql("rate"), sql("valid_from"));
  }

  private static SqlExpression sql(String text) {
    return new SqlExpression(text, "x.conf:1");
  }
}
