package io.stratify.jobs.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.delta.tables.DeltaTable;
import io.stratify.common.tables.CustomerFeatures;
import io.stratify.jobs.cli.Cli;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever is wrong with the input, the command says what, where and what to do, ends with the
 * right code, and readers go on seeing the last good publication.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadInputTest {
  private static final int FAILED = 1;
  private static final int USAGE = 2;

  /** How far a run gets before it stops. */
  private enum Until {
    /** Not one file below the output root is written or changed. */
    NOTHING_WRITTEN,
    /** Working tables are replaced, each in one commit; nothing is published. */
    NOTHING_PUBLISHED
  }

  /**
   * One bad input.
   *
   * @param name what is bad
   * @param arguments prepares the input and gives the arguments of the command
   * @param exit expected exit code
   * @param says fragments of the message
   */
  private record Bad(
      String name,
      Function<Shop, List<String>> arguments,
      int exit,
      Until until,
      List<String> says) {
    @Override
    public String toString() {
      return name;
    }
  }

  @TempDir static Path good;
  @TempDir static Path scratch;
  private Shop published;
  private Map<String, List<String>> before;

  @BeforeAll
  void publish() {
    published = Shop.open(good);
    Cli.Result result = published.run();
    assertThat(result.exit()).as(result.toString()).isZero();
    before = published.outcome().seenByReaders();
    assertThat(before.get("publication")).hasSize(1);
    assertThat(before.get("current_customer_segment")).hasSize(36);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("bad")
  void readersKeepTheLastPublication(Bad bad) throws IOException {
    Shop shop = Shop.open(Files.createTempDirectory(scratch, "shop"));
    List<String> arguments = new ArrayList<>(bad.arguments().apply(shop));
    if (!arguments.isEmpty() && arguments.stream().noneMatch(a -> a.startsWith("output.root="))) {
      arguments.addAll(List.of("--set", "output.root=" + published.outcome().root()));
    }
    Map<String, String> files = published.outcome().files();

    Cli.Result result = Cli.run(arguments);

    assertThat(result.exit()).as(result.toString()).isEqualTo(bad.exit());
    assertThat(result.err())
        .contains(bad.says())
        .doesNotContain("Exception", "\tat ", "Unexpected failure");
    assertThat(result.out()).isEmpty();
    if (bad.until() == Until.NOTHING_WRITTEN) {
      assertThat(published.outcome().files()).isEqualTo(files);
    } else {
      assertThat(published.outcome().files()).isNotEqualTo(files);
      published.outcome().assertNoTableIsBroken();
      assertThat(published.outcome().seenByReaders()).isEqualTo(before);
    }
  }

  /** After all those failures the good input publishes the same again. */
  @AfterAll
  void theNextGoodRunPublishes() {
    Cli.Result result = published.run();
    assertThat(result.exit()).as(result.toString()).isZero();
    assertThat(result.err()).contains("2026-01-01 revision 2");
    assertThat(Outcome.texts(published.outcome().current(CustomerFeatures.TABLE), "revision"))
        .isEqualTo(
            before.get("current_customer_features").stream()
                .map(r -> r.replace("\"revision\":1,", ""))
                .toList());
  }

  static Stream<Bad> bad() {
    return Stream.of(
            configuration(), mapping(), files(), rows(), trust(), dates(), outputs(), commands())
        .flatMap(s -> s);
  }

  private static Bad usage(String name, Function<Shop, List<String>> arguments, String... says) {
    return new Bad(name, arguments, USAGE, Until.NOTHING_WRITTEN, List.of(says));
  }

  private static Bad fails(String name, Function<Shop, List<String>> arguments, String... says) {
    return new Bad(name, arguments, FAILED, Until.NOTHING_WRITTEN, List.of(says));
  }

  private static Bad failsLate(
      String name, Function<Shop, List<String>> arguments, String... says) {
    return new Bad(name, arguments, FAILED, Until.NOTHING_PUBLISHED, List.of(says));
  }

  /** An overlay file with one line, which is line 1. */
  private static Function<Shop, List<String>> overlay(String line) {
    return shop -> shop.arguments("--conf", shop.write("overlay.conf", line + "\n"));
  }

  private static Function<Shop, List<String>> set(String setting) {
    return shop -> shop.arguments("--set", setting);
  }

  private static Stream<Bad> configuration() {
    return Stream.of(
        usage(
            "the configuration file is missing",
            shop -> shop.arguments("--conf", shop.folder() + "/nowhere.conf"),
            "/nowhere.conf: there is no such file"),
        usage(
            "the configuration file is a folder",
            shop -> shop.arguments("--conf", shop.folder().toString()),
            "this is a directory; name a file"),
        usage(
            "malformed HOCON",
            overlay("stratify { segments { seed = 1 "),
            "overlay.conf:",
            "not valid HOCON",
            "closing } is missing"),
        usage(
            "an unknown key",
            overlay("stratify.segments.behaviour.kmin = 3"),
            "overlay.conf:1",
            "segments.behaviour.kmin",
            "did you mean segments.behaviour.k-min?"),
        usage(
            "a wrong type",
            overlay("stratify.segments.behaviour.k-min = many"),
            "overlay.conf:1: segments.behaviour.k-min is \"many\"",
            "must be a whole number of at least 2"),
        usage(
            "two problems are told at once",
            overlay("stratify { segments.seed = x, conform.time-zone = Mars }"),
            "segments.seed is \"x\"",
            "conform.time-zone is \"Mars\"",
            "Europe/Paris"),
        usage(
            "a variable that is not set",
            overlay("stratify.sources.shop_orders.path = ${NO_SUCH_VARIABLE}/orders.csv"),
            "overlay.conf:1",
            "sources.shop_orders.path needs ${NO_SUCH_VARIABLE}",
            "nor set in the environment"),
        usage(
            "a required column is not mapped",
            overlay("stratify.inputs.orders.columns.ordered_at = null"),
            "overlay.conf:1",
            "inputs.orders.columns",
            "ordered_at"),
        usage(
            "a source that is not declared",
            overlay("stratify.inputs.orders.source = shop_order"),
            "inputs.orders.source is \"shop_order\", which is not a source",
            "did you mean shop_orders?"),
        usage(
            "an unknown behaviour feature",
            set("segments.behaviour.features=[recency_days, loyalty]"),
            "segments.behaviour.features",
            "loyalty",
            "The features are: ",
            "monetary_net"),
        usage(
            "no inputs",
            shop -> List.of("run", "--as-of", Shop.AS_OF),
            "No inputs are configured",
            "--conf FILE"));
  }

  private static Stream<Bad> mapping() {
    return Stream.of(
        fails(
            "a mapped column that does not exist",
            overlay("stratify.inputs.orders.columns.amount = totl"),
            "Cannot map the inputs; nothing was written",
            "overlay.conf:1: orders.amount = totl",
            "`totl`",
            "columns of source shop_orders are: no, customer, at, total"),
        fails(
            "two mapped columns that do not exist, in two inputs",
            overlay(
                "stratify.inputs { orders.columns.amount = totl, customers.columns.country = land }"),
            "orders.amount = totl",
            "customers.country = land"),
        fails(
            "an expression that is no SQL",
            overlay("stratify.inputs.orders.columns.amount = \"total +* 2\""),
            "overlay.conf:1: orders.amount = total +* 2",
            "Syntax error"),
        fails(
            "a filter on a column that does not exist",
            overlay("stratify.inputs.orders.where = \"test = 'no'\""),
            "inputs.orders.where",
            "`test`"),
        fails(
            "a type that cannot be cast",
            overlay("stratify.inputs.orders.columns.ordered_at = \"array(at)\""),
            "overlay.conf:1: orders.ordered_at = array(at)",
            "expected TIMESTAMP, found ARRAY<STRING>"),
        fails(
            "neither an amount nor lines",
            overlay("stratify.inputs.orders.columns.amount = null"),
            "inputs.orders.columns.amount",
            "inputs.order_lines"));
  }

  private static Stream<Bad> files() {
    return Stream.of(
        fails(
            "the path of a source is missing",
            set("sources.shop_orders.path=/no/such/orders.csv"),
            "Cannot read source shop_orders",
            "/no/such/orders.csv does not exist",
            "Correct sources.shop_orders.path"),
        fails(
            "the file of a source is empty",
            shop -> {
              shop.write("orders.csv", "");
              return shop.arguments();
            },
            "Cannot read source shop_orders",
            "orders.csv is empty",
            "shop.conf:"),
        fails(
            "the folder of a source is empty",
            shop -> {
              shop.write("empty/_SUCCESS", "");
              return shop.arguments(
                  "--set", "sources.shop_orders.path=" + shop.folder() + "/empty");
            },
            "Cannot read source shop_orders",
            "/empty is empty"),
        fails(
            "a format that Spark does not know",
            set("sources.shop_orders.format=excel"),
            "Cannot read source shop_orders",
            "excel"),
        fails(
            "a CSV with only a header",
            shop -> shop.orders().arguments(),
            "Cannot conform orders: source shop_orders has no rows",
            "Nothing was written",
            "remove inputs.orders"));
  }

  private static Function<Shop, List<String>> rule(String rule) {
    return overlay("stratify.inputs.orders.rules = [ { rule = " + rule + " } ]");
  }

  private static Stream<Bad> trust() {
    return Stream.of(
        fails(
            "a rule that must not be broken",
            rule("range, column = amount, max = 50, action = fail"),
            "Cannot conform: quality rules with action fail are broken. Nothing was written.",
            "orders: amount is not at most 50: 48 of 64 rows"),
        fails(
            "a newest row that is too old",
            shop ->
                shop.arguments(
                    "--as-of",
                    "2026-06-01",
                    "--conf",
                    shop.write(
                        "overlay.conf",
                        "stratify.inputs.orders.rules = [ { rule = freshness, days = 30, action ="
                            + " fail } ]\n")),
            "orders: newest row is older than 30 days (measured 175.0)"),
        fails(
            "a condition that cannot be decided",
            rule("holds, sql = \"no_such > 1\""),
            "Cannot map the inputs; nothing was written",
            "overlay.conf:1: inputs.orders.rules: does not hold: no_such > 1",
            "no_such"),
        usage(
            "a rule that refers to an input that is not there",
            rule("references, column = order_id, input = products"),
            "overlay.conf:1: inputs.orders.rules[0].input is \"products\", which is not a configured"
                + " input"),
        fails(
            "a rule that refers to an input that is conformed later",
            overlay(
                "stratify.inputs.customers.rules = [ { rule = references, column = country, input ="
                    + " orders } ]"),
            "refers to an input that is conformed later. Conformed before it: ",
            "overlay.conf:1"),
        usage(
            "a rule of no known kind",
            rule("rnage, column = amount, max = 1"),
            "overlay.conf:1: inputs.orders.rules[0].rule is \"rnage\"; it must be one of not-null"),
        usage(
            "a rule on a column that is none",
            rule("not-null, column = amuont"),
            "overlay.conf:1",
            "\"amuont\", which is no column of orders"),
        usage(
            "a rule without what it needs",
            rule("range, column = amount"),
            "has no min or max; rule range needs it"),
        usage(
            "rows that a rule on the whole input cannot quarantine",
            rule("freshness, days = 3, action = quarantine"),
            "freshness looks at the whole input, so it must be warn or fail"),
        usage(
            "a pattern that is none",
            rule("matches, column = order_id, pattern = \"[\""),
            "is no regular expression"),
        usage(
            "the latest by nothing",
            set("inputs.customers.deduplicate=latest"),
            "inputs.customers.latest-by is missing",
            "customers has no time of its own"),
        usage(
            "a key that names no column",
            overlay("stratify.inputs.orders.key = [number]"),
            "inputs.orders.key names number, which is no column of orders"),
        usage(
            "rates without a currency to convert to",
            set("conform.currency.rates=shop_orders"),
            "conform.currency.base is empty"),
        usage(
            "a secret that is easily guessed",
            overlay("stratify.erasure.secret = abc"),
            "erasure.secret is too short; it must have at least 16 characters"),
        usage(
            "a list with a column that is none",
            overlay("stratify.inputs.value_drivers.rows = [ { driver_id = a, nane = b } ]"),
            "inputs.value_drivers.rows[0].nane",
            "did you mean"),
        usage(
            "a currency without rates",
            set("inputs.orders.currency='USD'"),
            "inputs.orders.currency needs rates, and conform.currency.rates is empty"),
        usage(
            "rates of a source that there is not",
            overlay("stratify.conform.currency { base = EUR, rates = shop_order }"),
            "conform.currency.rates is \"shop_order\", which is not a source",
            "did you mean shop_orders?"),
        fails(
            "nobody whose data may be used",
            set("consent.without-table=withheld"),
            "no customers are left after cleaning and consent (12 rows withheld)"),
        fails(
            "nobody whose data may be used where customers are those of orders",
            shop ->
                shop.arguments(
                    "--set", "inputs.customers=null", "--set", "consent.without-table=withheld"),
            "no fact is left after cleaning and consent (64 rows withheld). Nothing was written."
                + " Whose data may be used follows from inputs.consents, consent.purpose"),
        fails(
            "records with too many fields",
            shop -> shop.orders("o1,c01,2025-03-01,10,1,2", "o2,c02,2025-03-01,10,1,2").arguments(),
            "record cannot be parsed (2 rows)"),
        fails(
            "keys of a person that are none",
            overlay(
                "stratify.inputs.identities.rows = [ { customer_id = c01, kind = email, value ="
                    + " nobody } ]"),
            "value is not an e-mail address (1 row)"));
  }

  private static Stream<Bad> rows() {
    return Stream.of(
        fails(
            "no customer has an id",
            shop -> shop.customers(" ,2025-01-01,FR", ",2025-01-02,FR").arguments(),
            "Cannot conform customers: 2 of 2 rows of source shop_customers would be quarantined",
            "conform.max-quarantine-share = 0.5",
            "customer_id is missing (2 rows)",
            "Correct inputs.customers.columns or the source"),
        fails(
            "no facts are left after cleaning",
            shop ->
                shop.orders("o1,stranger,2025-03-01,10")
                    .arguments("--set", "conform.max-quarantine-share=1"),
            "Cannot conform: no fact is left after cleaning. Nothing was written. Rules broken:"
                + " customer_id is not in customers (1 row). Correct the mapping of orders"),
        fails(
            "no value of a column can be cast",
            shop ->
                shop.orders("o1,c01,soon,10", "o2,c02,later,11", "o3,c03,2025-13-41,12")
                    .arguments(),
            "Cannot conform orders: 3 of 3 rows of source shop_orders would be quarantined",
            "ordered_at is not a TIMESTAMP (3 rows)"),
        fails(
            "all amounts are NaN",
            shop -> shop.orders("o1,c01,2025-03-01,NaN", "o2,c02,2025-03-01,NaN").arguments(),
            "amount is not a DECIMAL(18,4) (2 rows)"),
        failsLate(
            "all customers are identical",
            shop ->
                shop.customers("c01,2025-01-01,FR", "c02,2025-01-01,FR", "c03,2025-01-01,FR")
                    .orders("o1,c01,2025-03-01,10", "o2,c02,2025-03-01,10", "o3,c03,2025-03-01,10")
                    .arguments(),
            "Cannot fit lens behaviour: all 3 customers are the same in every feature",
            "recency_days, frequency, monetary_net, avg_order",
            "segments.behaviour.enabled = false"),
        failsLate(
            "fewer customers than segments",
            shop ->
                shop.customers("c01,2025-01-01,FR", "c02,2025-01-01,FR")
                    .orders("o1,c01,2025-03-01,10", "o2,c02,2025-04-01,20")
                    .arguments(),
            "segments.behaviour.k-min = 3",
            "2 customers have 2 different combinations",
            "Lower k-min"),
        failsLate(
            "one customer",
            shop -> shop.customers("c01,2025-01-01,FR").orders("o1,c01,2025-03-01,10").arguments(),
            "Cannot fit lens behaviour",
            "segments.behaviour.enabled = false"));
  }

  private static Stream<Bad> dates() {
    return Stream.of(
        usage(
            "the as-of date is missing",
            shop -> List.of("run", "--conf", shop.folder() + "/shop.conf"),
            "The as-of date is missing",
            "--as-of YYYY-MM-DD"),
        usage(
            "the as-of date is years ahead",
            shop -> shop.arguments("--as-of", "2999-03-01"),
            "The as-of date is 2999-03-01, more than a year from now",
            "Correct --as-of"),
        usage(
            "the as-of date is no date",
            shop -> shop.arguments("--as-of", "yesterday"),
            "--as-of is yesterday; it must be a day such as 2026-05-31"),
        usage(
            "the as-of date is not in the calendar",
            shop -> List.of("run", "--conf", shop.folder() + "/shop.conf", "--as-of", "2025-02-30"),
            "--as-of is 2025-02-30; it must be a day"),
        fails(
            "the as-of date is before the first fact",
            shop -> List.of("run", "--conf", shop.folder() + "/shop.conf", "--as-of", "2025-01-05"),
            "Cannot describe customers as of 2025-01-05",
            "the first fact is on 2025-01-05",
            "Nothing was written",
            "Choose --as-of after 2025-01-05"));
  }

  private static Stream<Bad> outputs() {
    return Stream.of(
        fails(
            "the output root lies below a regular file",
            shop ->
                shop.arguments(
                    "--set", "output.root=" + shop.write("taken", "a file") + "/warehouse"),
            "Cannot write to the output root",
            "/taken/warehouse",
            "--set output.root=FOLDER"),
        fails(
            "files that are no table lie where a table goes",
            shop -> {
              shop.write("other/segment/notes.txt", "mine");
              return shop.arguments("--set", "output.root=" + shop.folder() + "/other");
            },
            "/other/segment for table segment",
            "files that are not a Delta table (notes.txt ...)",
            "Move them away"),
        fails(
            "a foreign Delta table lies where a table goes",
            shop -> {
              delta(shop.folder() + "/other/segment", Map.of());
              return shop.arguments("--set", "output.root=" + shop.folder() + "/other");
            },
            "/other/segment for table segment",
            "was not made by Stratify for segment",
            "Move it away"),
        fails(
            "a table has another schema",
            shop -> {
              delta(shop.folder() + "/other/segment", Map.of("stratify.table", "segment"));
              return shop.arguments("--set", "output.root=" + shop.folder() + "/other");
            },
            "/other/segment for table segment: it has another schema",
            "expected: as_of DATE, revision INT, segment_id STRING",
            "found:    id STRING, colour STRING"),
        fails(
            "another command is writing there",
            shop -> {
              shop.write("other/_lock", "{\"command\":\"demo\",\"host\":\"elsewhere\",\"pid\":1}");
              return shop.arguments("--set", "output.root=" + shop.folder() + "/other");
            },
            "Cannot run: \"demo\" of run unknown (process 1 on elsewhere) is writing below",
            "Wait until it has ended; if it was killed, delete",
            "/other/_lock"));
  }

  private static void delta(String path, Map<String, String> properties) {
    var table =
        DeltaTable.create(SharedSpark.session())
            .location(path)
            .addColumns(new StructType().add("id", "string").add("colour", "string"));
    properties.forEach(table::property);
    table.execute();
  }

  private static Stream<Bad> commands() {
    return Stream.of(
        usage(
            "an unknown job in --from",
            shop -> shop.arguments("--from", "cluster"),
            "There is no job cluster",
            "conform, history, features, segments"),
        usage(
            "an unknown job in --only",
            shop -> shop.arguments("--only", "conform,cluster"),
            "There is no job cluster"),
        usage(
            "--from after --to",
            shop -> shop.arguments("--from", "insight", "--to", "features"),
            "--from insight comes after --to features",
            "The order is: conform"),
        usage(
            "--only together with --from",
            shop -> shop.arguments("--only", "features", "--from", "features"),
            "--only cannot be combined with --from or --to"),
        usage("an unknown command", shop -> List.of("rnu"), "rnu", "run"),
        usage("no command", shop -> List.of(), "Say what to do"),
        fails(
            "a job before the jobs that it needs",
            shop ->
                shop.arguments(
                    "--only", "features", "--set", "output.root=" + shop.folder() + "/o"),
            "Cannot run features: table customers does not exist",
            "./stratify run --to"),
        fails(
            "a query on a table that does not exist",
            shop -> List.of("query", "SELECT * FROM current_segments"),
            "Cannot query",
            "current_segments",
            "Did you mean current_segment?",
            "SHOW TABLES"),
        usage(
            "a query that is no SQL", shop -> List.of("query", "SELEC 1"), "Cannot query", "SELEC"),
        usage(
            "a query of two statements",
            shop -> List.of("query", "SELECT 1; SELECT 2"),
            "Cannot query, this is no SQL"),
        usage(
            "a query for no rows",
            shop -> List.of("query", "--limit", "0", "SELECT 1"),
            "--limit is 0; it must be at least 1"),
        usage(
            "past snapshots so far apart as no period is",
            shop ->
                List.of("features", "--conf", shop.folder() + "/shop.conf", "--every", "banana"),
            "--every: features.past.every is \"banana\"; it must be a period such as \"3 months\""),
        usage(
            "how far apart past snapshots are, of which there are none",
            shop ->
                List.of("features", "--conf", shop.folder() + "/shop.conf", "--every", "1 month"),
            "none are made: features.past.back is 0. Add --back N"),
        usage(
            "a form of log that there is not",
            shop ->
                List.of("features", "--conf", shop.folder() + "/shop.conf", "--log-format", "xml"),
            "--log-format: log.format is \"xml\"; it must be"),
        usage(
            "fewer past snapshots than none",
            shop -> List.of("features", "--conf", shop.folder() + "/shop.conf", "--back=-1"),
            "--back: features.past.back is -1; it must be a whole number from 0 to 100"),
        fails(
            "maintenance of a table that is somebody else's",
            shop -> {
              String root = shop.folder() + "/warehouse";
              SharedSpark.session().range(3).write().format("delta").save(root + "/orders");
              return List.of("maintain", "--set", "output.root=" + root);
            },
            "/warehouse/orders for table orders: the Delta table there was not made by Stratify"),
        usage(
            "a query that deletes",
            shop -> List.of("query", "DELETE FROM current_segment"),
            "Cannot query",
            "query only reads"),
        usage(
            "a query that inserts in its last part",
            shop ->
                List.of("query", "WITH s AS (SELECT * FROM segment) INSERT INTO segment TABLE s"),
            "query only reads"),
        usage(
            "a query that goes back to an earlier version",
            shop ->
                List.of(
                    "query",
                    "RESTORE TABLE delta.`"
                        + shop.folder()
                        + "/out/publication` TO VERSION AS OF 0"),
            "query only reads"),
        usage(
            "a query that makes a table of another",
            shop ->
                List.of(
                    "query",
                    "CREATE OR REPLACE TABLE delta.`%1$s/out/segment` SHALLOW CLONE delta.`%1$s/out/publication`"
                        .formatted(shop.folder())),
            "query only reads"),
        usage(
            "a query that writes files",
            shop ->
                List.of(
                    "query",
                    "INSERT OVERWRITE DIRECTORY '"
                        + shop.folder()
                        + "/out' USING parquet SELECT 1 AS a"),
            "query only reads"),
        usage(
            "a query that calls a method",
            shop -> List.of("query", "SELECT reflect('java.lang.System', 'lineSeparator')"),
            "would call a method of Java"),
        usage(
            "a query whose plan calls a method",
            shop ->
                List.of(
                    "query", "EXPLAIN SELECT reflect('java.lang.System', 'gc') FROM VALUES (1)"),
            "would call a method of Java"),
        usage(
            "a query that calls a method in a subquery",
            shop ->
                List.of(
                    "query",
                    "SELECT 1 WHERE EXISTS (SELECT java_method('java.lang.System',"
                        + " 'lineSeparator') FROM segment)"),
            "would call a method of Java"),
        usage(
            "a query that starts a program",
            shop ->
                List.of(
                    "query",
                    "SELECT * FROM (SELECT TRANSFORM(1) USING 'touch " + shop.folder() + "/x')"),
            "query only reads"),
        fails(
            "a query before any run",
            shop ->
                List.of(
                    "query",
                    "SELECT 1",
                    "--conf",
                    shop.folder() + "/shop.conf",
                    "--set",
                    "output.root=" + shop.folder() + "/o"),
            "There are no tables in",
            "Run ./stratify run first",
            "Give that command the same options: --conf ",
            "/shop.conf --set output.root="),
        fails(
            "views before any run",
            shop -> List.of("views", "--set", "output.root=" + shop.folder() + "/o"),
            "There are no tables in",
            "Run ./stratify run first"));
  }
}
