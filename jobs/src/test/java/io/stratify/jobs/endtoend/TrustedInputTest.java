package io.stratify.jobs.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.stratify.common.tables.CompetitorScores;
import io.stratify.common.tables.Consents;
import io.stratify.common.tables.CustomerDay;
import io.stratify.common.tables.CustomerFeatures;
import io.stratify.common.tables.CustomerFeaturesPast;
import io.stratify.common.tables.CustomerIds;
import io.stratify.common.tables.CustomerOutcome;
import io.stratify.common.tables.CustomerSegment;
import io.stratify.common.tables.Customers;
import io.stratify.common.tables.DataQuality;
import io.stratify.common.tables.Identities;
import io.stratify.common.tables.IdentityMap;
import io.stratify.common.tables.MembershipReason;
import io.stratify.common.tables.OrderLines;
import io.stratify.common.tables.Orders;
import io.stratify.common.tables.Quarantine;
import io.stratify.common.tables.Reconciliation;
import io.stratify.common.tables.Subscriptions;
import io.stratify.common.tables.TableSpec;
import io.stratify.common.tables.ValueDrivers;
import io.stratify.jobs.cli.Cli;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every fate that a row can have, through the command line, with books that balance. */
class TrustedInputTest {
  private static final String CSV =
      "stratify.sources.NAME { format = csv, path = \"FOLDER/NAME.csv\", options { header = true } }\n";

  private static final String NOTE = "            note: ";
  private static final String NO_CONSENTS =
      "there is no input consents: the data of all customers may be used"
          + " (consent.without-table = granted)";

  @TempDir static Path scratch;

  /**
   * One input and what becomes of its rows.
   *
   * @param name what is special about it
   * @param orders rows of the orders (no, customer, at, total and what the overlay asks for)
   * @param overlay configuration on top of the shop's
   * @param books read, conformed, quarantined, duplicate, superseded, merged and withheld rows
   * @param says what the run or the tables say: notices, rules with their failed rows and verdict
   */
  private record Fate(
      String name, List<String> orders, String overlay, String books, List<String> says) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Fate fate(
      String name, List<String> orders, String overlay, String books, String... says) {
    return new Fate(name, orders, overlay, books, List.of(says));
  }

  static Stream<Fate> fates() {
    String header = "no,customer,at,total,extra";
    return Stream.of(
        fate(
            "a rule that warns keeps the rows and says so",
            List.of(header, "o1,c01,2025-03-01,10,a", "o2,c02,2025-03-01,-5,b"),
            rules("{ rule = range, column = amount, min = 0 }"),
            "2 2 0 0 0 0 0",
            NOTE + NO_CONSENTS,
            "quality: orders: amount is not at least 0: 1 of 2 rows",
            "amount is not at least 0: 1 warned"),
        fate(
            "a rule that quarantines",
            List.of(header, "o1,c01,2025-03-01,10,a", "o2,c02,2025-03-01,-5,b"),
            rules("{ rule = range, column = amount, min = 0, action = quarantine }"),
            "2 1 1 0 0 0 0",
            "amount is not at least 0: 1 quarantined"),
        fate(
            "a condition over a column of the source that nobody maps",
            List.of(header, "o1,c01,2025-03-01,10,a", "o2,c02,2025-03-01,5,test"),
            rules("{ rule = holds, sql = \"source.extra <> 'test'\", action = quarantine }"),
            "2 1 1 0 0 0 0",
            "does not hold: source.extra <> 'test': 1 quarantined"),
        fate(
            "the latest of a key counts",
            List.of(
                header,
                "o1,c01,2025-03-01,10,1",
                "o1,c01,2025-03-01,11,3",
                "o1,c01,2025-03-01,12,2",
                "o1,c01,2025-03-01,12,2",
                "o2,c02,2025-03-01,5,1"),
            "stratify.inputs.orders { deduplicate = latest, latest-by = \"cast(extra AS INT)\" }",
            "5 2 0 1 2 0 0",
            "kept: 11.0000",
            "kept: 5.0000"),
        fate(
            "what comes on the as-of date or later displaces nothing before it",
            List.of(
                header,
                "o1,c01,2025-03-01,10,a",
                "o1,c01,2025-04-01,11,a",
                "o1,c01," + Shop.AS_OF + ",12,a",
                "o1,c01,2031-01-01,13,a"),
            "stratify.conform.max-quarantine-share = 1",
            "4 1 3 0 0 0 0",
            "kept: 11.0000"),
        fate(
            "a row that came twice is one to a rule of uniqueness",
            List.of(
                header,
                "o1,c01,2025-03-01,10,a",
                "o1,c01,2025-03-01,10,a",
                "o2,c02,2025-03-01,5,a",
                "o3,c02,2025-03-01,6,a"),
            rules("{ rule = unique, columns = [customer_id], action = quarantine }"),
            "4 1 2 1 0 0 0",
            "kept: 10.0000"),
        fate(
            "a record that cannot be read is counted, whatever rows are wanted",
            List.of(header, "o1,c01,2025-03-01,10,a", "o2,c02,2025-03-01,5,a", "o3,c03"),
            "stratify.inputs.orders.where = \"total <> 5\"",
            "2 1 1 0 0 0 0",
            "kept: 10.0000",
            "record cannot be parsed: 1 quarantined"),
        fate(
            "a day of long ago is a day, and a time without one is none",
            List.of(header, "o1,c01,1899-12-30 00:00:00,10,a", "o2,c02,12:30:00,5,a"),
            "",
            "2 1 1 0 0 0 0",
            "at: 1899-12-30T00:00:00Z",
            "orders: the earliest ordered_at is of 1899-12-30; such a day often stands for one",
            "ordered_at is not a TIMESTAMP: 1 quarantined"),
        fate(
            "the rule that is proposed for such a day",
            List.of(header, "o1,c01,1899-12-30 00:00:00,10,a", "o2,c02,1971-01-01 00:00:00,5,a"),
            rules("{ rule = holds, sql = \"ordered_at >= '1971-01-01'\", action = quarantine }"),
            "2 1 1 0 0 0 0",
            "at: 1971-01-01T00:00:00Z",
            "does not hold: ordered_at >= '1971-01-01': 1 quarantined"),
        fate(
            "without that a key used twice is a fault",
            List.of(
                header,
                "o1,c01,2025-03-01,10,1",
                "o1,c01,2025-03-02,11,3",
                "o2,c02,2025-03-01,5,1"),
            "",
            "3 2 1 0 0 0 0",
            "order_id is used by another row with other values: 1 quarantined"),
        fate(
            "naive timestamps in the zone of the input",
            List.of(header, "o1,c01,2025-07-01 01:30:00,10,a", "o2,c02,2025-01-01 00:30:00,5,b"),
            "stratify.inputs.orders.time-zone = \"Europe/Paris\"",
            "2 2 0 0 0 0 0",
            "at: 2025-06-30T23:30:00Z",
            "at: 2024-12-31T23:30:00Z"),
        fate(
            "money of other currencies is converted, and a rate that is missing is a fault",
            List.of(
                header,
                "o1,c01,2025-03-01,10,EUR",
                "o2,c02,2025-03-01,10,usd",
                "o3,c03,2025-03-01,10,CHF",
                "o4,c04,2025-03-01,10,\" \""),
            """
            stratify.inputs.orders.currency = extra
            stratify.sources.fx.query = "SELECT 'USD' AS currency, 0.5 AS rate, '2025-01-01' AS valid_from"
            stratify.conform.currency { base = EUR, rates = fx }
            """,
            "4 3 1 0 0 0 0",
            "kept: 10.0000",
            "kept: 5.0000",
            "there is no rate for currency CHF: 1 quarantined"),
        fate(
            "a line has the day, and so the rate, of its order, whatever day it says itself",
            List.of(header, "o1,c01,2025-03-01,,a", "o2,c02,2025-03-01,,a"),
            """
            stratify.sources.lines.query = "SELECT * FROM VALUES ('o1', '', 10, 'USD'), ('o2', '2024-06-01', 20, 'USD') AS t (no, at, total, code)"
            stratify.inputs.order_lines {
              source = lines, currency = code
              columns { order_id = no, ordered_at = at, amount = total }
            }
            stratify.sources.fx.query = "SELECT 'USD' AS currency, 0.5 AS rate, '2025-01-01' AS valid_from"
            stratify.conform.currency { base = EUR, rates = fx }
            """,
            "2 2 0 0 0 0 0",
            "kept: 5.0000",
            "kept: 10.0000"),
        fate(
            "a row without money needs no rate",
            List.of(header, "o1,c01,2025-03-01,,CHF", "o2,c02,2025-03-01,10,EUR"),
            """
            stratify.inputs.orders.currency = extra
            stratify.sources.fx.query = "SELECT 'USD' AS currency, 0.5 AS rate, '2025-01-01' AS valid_from"
            stratify.conform.currency { base = EUR, rates = fx }
            """,
            "2 2 0 0 0 0 0",
            "kept: 10.0000"),
        fate(
            "nobody without consent is kept, nor are his bad rows",
            List.of(
                header,
                "o1,c01,2025-03-01,10,a",
                "o2,c02,2025-03-01,10,a",
                "o3,c03,2025-03-01,much,a",
                "o4,c04,2025-03-01,10,a"),
            // c01 granted; c02 granted and withdrew; c03 withdrew after the as-of date; c04 is
            // silent.
            csv("decisions")
                + """
                stratify.inputs.consents {
                  source = decisions
                  columns { customer_id = id, purpose = what, granted = yes, decided_at = at }
                }
                """,
            "4 1 0 0 0 0 3",
            "not " + NOTE + NO_CONSENTS,
            "kept: 10.0000"),
        fate(
            "whose data may not be used is in no customers, and fails no rule for that",
            List.of(header, "o1,c01,2025-03-01,10,a", "o2,c02,2025-03-01,20,a"),
            """
            stratify.inputs.consents.rows = [
              { customer_id = c01, purpose = analytics, granted = true, decided_at = "2025-01-01" }
              { customer_id = c02, purpose = analytics, granted = false, decided_at = "2025-01-01" }
            ]
            stratify.inputs.orders.rules = [
              { rule = references, column = customer_id, input = customers, action = fail }
            ]
            """,
            "2 1 0 0 0 0 1",
            "customer_id is not in customers: 0 "),
        fate(
            "a withdrawal that cannot be read is one",
            List.of(
                header,
                "o1,c01,2025-03-01,10,a",
                "o2,c02,2025-03-01,20,a",
                "o3,c03,2025-03-01,20,a"),
            """
            stratify.inputs.consents.rows = [
              { customer_id = c01, purpose = analytics, granted = true, decided_at = "2025-01-01" }
              { customer_id = c02, purpose = analytics, granted = true, decided_at = "2025-01-01" }
              { customer_id = c02, purpose = analytics, granted = nein, decided_at = "2025-06-01" }
              { customer_id = c03, purpose = analytics, granted = true, decided_at = "2025-01-01" }
              { customer_id = c03, purpose = analytics, granted = false, decided_at = "31.6.2025" }
              { customer_id = c03, purpose = analytics, granted = true, decided_at = "once" }
            ]
            stratify.conform.max-quarantine-share = 1
            """,
            "3 1 0 0 0 0 2",
            "kept: 10.0000"),
        fate(
            "a withdrawal in a record with a field too many is one",
            List.of(header, "o1,c01,2025-03-01,10,a", "o2,c02,2025-03-01,20,a"),
            csv("notes")
                + """
                stratify.inputs.consents {
                  source = notes
                  columns { customer_id = id, purpose = what, granted = yes, decided_at = at }
                }
                stratify.conform.max-quarantine-share = 1
                """,
            "2 1 0 0 0 0 1",
            "kept: 10.0000"),
        fate(
            "a later withdrawal may be left to later dates",
            List.of(
                header,
                "o1,c01,2025-03-01,10,a",
                "o3,c03,2025-03-01,20,a",
                "o4,c04,2025-03-01,10,a"),
            csv("decisions")
                + """
                stratify.inputs.consents {
                  source = decisions
                  columns { customer_id = id, purpose = what, granted = yes, decided_at = at }
                }
                stratify.consent { past-snapshots = false, without-decision = granted }
                """,
            "3 3 0 0 0 0 0",
            "kept: 20.0000"),
        fate(
            "facts follow the person",
            List.of(
                header,
                "o1,c01,2025-03-01,10,a",
                "o2,c02,2025-03-01,20,a",
                "o3,c03,2025-03-01,30,a"),
            csv("keys")
                + """
                stratify.inputs.identities {
                  source = keys, columns { customer_id = id, kind = kind, value = value }
                }
                """,
            "3 3 0 0 0 0 0",
            "customer: c01",
            "not customer: c02",
            "customer: c03"),
        fate(
            "text with quotes, line breaks, emoji and nulls in the middle",
            List.of(
                header,
                "\"o \"\"1\"\"\",c01,2025-03-01,10,\"a\nb\"",
                "o\u00e9\uD83D\uDED2,c02,2025-03-01,5,\u0000"),
            "",
            "2 2 0 0 0 0 0",
            "kept: 10.0000",
            "kept: 5.0000"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("fates")
  void everyRowHasItsFate(Fate fate) throws IOException {
    Shop shop = Shop.open(Files.createTempDirectory(scratch, "shop"));
    shop.write("orders.csv", String.join("\n", fate.orders()) + "\n");
    shop.write(
        "decisions.csv",
        """
        id,what,yes,at
        c01,analytics,true,2025-01-01 00:00:00
        c01,marketing,false,2025-02-01 00:00:00
        c02,analytics,true,2025-01-01 00:00:00
        c02,analytics,false,2025-06-01 00:00:00
        c03,analytics,true,2025-01-01 00:00:00
        c03,analytics,false,2026-03-01 00:00:00
        """);
    shop.write(
        "notes.csv",
        """
        id,what,at,yes,note
        c01,analytics,2025-01-01 00:00:00,true,
        c02,analytics,2025-01-01 00:00:00,true,
        c02,analytics,2025-06-01 00:00:00,false,called, was angry
        """);
    shop.write("keys.csv", "id,kind,value\nc01,email, Ann@Shop.COM\nc02,Email,ann@shop.com\n");

    Cli.Result result = conform(shop, fate.overlay());

    assertThat(result.exit()).as(result.toString()).isZero();
    assertThat(books(shop, Orders.TABLE)).isEqualTo(fate.books());
    List<String> told = told(shop, result);
    for (String says : fate.says()) {
      if (says.startsWith("not ")) {
        assertThat(told).doesNotContain(says.substring(4));
      } else {
        assertThat(told).anyMatch(t -> t.contains(says));
      }
    }
    shop.outcome().assertTheBooksHold();
  }

  @Test
  void volumeIsHeldAgainstTheDateBeforeAndMissingValuesAgainstTheirShare() throws IOException {
    Shop shop = Shop.open(Files.createTempDirectory(scratch, "shop"));
    String overlay =
        """
        stratify.inputs.orders {
          columns.channel = "if(no = 'o1', null, 'web')"
          rules = [
            { rule = volume, min = 0.5 }
            { rule = null-share, column = channel, max = 0.2 }
          ]
        }
        """;
    String volume = "rows against the as-of date before are not at least 0.5";
    String share = "share of channel missing is above 0.2";
    assertThat(conform(shop.orders(someOrders(10)), overlay).exit()).isZero();
    assertThat(measured(shop, Shop.AS_OF))
        .as("there is no date before")
        .containsExactly(share + ": 0.1 passed");

    Cli.Result fewer = conform(shop.orders(someOrders(4)), overlay, "--as-of", "2026-02-01");
    assertThat(fewer.exit()).as(fewer.toString()).isZero();
    assertThat(fewer.err())
        .contains("quality: orders: " + volume + " (measured 0.4000)")
        .contains("quality: orders: " + share + " (measured 0.2500)");
    assertThat(measured(shop, "2026-02-01"))
        .containsExactly(volume + ": 0.4 warned", share + ": 0.25 warned");

    assertThat(conform(shop.orders(someOrders(5)), overlay, "--as-of", "2026-02-01").exit())
        .isZero();
    assertThat(measured(shop, "2026-02-01"))
        .as("against January again, not against the 4 of February")
        .containsExactly(volume + ": 0.5 passed", share + ": 0.2 passed");
  }

  private static String[] someOrders(int number) {
    return IntStream.rangeClosed(1, number)
        .mapToObj(n -> "o" + n + ",c01,2025-03-01,10")
        .toArray(String[]::new);
  }

  /** What the rules on whole inputs measured. */
  private static List<String> measured(Shop shop, String asOf) {
    return shop
        .outcome()
        .table(DataQuality.TABLE)
        .where("as_of = '" + asOf + "' AND value IS NOT NULL")
        .orderBy("rule")
        .selectExpr("CONCAT(rule, ': ', value, ' ', verdict)")
        .collectAsList()
        .stream()
        .map(r -> r.getString(0))
        .toList();
  }

  @Test
  void whoIsWithheldLeavesNoTrace() throws IOException {
    Shop shop = Shop.open(Files.createTempDirectory(scratch, "shop"));
    shop.orders(
        "o1,c01,2025-03-01,10", "o2,c02,2025-03-01,10", "o3,c02,soon,10", "o4,c13,2025-03-01,10");
    List<String> profiles = new ArrayList<>(Shop.goodCustomers());
    profiles.add("c13,someday,FR");
    shop.customers(profiles.toArray(String[]::new));
    Cli.Result result =
        conform(
            shop,
            """
            stratify.inputs.consents.rows = [
              { customer_id = c01, purpose = analytics, granted = true, decided_at = "2025-01-01" }
              { customer_id = c02, purpose = analytics, granted = false, decided_at = "2025-01-01" }
            ]
            """);
    assertThat(result.exit()).as(result.toString()).isZero();
    for (TableSpec table :
        List.of(Customers.TABLE, Orders.TABLE, Consents.TABLE, Quarantine.TABLE)) {
      assertThat(Outcome.texts(shop.outcome().table(table)))
          .as("%s", table)
          .noneMatch(t -> t.contains("c02"))
          .as("nor of whom no good profile tells")
          .noneMatch(t -> t.contains("c13"));
    }
    // Eleven customers decided nothing, one of them with a bad profile, and one withdrew.
    assertThat(books(shop, Customers.TABLE)).isEqualTo("13 1 0 0 0 0 12");
    assertThat(books(shop, Consents.TABLE)).isEqualTo("2 1 0 0 0 0 1");
  }

  /** Published first, withdrawn for good or erased later: gone from the past, and never back. */
  @Test
  void whoWithdrawsOrIsErasedLeavesThePast() throws IOException {
    Shop shop = Shop.open(Files.createTempDirectory(scratch, "shop"));
    // Records with a field too many: nobody knows whose they are.
    Files.writeString(
        shop.folder().resolve("orders.csv"),
        """
        ox,,2025-03-01,10,c01
        oz,Meier,2025-03-01,10,c01
        ou,of c01,2025-03-01,10,more
        oy,,2025-03-01,10,c03
        ov,Meier,2025-03-01,10,c03
        """,
        StandardOpenOption.APPEND);
    assertThat(
            shop.run("--set", "conform.max-quarantine-share=1", "--set", "features.past.back=1")
                .exit())
        .isZero();
    assertThat(customers(shop, CustomerSegment.TABLE)).hasSize(12);
    assertThat(naming(shop, "c01"))
        .contains(
            CustomerFeatures.TABLE,
            CustomerFeaturesPast.TABLE,
            CustomerOutcome.TABLE,
            CustomerSegment.TABLE,
            MembershipReason.TABLE);
    assertThat(Outcome.texts(shop.outcome().table(Quarantine.TABLE)))
        .anyMatch(t -> t.contains("c01"));

    Cli.Result withdrawn =
        conform(
            shop,
            """
            stratify.conform.max-quarantine-share = 1
            stratify.consent.without-decision = granted
            stratify.inputs.consents.rows = [
              { customer_id = c01, purpose = analytics, granted = false, decided_at = "2026-01-20" }
              { customer_id = c03, purpose = analytics, granted = false, decided_at = "2026-01-20" }
              { customer_id = c03, purpose = analytics, granted = true, decided_at = "2026-02-20" }
            ]
            """,
            "--as-of",
            "2026-02-01");
    assertThat(withdrawn.exit()).as(withdrawn.toString()).isZero();
    assertThat(withdrawn.err())
        .contains("consent: deleted 1 row of 1 customer, withheld now, from customer_features")
        .contains("consent: deleted 3 rows of 1 customer, withheld now, from customer_segment")
        .contains("deleted 3 rows that may name customers, withheld now, in their text");
    assertThat(Outcome.texts(shop.outcome().table(Quarantine.TABLE)))
        .noneMatch(t -> t.contains("c01"))
        .as("c03 consents again")
        .filteredOn(t -> t.contains("2026-01-01") && t.contains("c03"))
        .hasSize(2);
    assertThat(books(shop, Customers.TABLE)).isEqualTo("12 10 0 0 0 0 2");
    assertThat(customers(shop, CustomerSegment.TABLE))
        .as("c03 consents again")
        .hasSize(11)
        .doesNotContain("c01");
    assertThat(naming(shop, "c01"))
        .as("the job history, which comes next, takes him out of the days")
        .containsExactly(CustomerDay.TABLE);

    String secret = shop.write("secret.conf", "stratify.erasure.secret = a secret of some length");
    Cli.Result forgotten =
        Cli.run(
            List.of(
                "forget",
                "--customer",
                "c02",
                "--conf",
                shop.folder() + "/shop.conf",
                "--conf",
                secret));
    assertThat(forgotten.exit()).as(forgotten.toString()).isZero();
    assertThat(customers(shop, CustomerSegment.TABLE)).hasSize(10).doesNotContain("c01", "c02");

    Cli.Result careless = conform(shop, "");
    assertThat(careless.exit()).isEqualTo(1);
    assertThat(careless.err()).contains("1 customer was erased, and without erasure.secret");
    // A record that cannot be read names him, a bad one of another customer, a bad account, and a
    // key.
    shop.orders(
        "o1,c01,2025-03-01,10",
        "ox,,2025-03-01,10,c02",
        "o3,c03,2025-03-01,10",
        "c02,c03,never,10");
    Cli.Result later =
        conform(
            shop,
            """
            stratify.conform.max-quarantine-share = 1
            stratify.inputs.accounts.rows = [ { account_id = a1, employees = many, industry = c02 } ]
            stratify.inputs.identities.rows = [
              { customer_id = c02, kind = email, value = "a@b.c" }
              { customer_id = c03, kind = email, value = "a@b.c" }
              { customer_id = c04, kind = customer, value = c02 }
            ]
            """,
            "--conf",
            secret);
    assertThat(later.exit()).as(later.toString()).isZero();
    assertThat(books(shop, Customers.TABLE)).isEqualTo("12 11 0 0 0 0 1");
    assertThat(books(shop, Orders.TABLE)).isEqualTo("4 2 2 0 0 0 0");
    assertThat(Outcome.texts(shop.outcome().table(IdentityMap.TABLE))).isEmpty();
    assertThat(Outcome.texts(shop.outcome().table(Quarantine.TABLE)))
        .as("its text is gone, as are those of the five of February")
        .hasSize(3 + 5)
        .noneMatch(t -> t.contains("c02"));
    assertThat(Outcome.texts(shop.outcome().table(Orders.TABLE))).noneMatch(t -> t.contains("c02"));
  }

  /** The tables that name a customer. */
  private static List<TableSpec> naming(Shop shop, String customer) {
    return CustomerIds.TABLES.stream()
        .filter(shop.outcome()::has)
        .filter(
            table ->
                Outcome.texts(shop.outcome().table(table)).stream()
                    .anyMatch(row -> row.contains('"' + customer + '"')))
        .toList();
  }

  /** The customers are read from files that become a table themselves. */
  @Test
  void ordersAloneMakeTheirCustomersAndLinesTheAmountsThatAreMissing() throws IOException {
    Shop shop = Shop.open(Files.createTempDirectory(scratch, "shop"));
    shop.orders(
        "o1,c01,2025-03-01,",
        "o2,c02,2025-03-01,7",
        "o3,c02,2025-03-02,",
        "o4,c01,2025-03-03,",
        "o5,c01,2025-03-04,");
    shop.write("lines.csv", "no,worth\no1,50\no1,-5\no2,100\no2,many\no4,30\no4,many\no5,many\n");
    shop.write(
        "alone.conf",
        (csv("orders") + csv("lines")).replace("FOLDER", shop.folder().toString())
            + """
            stratify {
              output.root = "FOLDER/out"
              conform.max-quarantine-share = 1
              inputs.orders {
                source = orders
                columns { order_id = no, customer_id = customer, ordered_at = at, amount = total }
              }
              inputs.order_lines { source = lines, columns { order_id = no, amount = worth } }
              inputs.support_tickets.rows = [
                { ticket_id = t1, customer_id = c02, opened_at = "2025-03-01" }
                { ticket_id = t2, customer_id = c08, opened_at = "2025-03-01" }
              ]
            }
            """
                .replace("FOLDER", shop.folder().toString()));
    Cli.Result result =
        Cli.run(List.of("conform", "--conf", shop.folder() + "/alone.conf", "--as-of", Shop.AS_OF));
    assertThat(result.exit()).as(result.toString()).isZero();
    assertThat(result.err())
        .contains(
            "1 id without order, order line or event in no segment",
            "2 orders without an amount lack the value of lines that are in quarantine",
            "2 orders with neither an amount nor a line: the value is taken for 0");
    assertThat(shop.outcome().table(Customers.TABLE).select("customer_id").collectAsList())
        .extracting(r -> r.getString(0))
        .containsExactlyInAnyOrder("c01", "c02");
    assertThat(
            shop.outcome()
                .table(Orders.TABLE)
                .orderBy("order_id")
                .selectExpr("CONCAT_WS(' ', order_id, amount, gross_amount, status)")
                .collectAsList())
        .extracting(r -> r.getString(0))
        .containsExactly(
            "o1 45.0000 45.0000 completed",
            "o2 7.0000 7.0000 completed",
            "o3 0.0000 0.0000 completed",
            "o4 30.0000 30.0000 completed",
            "o5 0.0000 0.0000 completed");
    aLineOfNobodyThatNamesWhoNeverConsentedIsKeptWithoutHim(shop);
  }

  private static void aLineOfNobodyThatNamesWhoNeverConsentedIsKeptWithoutHim(Shop shop) {
    shop.write("lines.csv", "no,worth,who\no1,50,c01\no9,5,c09\n");
    shop.write(
        "consents.conf",
        """
        stratify {
          inputs.order_lines.columns.customer_id = who
          inputs.consents.rows = [
            { customer_id = c01, purpose = analytics, granted = true, decided_at = "2025-01-20" }
          ]
        }
        """);
    String conf = shop.folder() + "/alone.conf";
    String more = shop.folder() + "/consents.conf";
    Cli.Result result =
        Cli.run(List.of("conform", "--conf", conf, "--conf", more, "--as-of", Shop.AS_OF));
    assertThat(result.exit()).as(result.toString()).isZero();
    assertThat(books(shop, OrderLines.TABLE)).isEqualTo("2 1 1 0 0 0 0");
    shop.outcome().assertTheBooksHold();
    assertThat(Outcome.texts(shop.outcome().table(Quarantine.TABLE)))
        .hasSize(1)
        .noneMatch(t -> t.contains("c09"));
  }

  @Test
  void rulesAboutLinesSeeWhatTheirOrderAndTheirProductFillIn() throws IOException {
    Shop shop = Shop.open(Files.createTempDirectory(scratch, "shop"));
    shop.orders("o1,c01,2025-03-01,10", "o2,c02,1970-01-01,7");
    shop.write(
        "lines.csv", "no,sku,pieces,price\no1,p1,2,5\no1,p9,1,5\no1,p1,9000,5000\no2,p1,1,7\n");
    shop.write("wares.csv", "sku,kind\np1,toys\np9,\n");
    Cli.Result result =
        conform(
            shop,
            csv("lines")
                + csv("wares")
                + """
                stratify.inputs.products { source = wares, columns { product_id = sku, category = kind } }
                stratify.inputs.order_lines {
                  source = lines
                  columns { order_id = no, product_id = sku, quantity = pieces, unit_price = price }
                  rules = [
                    { rule = range, column = amount, max = 1000000, action = quarantine }
                    { rule = not-null, column = category, action = quarantine }
                    { rule = holds, sql = "ordered_at >= '1971-01-01'", action = quarantine }
                  ]
                }
                stratify.conform.max-quarantine-share = 1
                """);
    assertThat(result.exit()).as(result.toString()).isZero();
    assertThat(books(shop, OrderLines.TABLE)).isEqualTo("4 1 3 0 0 0 0");
    assertThat(
            shop.outcome().table(Quarantine.TABLE).select("rule").collectAsList().stream()
                .map(r -> r.getString(0)))
        .containsExactlyInAnyOrder(
            "amount is not at most 1000000",
            "category is missing",
            "does not hold: ordered_at >= '1971-01-01'");
    assertThat(Outcome.texts(shop.outcome().table(OrderLines.TABLE).select("amount")))
        .containsExactly("{\"amount\":10.0000}");

    Cli.Result refused =
        conform(
            shop,
            csv("lines")
                + """
                stratify.inputs.order_lines { source = lines, columns { order_id = no, amount = price } }
                stratify.inputs.orders {
                  columns { amount = null }
                  rules = [{ rule = not-null, column = amount, action = quarantine }]
                }
                """);
    assertThat(refused.exit()).isEqualTo(1);
    assertThat(refused.err())
        .contains(
            "inputs.orders.rules: amount is missing: the amount of these orders is that of their lines."
                + " Put the rule on order_lines");
  }

  @Test
  void aTrialStaysWhereItsSubscriptionStartsOnlyLater() throws IOException {
    Shop shop = Shop.open(Files.createTempDirectory(scratch, "shop"));
    shop.write(
        "plans.csv",
        """
        no,id,from,trial,fee
        s1,c01,,2025-12-20,0
        s1,c01,2026-06-01,,50
        s2,c02,2025-07-01,,30
        s2,c02,2026-07-01,,80
        """);
    Cli.Result result =
        conform(
            shop,
            csv("plans")
                + """
                stratify.inputs.subscriptions {
                  source = plans
                  columns {
                    subscription_id = no, customer_id = id, started_on = from
                    trial_started_on = trial, monthly_revenue = fee
                  }
                }
                stratify.conform.max-quarantine-share = 1
                """);
    assertThat(result.exit()).as(result.toString()).isZero();
    assertThat(
            shop.outcome()
                .table(Subscriptions.TABLE)
                .orderBy("subscription_id")
                .selectExpr("CONCAT_WS(' ', subscription_id, trial_started_on, started_on)")
                .collectAsList())
        .extracting(r -> r.getString(0))
        .containsExactly("s1 2025-12-20", "s2 2025-07-01");
  }

  /** Who withdrew under one id stays withheld where the profile of that id breaks or is dropped. */
  @Test
  void whatAnIdDecidedHoldsForItsPersonWithoutItsProfile() throws IOException {
    Shop shop = Shop.open(Files.createTempDirectory(scratch, "shop"));
    String more =
        csv("keys")
            + """
            stratify.conform.max-ids-per-person = 3
            stratify.inputs.identities { source = keys, columns { customer_id = id, kind = kind,
              value = value } }
            stratify.consent.without-decision = granted
            stratify.inputs.consents.rows = [
              { customer_id = c05, purpose = analytics, granted = true, decided_at = "2025-01-01" }
              { customer_id = c07, purpose = analytics, granted = false, decided_at = "2025-03-01" }
              { customer_id = c01, purpose = analytics, granted = false, decided_at = "2025-01-01" }
              { customer_id = c02, purpose = analytics, granted = false, decided_at = "2025-01-01" }
              { customer_id = web, purpose = analytics, granted = true, decided_at = "2025-03-01" }
              { customer_id = desk, purpose = analytics, granted = false, decided_at = "2025-03-01" }
              { customer_id = c12, purpose = analytics, granted = true, decided_at = "2025-01-01" }
              { customer_id = c12, granted = false, decided_at = "2025-02-01" }
            ]
            """;
    shop.write(
        "keys.csv",
        """
        id,kind,value
        c05,email,x@y.z
        c07,email,X@y.z
        web,customer,c01
        c02,customer,web
        desk,customer,c08
        desk,customer,c09
        desk,customer,c10
        desk,customer,c11
        """);
    List<String> dropped = new ArrayList<>(Shop.goodCustomers());
    dropped.removeIf(row -> row.startsWith("c07"));
    List<String> broken = new ArrayList<>(dropped);
    broken.add("c07,someday,FR");
    for (List<String> profiles : List.of(Shop.goodCustomers(), dropped, broken)) {
      shop.customers(profiles.toArray(String[]::new));
      Cli.Result result = conform(shop, more);
      assertThat(result.exit()).as(result.toString()).isZero();
      assertThat(customers(shop, Customers.TABLE))
          .as(
              "c01 and c02 are two, so that a yes of both is of neither; desk names a crowd; a refusal"
                  + " of no purpose is one of all")
          .containsExactlyInAnyOrder("c03", "c04", "c06", "c08", "c09", "c10", "c11");
    }
  }

  private static List<String> customers(Shop shop, TableSpec table) {
    return shop.outcome().table(table).select("customer_id").distinct().collectAsList().stream()
        .map(r -> r.getString(0))
        .toList();
  }

  @Test
  void personsMergeKeepTheirIdAndSplitAgain() throws IOException {
    Shop shop = Shop.open(Files.createTempDirectory(scratch, "shop"));
    shop.orders("o5,c05,2025-03-01,10", "o7,c07,2025-03-01,20", "o2,c02,2025-03-01,30");
    String identities =
        csv("keys")
            + "stratify.inputs.identities { source = keys, columns { customer_id = id, kind = kind,"
            + " value = value } }\nstratify.conform { max-ids-per-person = 3, max-quarantine-share = 1 }";

    // c05 and c07 share a phone; four customers share the phone of the kiosk.
    shop.write(
        "keys.csv",
        """
        id,kind,value
        c05,phone,+33 1 23 45 67
        c07,phone,0033-1-234567
        c99,email,a@b.c
        c08,phone,999999
        c09,phone,999999
        c10,phone,999999
        c11,phone,999999
        c12,email,nobody
        """);
    Cli.Result first = conform(shop, identities);
    assertThat(first.exit()).as(first.toString()).isZero();
    assertThat(map(shop)).containsExactly("c07 c05 2026-01-01 null merged");
    assertThat(books(shop, Customers.TABLE)).isEqualTo("12 11 0 0 0 1 0");
    assertThat(books(shop, Identities.TABLE))
        .as("stranger, kiosk, no address")
        .isEqualTo("8 2 6 0 0 0 0");
    assertThat(Outcome.texts(shop.outcome().table(Identities.TABLE)))
        .as("no number is kept")
        .noneMatch(t -> t.contains("23"))
        .allMatch(t -> t.contains("\"customer_id\":\"c05\""));

    // c02 joins them: the person keeps the id that was there first.
    shop.write(
        "keys.csv",
        "id,kind,value\nc05,phone,+33 1 23 45 67\nc07,phone,0033-1-234567\nc02,customer,c07\n");
    assertThat(conform(shop, identities, "--as-of", "2026-02-01").exit()).isZero();
    assertThat(map(shop))
        .containsExactly("c02 c05 2026-02-01 null merged", "c07 c05 2026-01-01 null merged");
    assertThat(ordersOf(shop)).containsExactly("c05", "c05", "c05");

    // c07 was another person after all.
    shop.write("keys.csv", "id,kind,value\nc02,customer,c05\n");
    assertThat(conform(shop, identities, "--as-of", "2026-03-01").exit()).isZero();
    assertThat(map(shop))
        .containsExactly("c02 c05 2026-02-01 null merged", "c07 c05 2026-01-01 2026-03-01 merged");
    assertThat(ordersOf(shop)).containsExactly("c05", "c05", "c07");

    // Without the input nobody is merged any more, and the history stays.
    assertThat(conform(shop, "", "--as-of", "2026-04-01").exit()).isZero();
    assertThat(map(shop))
        .containsExactly(
            "c02 c05 2026-02-01 2026-04-01 merged", "c07 c05 2026-01-01 2026-03-01 merged");
    assertThat(ordersOf(shop)).containsExactly("c02", "c05", "c07");
  }

  @Test
  void tablesThatPeopleWriteMayBeLists() throws IOException {
    Shop shop = Shop.open(Files.createTempDirectory(scratch, "shop"));
    Cli.Result result =
        conform(
            shop,
            """
            stratify.inputs.value_drivers.rows = [
              { driver_id = speed, name = "Fast delivery" }
              { driver_id = price, name = "Low price", feature = discount_share }
            ]
            stratify.inputs.competitor_scores.rows = [
              { competitor = us, driver_id = speed, score = 8 }
              { competitor = us, driver_id = colour, score = 8 }
              { competitor = them, driver_id = price, score = high }
            ]
            stratify.conform.max-quarantine-share = 1
            """);
    assertThat(result.exit()).as(result.toString()).isZero();
    assertThat(shop.outcome().table(ValueDrivers.TABLE).count()).isEqualTo(2);
    assertThat(Outcome.texts(shop.outcome().table(CompetitorScores.TABLE)))
        .containsExactly("{\"competitor\":\"us\",\"driver_id\":\"speed\",\"score\":8.0}");
    assertThat(
            shop.outcome().table(Quarantine.TABLE).select("rule").collectAsList().stream()
                .map(r -> r.getString(0)))
        .containsExactlyInAnyOrder("driver_id is not in value_drivers", "score is not a DOUBLE");
  }

  @Test
  void aSourceThatChangesIsNoticedOrRefused() throws IOException {
    Shop shop = Shop.open(Files.createTempDirectory(scratch, "shop"));
    String typed = "stratify.sources.shop_orders { format = json, path = \"FOLDER/orders.json\" }";
    shop.write(
        "orders.json", "{\"no\":\"o1\",\"customer\":\"c01\",\"at\":\"2025-03-01\",\"total\":10}\n");
    assertThat(conform(shop, typed).exit()).isZero();

    shop.write(
        "orders.json",
        "{\"no\":\"o1\",\"customer\":\"c01\",\"at\":\"2025-03-01\",\"total\":10.5}\n");
    assertThat(conform(shop, typed).exit()).as("of JSON nobody says that it is whole").isZero();
    assertThat(shop.outcome().table(Orders.TABLE).select("amount").first().getDecimal(0))
        .isEqualByComparingTo("10.5");

    shop.write(
        "orders.json",
        "{\"no\":\"o1\",\"customer\":\"c01\",\"at\":\"2025-03-01\",\"total\":\"10.5\",\"tip\":1}\n");
    Cli.Result retyped = conform(shop, typed);
    assertThat(retyped.exit()).isEqualTo(1);
    assertThat(retyped.err())
        .contains(
            "Cannot map the inputs: columns of the sources changed their type. Nothing was written.",
            "orders.amount = total: expected double as in the last run, found string",
            "If that is intended, say it in the mapping");

    Cli.Result meant =
        conform(shop, typed + "\nstratify.inputs.orders.columns.amount = \"total * 1\"");
    assertThat(meant.exit()).as(meant.toString()).isZero();
    assertThat(meant.err())
        .contains("note: source shop_orders has new columns, which are not mapped: tip");
  }

  @Test
  void aColumnOfNumbersMayHaveNoValueForADay() throws IOException {
    Shop shop = Shop.open(Files.createTempDirectory(scratch, "shop"));
    String typed =
        "stratify.sources.shop_orders { format = json, path = \"FOLDER/orders.json\" }\n"
            + "stratify.inputs.orders.columns.discount = rebate";
    for (String rebate : List.of("null", "1.5", "null", "2", "null", "\"2\"")) {
      shop.write(
          "orders.json",
          "{\"no\":\"o1\",\"customer\":\"c01\",\"at\":\"2025-03-01\",\"total\":10,\"rebate\":%s}\n"
              .formatted(rebate));
      Cli.Result result = conform(shop, typed);
      assertThat(result.exit())
          .as(rebate + ": " + result)
          .isEqualTo(rebate.equals("\"2\"") ? 1 : 0);
      assertThat(result.err().contains("expected bigint as in the last run, found string"))
          .as(rebate)
          .isEqualTo(result.exit() == 1);
    }
  }

  private static String rules(String rule) {
    return "stratify.inputs.orders.rules = [ " + rule + " ]";
  }

  private static String csv(String name) {
    return CSV.replace("NAME", name);
  }

  private static Cli.Result conform(Shop shop, String overlay, String... more) {
    String file = shop.write("more.conf", overlay.replace("FOLDER", shop.folder().toString()));
    List<String> arguments = new ArrayList<>(shop.arguments(more));
    arguments.set(0, "conform");
    arguments.addAll(List.of("--conf", file));
    return Cli.run(arguments);
  }

  private static String books(Shop shop, TableSpec input) {
    Row row =
        shop.outcome()
            .table(Reconciliation.TABLE)
            .where("input = '" + input + "'")
            .select(
                "rows_read",
                "rows_conformed",
                "rows_quarantined",
                "rows_duplicate",
                "rows_superseded",
                "rows_merged",
                "rows_withheld")
            .first();
    return row.mkString(" ");
  }

  private static List<String> told(Shop shop, Cli.Result result) {
    List<String> told = new ArrayList<>(result.err().lines().toList());
    for (Row row : shop.outcome().table(DataQuality.TABLE).collectAsList()) {
      told.add(row.getAs("rule") + ": " + row.getAs("failed") + " " + row.getAs("verdict"));
    }
    for (Row row : shop.outcome().table(Orders.TABLE).collectAsList()) {
      told.add("kept: " + row.getAs("amount"));
      told.add("at: " + row.<java.sql.Timestamp>getAs("ordered_at").toInstant());
      told.add("customer: " + row.getAs("customer_id"));
    }
    return told;
  }

  private static List<String> map(Shop shop) {
    return shop.outcome().table(IdentityMap.TABLE).collectAsList().stream()
        .map(r -> r.mkString(" "))
        .sorted()
        .toList();
  }

  private static List<String> ordersOf(Shop shop) {
    return shop.outcome().table(Orders.TABLE).select("customer_id").collectAsList().stream()
        .map(r -> r.getString(0))
        .sorted()
        .toList();
  }
}
