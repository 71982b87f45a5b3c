package io.stratify.jobs.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDate;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the pipeline has to find out can be found out from the tables that it reads. */
class DemoAnswersTest extends DemoSparkSuite {
  private static final DemoSpec SPEC = new DemoSpec(3000, 24, LocalDate.of(2026, 1, 1), 42);

  /** Contacts as a careful reader would compare them: case, blanks and notation do not count. */
  private static final String KEYS =
      """
      SELECT DISTINCT cust_id, kind,
        CASE kind WHEN 'email' THEN lower(trim(value))
          WHEN 'phone' THEN regexp_replace(regexp_replace(value, '[^0-9]', ''), '^00', '')
          ELSE value END AS key
      FROM crm_identities WHERE trim(value) <> '' AND (cust_id LIKE 'C%' OR cust_id LIKE 'G%')""";

  @BeforeEach
  void registerTheWarehouse() {
    DemoWarehouse warehouse = DemoWarehouse.of(spark(), SPEC);
    warehouse.tables().forEach((name, rows) -> rows.createOrReplaceTempView(name));
    warehouse.answers().forEach((name, rows) -> rows.createOrReplaceTempView(name));
    spark().sql(KEYS).createOrReplaceTempView("keys");
  }

  @Test
  void everyCustomerIdIsOfOnePersonAndSomePersonsHaveSeveral() {
    assertThat(count("answer_identities")).isEqualTo(count("crm_customers WHERE cust_id <> '  '"));
    assertThat(
            count(
                "crm_customers LEFT ANTI JOIN answer_identities ON customer_id = cust_id"
                    + " WHERE trim(cust_id) <> ''"))
        .isZero();
    assertThat(count("(SELECT DISTINCT person FROM answer_identities)")).isEqualTo(3000);
    long two = count("(SELECT person FROM answer_identities GROUP BY 1 HAVING count(*) = 2)");
    long three = count("(SELECT person FROM answer_identities GROUP BY 1 HAVING count(*) = 3)");
    assertThat((two + three) / 3000.0).isCloseTo(Person.SHARE_OF_SEVERAL, within(0.006));
    assertThat(three).isPositive().isLessThan(two);
  }

  @Test
  void theIdsOfAPersonShareAContactOrALink() {
    assertThat(
            count(
                """
                answer_identities a JOIN keys k ON a.customer_id = k.cust_id
                WHERE a.customer_id <> person AND NOT EXISTS (
                  SELECT 1 FROM keys other WHERE other.cust_id = person
                    AND other.kind = k.kind AND other.key = k.key)
                  AND NOT (k.kind = 'customer' AND k.key = person)"""))
        .isZero();
    assertThat(
            count("answer_identities JOIN keys ON customer_id = cust_id WHERE cust_id <> person"))
        .isEqualTo(count("answer_identities WHERE customer_id <> person"));
    for (String kind : new String[] {"email", "phone", "customer"}) {
      assertThat(count("keys WHERE cust_id LIKE 'G%' AND kind = '" + kind + "'"))
          .as(kind)
          .isPositive();
    }
    assertThat(
            count(
                "crm_identities g JOIN crm_identities c ON g.value = c.value"
                    + " WHERE g.cust_id LIKE 'G%' AND c.cust_id LIKE 'C%'"))
        .as("the raw values differ")
        .isZero();
  }

  @Test
  void nobodyElseSharesAContactButFortyAtTheKiosk() {
    var shared =
        spark()
            .sql(
                "SELECT key, count(DISTINCT person) FROM keys JOIN answer_identities"
                    + " ON customer_id = cust_id WHERE kind <> 'customer' GROUP BY key"
                    + " HAVING count(DISTINCT person) > 1")
            .collectAsList();
    assertThat(shared).extracting(r -> r.getLong(1)).containsExactly(40L);
    assertThat(
            count(
                "keys JOIN answer_identities ON customer_id = cust_id WHERE key = '"
                    + shared.get(0).getString(0)
                    + "' AND person IN (SELECT person FROM answer_identities GROUP BY 1"
                    + " HAVING count(*) > 1)"))
        .as("a person at the kiosk has one id")
        .isZero();
  }

  @Test
  void aWarehouseTooSmallForFortyHasNoKiosk() {
    DemoSpec small = new DemoSpec(399, 24, SPEC.end(), SPEC.seed());
    var identities = DemoWarehouse.of(spark(), small).tables().get(DemoWarehouse.IDENTITIES);
    assertThat(identities.filter("value LIKE '+49 800%'").count()).isZero();
  }

  @Test
  void allIdsOfAPersonHaveOnePersonaAndWhatItDidIsSplit() {
    assertThat(
            count(
                "(SELECT person FROM answer_identities JOIN answer_personas ON customer = customer_id"
                    + " GROUP BY 1 HAVING count(DISTINCT persona) > 1)"))
        .isZero();
    assertThat(count("answer_personas")).isEqualTo(count("answer_identities"));
    for (String facts : new String[] {"shop_orders", "web_events"}) {
      assertThat(count(facts + " WHERE customer LIKE 'G%'")).as(facts).isPositive();
      assertThat(
              count(
                  "(SELECT person FROM answer_identities JOIN "
                      + facts
                      + " ON customer = customer_id GROUP BY person"
                      + " HAVING count(DISTINCT customer) > 1)"))
          .as("persons with %s under several ids", facts)
          .isGreaterThan(10);
    }
  }

  @Test
  void whatHoldsFollowsFromTheLatestDecisionBeforeTheEnd() {
    String held =
        """
        (SELECT person,
           max_by(if(answer = 'yes', 'granted', 'withdrawn'), decided)
             FILTER (WHERE purpose = 'analytics' AND decided < '2026-01-01') AS analytics,
           max_by(if(answer = 'yes', 'granted', 'withdrawn'), decided)
             FILTER (WHERE purpose = 'analytics' AND decided >= '2026-01-01') AS later,
           max_by(if(answer = 'yes', 'granted', 'withdrawn'), decided)
             FILTER (WHERE purpose = 'marketing' AND decided < '2026-01-01') AS marketing
         FROM crm_consents JOIN answer_identities ON customer_id = customer
         WHERE decision_no LIKE 'P%' GROUP BY person) d""";
    assertThat(count("answer_consents")).isEqualTo(3000);
    assertThat(
            count(
                "answer_consents a LEFT JOIN "
                    + held
                    + " ON a.person = d.person WHERE NOT (a.analytics <=> d.analytics"
                    + " AND a.analytics_later <=> d.later AND a.marketing <=> d.marketing)"))
        .isZero();
  }

  @Test
  void consentsHaveTheirShares() {
    assertThat(count("answer_consents WHERE analytics = 'withdrawn'") / 3000.0)
        .isCloseTo(0.032, within(0.012));
    assertThat(count("answer_consents WHERE analytics IS NULL") / 3000.0)
        .isCloseTo(0.010, within(0.007));
    for (String later : new String[] {"granted", "withdrawn"}) {
      assertThat(count("answer_consents WHERE analytics_later = '" + later + "'"))
          .as("decided after the end: %s", later)
          .isBetween(1L, 30L);
    }
    assertThat(count("answer_consents WHERE marketing = 'withdrawn'")).isPositive();
    String again =
        "(SELECT customer FROM crm_consents WHERE purpose = 'analytics' AND decision_no LIKE 'P%'"
            + " GROUP BY customer HAVING count(DISTINCT decided) > 2 AND max(decided) < '2026-01-01')";
    assertThat(count(again) / 3000.0).as("withdrew and came back").isCloseTo(0.01, within(0.007));
    Row guest =
        spark()
            .sql(
                "SELECT count(*) FROM crm_consents c JOIN answer_identities a"
                    + " ON a.customer_id = c.customer WHERE a.person <> c.customer")
            .first();
    assertThat(guest.getLong(0)).as("decisions under another id of the person").isPositive();
  }

  @Test
  void ordersInTheSecondCurrencyHaveARateAndTheirRefundsToo() {
    double share = count("shop_orders WHERE currency = 'USD'") / (double) count("shop_orders");
    assertThat(share).isCloseTo(Currencies.SHARE_OF_SECOND, within(0.005));
    assertThat(
            count(
                "shop_orders o WHERE currency = 'USD' AND NOT EXISTS (SELECT 1 FROM fx_rates f"
                    + " WHERE f.currency = 'USD' AND f.valid_from <= o.ordered_at)"))
        .isZero();
    assertThat(
            count(
                "shop_orders r JOIN shop_orders o ON substring(o.order_no, 2) ="
                    + " substring(r.order_no, 2) AND o.order_no LIKE 'O%' AND r.order_no LIKE 'R%'"
                    + " WHERE o.currency <> r.currency"))
        .isZero();
    assertThat(
            count(
                "shop_order_lines l JOIN shop_orders o ON o.order_no = l.order_no"
                    + " WHERE l.currency <> o.currency"))
        .isZero();
    assertThat(count("fx_rates WHERE valid_from > '2026-01-01'")).as("rates to come").isPositive();
  }

  private long count(String from) {
    return spark().sql("SELECT count(*) FROM " + from).head().getLong(0);
  }
}
