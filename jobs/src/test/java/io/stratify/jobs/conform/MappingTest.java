package io.stratify.jobs.conform;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;

import io.stratify.common.config.Deduplicate;
import io.stratify.common.config.InputConfig;
import io.stratify.common.config.RowIdentity;
import io.stratify.common.config.SqlExpression;
import io.stratify.common.io.SourceReader;
import io.stratify.common.spark.SparkSuite;
import io.stratify.common.tables.Consents;
import io.stratify.common.tables.Customers;
import io.stratify.common.tables.Events;
import io.stratify.common.tables.Orders;
import io.stratify.common.tables.TableSpec;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;

class MappingTest extends SparkSuite {
  private static final String SHOP = "id, cust, ts, total, state";
  private static final String TIME = "2026-04-30 10:00:00";
  private static final String RULE = Mapping.RULE;

  @Test
  void aGoodRowIsTypedAndBreaksNoRule() {
    Row row = orders(RowFactory.create("o1", "c1", TIME, "19.99", "completed")).first();
    assertThat(row.<String>getAs("order_id")).isEqualTo("o1");
    assertThat(row.<String>getAs("customer_id")).isEqualTo("c1");
    assertThat(row.<Timestamp>getAs("ordered_at").toInstant())
        .isEqualTo(Instant.parse("2026-04-30T10:00:00Z"));
    assertThat(row.<java.math.BigDecimal>getAs("amount")).isEqualByComparingTo("19.99");
    assertThat(row.<String>getAs("status")).isEqualTo("completed");
    assertThat(row.<String>getAs("channel")).as("not mapped").isNull();
    assertThat(row.<String>getAs("_rule")).isNull();
    assertThat(row.<String>getAs("_row")).as("only kept of bad rows").isNull();
  }

  @Test
  void aRecordThatCouldNotBeParsedIsNoRow() {
    Dataset<Row> rows =
        mapping()
            .map(
                text(
                    SHOP + ", " + SourceReader.CORRUPT,
                    RowFactory.create("o1", "c1", TIME, "1", null, "o1,c1,too,many,fields,here"),
                    RowFactory.create("o2", "c1", TIME, "1", null, null)));
    assertThat(sorted(rows.select("order_id", "_rule")))
        .containsExactly("[o1,record cannot be parsed]", "[o2,null]");
    assertThat(rows.where("order_id = 'o1'").first().<String>getAs("_row"))
        .contains("\"_corrupt_record\":\"o1,c1,too,many,fields,here\"");
  }

  @Test
  void aColumnOfTheSourceMayHaveAnyName() {
    Dataset<Row> shop = text(SHOP, RowFactory.create("o1", "c1", TIME, "1", null));
    for (String name : List.of("size`cm", "a.b", "`")) {
      Dataset<Row> last = shop.withColumn(name, lit("9"));
      Dataset<Row> first = shop.select(lit("9").as(name), col("*"));
      for (Dataset<Row> source : List.of(last, first)) {
        assertThat(mapping().problems(source)).isEmpty();
        assertThat(sorted(mapping().map(source).select("order_id", "_rule")))
            .containsExactly("[o1,null]");
      }
    }
  }

  @Test
  void textIsTrimmed() {
    Row row = orders(RowFactory.create(" o1 ", " c1 ", TIME, " 5 ", " returned ")).first();
    assertThat(row.<String>getAs("order_id")).isEqualTo("o1");
    assertThat(row.<String>getAs("customer_id")).isEqualTo("c1");
    assertThat(row.<String>getAs("status")).isEqualTo("returned");
    assertThat(row.<java.math.BigDecimal>getAs("amount")).isEqualByComparingTo("5");
    assertThat(row.<String>getAs("_rule")).isNull();
  }

  @Test
  void emptyTextIsNoValue() {
    Row row = orders(RowFactory.create("o1", "c1", TIME, "", "  ")).first();
    assertThat(row.isNullAt(row.fieldIndex("amount"))).isTrue();
    assertThat(row.isNullAt(row.fieldIndex("status"))).isTrue();
    assertThat(row.<String>getAs("_rule")).as("neither is required").isNull();
  }

  @Test
  void aRequiredColumnWithoutAValueIsMissing() {
    assertThat(rule(RowFactory.create("  ", "c1", TIME, "1", null)))
        .isEqualTo("order_id is missing");
    assertThat(rule(RowFactory.create("o1", null, TIME, "1", null)))
        .isEqualTo("customer_id is missing");
    assertThat(rule(RowFactory.create("o1", "c1", "", "1", null)))
        .isEqualTo("ordered_at is missing");
  }

  @Test
  void aValueThatIsNotOfTheTypeBreaksARuleAndIsNotASilentNull() {
    assertThat(rule(RowFactory.create("o1", "c1", "31/12/2025", "1", null)))
        .isEqualTo("ordered_at is not a TIMESTAMP");
    assertThat(rule(RowFactory.create("o1", "c1", TIME, "12,50", null)))
        .isEqualTo("amount is not a DECIMAL(18,4)");
    assertThat(rule(RowFactory.create("o1", "c1", TIME, "1e20", null)))
        .as("does not fit eighteen digits")
        .isEqualTo("amount is not a DECIMAL(18,4)");
    assertThat(rule(RowFactory.create("o1", "c1", TIME, "NaN", null)))
        .isEqualTo("amount is not a DECIMAL(18,4)");
  }

  /** Spark takes the first three for times of today, and the others for the first of something. */
  @Test
  void aTimeWithoutADayAndAPartOfANumberAreNoValues() {
    for (String time : List.of("12:30:00", "12:30", "T1", "2026", "2026-04")) {
      assertThat(orders(RowFactory.create("o1", "c1", time, "1", null)).first().<String>getAs(RULE))
          .as(time)
          .isEqualTo("ordered_at is not a TIMESTAMP");
    }
    for (String time : List.of("2026-4-3", "1899-12-30 00:00:00", "2026-04-30T10:00:00Z")) {
      assertThat(orders(RowFactory.create("o1", "c1", time, "1", null)).first().<String>getAs(RULE))
          .as(time)
          .isNull();
    }
    Mapping customers =
        new Mapping(
            Customers.TABLE,
            InputConfig.plain(
                "customers",
                "crm",
                Optional.empty(),
                Deduplicate.EXACT,
                Map.of(
                    "customer_id",
                    new SqlExpression("id", "x.conf:1"),
                    "birth_year",
                    new SqlExpression("born", "x.conf:2")),
                "x.conf:1"));
    Dataset<Row> rows =
        customers.map(
            text(
                "id, born",
                RowFactory.create("whole", "1984"),
                RowFactory.create("zero", "1984.0"),
                RowFactory.create("part", "1984.7")));
    assertThat(sorted(rows.select("customer_id", "birth_year", RULE)))
        .containsExactly(
            "[part,null,birth_year is not a INT]", "[whole,1984,null]", "[zero,1984,null]");
  }

  @Test
  void aDoubleThatIsNotANumberIsNoDecimal() {
    Dataset<Row> source =
        spark().sql("SELECT 'o1' id, 'c1' cust, now() ts, double('NaN') total, 'completed' state");
    assertThat(mapping().map(source).first().<String>getAs("_rule"))
        .isEqualTo("amount is not a DECIMAL(18,4)");
  }

  @Test
  void aNumberIsAYesOrANoOnlyWhereItIsOneOrZero() {
    Dataset<Row> source =
        spark()
            .sql(
                "SELECT id, granted FROM VALUES ('one', 1D), ('zero', 0D), ('nan', double('NaN')),"
                    + " ('minus', -1D), ('half', 0.5D), ('none', null) AS t (id, granted)");
    Map<String, String> columns =
        Map.of(
            "customer_id",
            "id",
            "purpose",
            "'analytics'",
            "granted",
            "granted",
            "decided_at",
            "'2026-01-01'");
    Dataset<Row> rows = new Mapping(Consents.TABLE, input(Consents.TABLE, columns)).map(source);
    assertThat(sorted(rows.select("customer_id", "granted", RULE)))
        .containsExactly(
            "[half,null,granted is not a BOOLEAN]",
            "[minus,null,granted is not a BOOLEAN]",
            "[nan,null,granted is not a BOOLEAN]",
            "[none,null,granted is missing]",
            "[one,true,null]",
            "[zero,false,null]");
  }

  @Test
  void whatIsNoNumberIsNoTextEither() {
    Dataset<Row> source =
        spark().sql("SELECT 7D id, double('NaN') country UNION ALL SELECT double('NaN'), 3D");
    InputConfig input = input(Customers.TABLE, Map.of("customer_id", "id", "country", "country"));
    assertThat(
            sorted(
                new Mapping(Customers.TABLE, input)
                    .map(source)
                    .select("customer_id", "country", RULE)))
        .containsExactly("[7.0,null,null]", "[null,3.0,customer_id is missing]");
  }

  @Test
  void aVersionThatIsNoNumberIsNotTheLatest() {
    InputConfig plain = input(Customers.TABLE, Map.of("customer_id", "id"));
    RowIdentity latest =
        new RowIdentity(
            Deduplicate.LATEST,
            List.of(),
            Optional.of(new SqlExpression("version", "shop.conf:8")));
    InputConfig input =
        new InputConfig(
            plain.table(),
            plain.source(),
            Optional.empty(),
            latest,
            Optional.empty(),
            Optional.empty(),
            List.of(),
            List.of(),
            plain.columns(),
            plain.origin());
    Dataset<Row> source =
        spark().sql("SELECT 'c1' id, double('NaN') version UNION ALL SELECT 'c2', 7D");
    assertThat(
            sorted(
                new Mapping(Customers.TABLE, input)
                    .map(source)
                    .select("customer_id", Mapping.ORDER)))
        .containsExactly("[c1,null]", "[c2,7.0]");
  }

  @Test
  void anUnknownStatusIsNamedWithThoseAllowed() {
    assertThat(rule(RowFactory.create("o1", "c1", TIME, "1", "shipped")))
        .isEqualTo("status is not one of completed, cancelled, returned");
  }

  @Test
  void ofSeveralBrokenRulesTheOneOfTheFirstColumnIsNamed() {
    assertThat(rule(RowFactory.create("o1", "", "yesterday", "x", "shipped")))
        .isEqualTo("customer_id is missing");
    assertThat(rule(RowFactory.create("o1", "c1", "yesterday", "x", "shipped")))
        .isEqualTo("ordered_at is not a TIMESTAMP");
  }

  @Test
  void aBadRowIsKeptAsTheSourceHadItInJson() {
    Row row = orders(RowFactory.create("o1", "c1", "31/12/2025", " 1 ", null)).first();
    assertThat(row.<String>getAs("_row"))
        .isEqualTo("{\"id\":\"o1\",\"cust\":\"c1\",\"ts\":\"31/12/2025\",\"total\":\" 1 \"}");
  }

  @Test
  void fingerprintsAreEqualWhereAllSourceColumnsAre() {
    List<Row> rows =
        orders(
                RowFactory.create("o1", "c1", TIME, "1", null),
                RowFactory.create("o1", "c1", TIME, "1", null),
                RowFactory.create("o1", "c1", TIME, "1", "completed"),
                RowFactory.create("o1", "c1", TIME, "1 ", null))
            .collectAsList();
    List<Object> fingerprints = rows.stream().map(r -> r.getAs("_fingerprint")).toList();
    assertThat(fingerprints.get(1)).isEqualTo(fingerprints.get(0));
    assertThat(fingerprints.stream().distinct()).hasSize(3);
  }

  @Test
  void rowsThatDifferInWhichColumnsAreNullAreNotEqual() {
    assertThat(
            orders(
                    RowFactory.create("o1", "c1", TIME, "completed", null),
                    RowFactory.create("o1", "c1", TIME, null, "completed"))
                .select("_fingerprint")
                .distinct()
                .count())
        .isEqualTo(2);
    Dataset<Row> nested =
        spark()
            .sql(
                "SELECT 'c1' id, array(1, null) l, named_struct('a', null, 'b', 1) s UNION ALL"
                    + " SELECT 'c1', array(null, 1), named_struct('a', null, 'b', 1) UNION ALL"
                    + " SELECT 'c1', array(1, null), named_struct('a', 1, 'b', null)");
    InputConfig input = input(Customers.TABLE, Map.of("customer_id", "id"));
    assertThat(
            new Mapping(Customers.TABLE, input)
                .map(nested)
                .select("_fingerprint")
                .distinct()
                .count())
        .isEqualTo(3);
  }

  @Test
  void aNumberThatIsTooLargeIsNoOther() {
    // As an INT its last 32 bits are 1984.
    Dataset<Row> source =
        spark().sql("SELECT 'c1' id, 4294969280 born UNION ALL SELECT 'c2', 1984");
    InputConfig input = input(Customers.TABLE, Map.of("customer_id", "id", "birth_year", "born"));
    assertThat(
            sorted(
                new Mapping(Customers.TABLE, input)
                    .map(source)
                    .select("customer_id", "birth_year", RULE)))
        .containsExactly("[c1,null,birth_year is not a INT]", "[c2,1984,null]");
  }

  @Test
  void columnsThatAreNotMappedCountForTheFingerprint() {
    Dataset<Row> source =
        text(
            SHOP + ", note",
            RowFactory.create("o1", "c1", TIME, "1", null, "a"),
            RowFactory.create("o1", "c1", TIME, "1", null, "b"));
    assertThat(mapping().map(source).select("_fingerprint").distinct().count()).isEqualTo(2);
  }

  @Test
  void aMapAmongTheColumnsIsNoObstacle() {
    Dataset<Row> source =
        spark()
            .sql(
                "SELECT * FROM VALUES ('c1', map('a', '1')), ('c1', map('a', '1')),"
                    + " ('c1', map('a', '2')) AS t(id, tags)");
    InputConfig input = input(Customers.TABLE, Map.of("customer_id", "id", "gender", "tags['a']"));
    Dataset<Row> mapped = new Mapping(Customers.TABLE, input).map(source);
    assertThat(mapped.select("_fingerprint").distinct().count()).isEqualTo(2);
    assertThat(sorted(mapped.select("gender"))).containsExactly("[1]", "[1]", "[2]");
  }

  @Test
  void aMapWithinAStructOrAnArrayIsNoObstacle() {
    Dataset<Row> source =
        spark()
            .sql(
                "SELECT 'c1' id, named_struct('m', map('a', 1)) s, array(map('b', 2)) l"
                    + " FROM range(2)");
    InputConfig input = input(Customers.TABLE, Map.of("customer_id", "id"));
    Dataset<Row> mapped = new Mapping(Customers.TABLE, input).map(source);
    assertThat(mapped.select("_fingerprint").distinct().count()).isEqualTo(1);
  }

  @Test
  void anExpressionMayUseSeveralColumnsOfTheSource() {
    Dataset<Row> source = text("first, last", RowFactory.create("Ann", "Lee"));
    InputConfig input = input(Customers.TABLE, Map.of("customer_id", "concat(first, '-', last)"));
    assertThat(new Mapping(Customers.TABLE, input).map(source).first().getString(0))
        .isEqualTo("Ann-Lee");
  }

  @Test
  void aSourceColumnWithADotInItsNameIsNoObstacle() {
    Dataset<Row> source = text("id", RowFactory.create("c1")).withColumnRenamed("id", "user.id");
    InputConfig input = input(Customers.TABLE, Map.of("customer_id", "`user.id`"));
    Dataset<Row> mapped = new Mapping(Customers.TABLE, input).map(source);
    assertThat(mapped.select(col("customer_id")).first().getString(0)).isEqualTo("c1");
  }

  @Test
  void everySourceRowGivesOneRow() {
    assertThat(
            orders(
                    RowFactory.create("o1", "c1", TIME, "1", null),
                    RowFactory.create(null, null, null, null, null),
                    RowFactory.create("", "", "", "", ""))
                .count())
        .isEqualTo(3);
  }

  @Test
  void anExpressionThatNamesAnUnknownColumnIsAProblemWithItsLine() {
    InputConfig input =
        input(Events.TABLE, Map.of("customer_id", "client", "occurred_at", "to_timestamp(ts)"));
    assertThat(new Mapping(Events.TABLE, input).problems(text(SHOP)))
        .singleElement()
        .asString()
        .startsWith("shop.conf:7: events.customer_id = client: ")
        .contains("`client`")
        .endsWith("The columns of source shop are: id, cust, ts, total, state");
  }

  @Test
  void aTypeThatCannotBeCastIsAProblemWithExpectedAndFound() {
    InputConfig input =
        input(
            Events.TABLE,
            Map.of("customer_id", "id", "occurred_at", "ts", "duration_seconds", "array(1)"));
    assertThat(new Mapping(Events.TABLE, input).problems(text("id, ts")))
        .containsExactly(
            "shop.conf:7: events.duration_seconds = array(1): expected DECIMAL(18,4), found"
                + " ARRAY<INT>, which cannot be cast to it");
  }

  @Test
  void aSoundMappingHasNoProblems() {
    assertThat(mapping().problems(text(SHOP))).isEmpty();
  }

  private String rule(Row row) {
    return orders(row).first().getAs("_rule");
  }

  private Dataset<Row> orders(Row... rows) {
    return mapping().map(text(SHOP, rows));
  }

  private static Mapping mapping() {
    Map<String, String> columns = new LinkedHashMap<>();
    columns.put("order_id", "id");
    columns.put("customer_id", "cust");
    columns.put("ordered_at", "ts");
    columns.put("amount", "total");
    columns.put("status", "state");
    return new Mapping(Orders.TABLE, input(Orders.TABLE, columns));
  }

  private static InputConfig input(TableSpec table, Map<String, String> columns) {
    Map<String, SqlExpression> expressions = new LinkedHashMap<>();
    columns.forEach((c, sql) -> expressions.put(c, new SqlExpression(sql, "shop.conf:7")));
    return InputConfig.plain(
        table.name(), "shop", Optional.empty(), Deduplicate.EXACT, expressions, "shop.conf:5");
  }
}
