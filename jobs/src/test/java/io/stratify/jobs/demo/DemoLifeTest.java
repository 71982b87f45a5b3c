package io.stratify.jobs.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What customers do beyond buying and looking: as much as announced, and as their persona would.
 */
class DemoLifeTest extends DemoSparkSuite {
  private static final DemoSpec SPEC = new DemoSpec(3000, 24, LocalDate.of(2026, 1, 1), 42);

  @BeforeEach
  void registerTheWarehouse() {
    DemoWarehouse warehouse = DemoWarehouse.of(spark(), SPEC);
    warehouse.tables().forEach((name, rows) -> rows.createOrReplaceTempView(name));
    warehouse.answers().forEach((name, rows) -> rows.createOrReplaceTempView(name));
  }

  @Test
  void tablesAreSmall() {
    Map<String, Double> perCustomer =
        Map.of(
            DemoWarehouse.ACCOUNTS, 0.09,
            DemoWarehouse.IDENTITIES, 1.2,
            DemoWarehouse.CONSENTS, 1.4,
            DemoWarehouse.SUBSCRIPTIONS, 0.4,
            DemoWarehouse.TICKETS, 0.5,
            DemoWarehouse.TOUCHES, 4.0,
            DemoWarehouse.SURVEYS, 1.1,
            DemoWarehouse.FEEDBACK, 0.12,
            DemoWarehouse.EXPOSURES, 0.35);
    perCustomer.forEach(
        (table, rows) ->
            assertThat(count(table) / 3000.0).as(table).isBetween(0.8 * rows, 1.2 * rows));
  }

  @Test
  void noDayLiesOutsideTheCustomersTime() {
    for (List<String> column :
        List.of(
            List.of(DemoWarehouse.TICKETS, "opened"),
            List.of(DemoWarehouse.TICKETS, "closed"),
            List.of(DemoWarehouse.TOUCHES, "sent"),
            List.of(DemoWarehouse.TOUCHES, "converted"),
            List.of(DemoWarehouse.SURVEYS, "answered"),
            List.of(DemoWarehouse.FEEDBACK, "given"),
            List.of(DemoWarehouse.EXPOSURES, "shown"),
            List.of(DemoWarehouse.SUBSCRIPTIONS, "trial_from"),
            List.of(DemoWarehouse.SUBSCRIPTIONS, "started"))) {
      String when = "try_to_timestamp(" + column.get(1) + ")";
      String rows =
          column.get(0)
              + " JOIN crm_customers ON cust_id = customer WHERE "
              + when
              + " IS NOT NULL";
      assertThat(count(rows)).as("%s", column).isPositive();
      assertThat(
              count(rows + " AND NOT (" + when + " >= registered AND " + when + " < '2026-01-01')"))
          .as("%s", column)
          .isZero();
    }
  }

  @Test
  void stepsOfATouchFollowEachOther() {
    String later = "mail_touches WHERE touch_no LIKE 'K%' AND ";
    assertThat(count(later + "converted IS NOT NULL")).isPositive();
    assertThat(count(later + "converted IS NOT NULL AND clicked IS NULL")).isZero();
    assertThat(count(later + "clicked IS NOT NULL AND opened IS NULL")).isZero();
    assertThat(count(later + "(opened <= sent OR clicked <= opened OR converted <= clicked)"))
        .isZero();
  }

  @Test
  void customersNameCompaniesThatThereAre() {
    assertThat(count("crm_customers WHERE account IS NOT NULL")).isGreaterThan(300);
    assertThat(
            count(
                "crm_customers LEFT ANTI JOIN crm_accounts ON account_no = account"
                    + " WHERE account IS NOT NULL"))
        .isZero();
  }

  @Test
  void personasShow() {
    assertThat(
            highest("avg(score)", "survey_answers WHERE subject = 'price' AND kind = 'importance'"))
        .isEqualTo("bargain-hunter");
    assertThat(highest("avg(score)", "survey_answers WHERE subject = 'inspiration'"))
        .isEqualTo("browser");
    assertThat(highest("avg(score)", "survey_answers WHERE subject = 'range'"))
        .isEqualTo("loyal-regular");
    assertThat(highest("avg(score)", "survey_answers WHERE subject = 'quality'"))
        .isEqualTo("big-ticket");
    assertThat(highest("avg(score)", "survey_answers WHERE kind = 'nps'"))
        .isEqualTo("loyal-regular");
    assertThat(highest("avg(if(clicked IS NULL, 0, 1))", "mail_touches"))
        .isEqualTo("bargain-hunter");
    assertThat(highest("count_if(topic = 'returns') / count(*)", "desk_tickets"))
        .isEqualTo("bargain-hunter");
    assertThat(highest("count_if(started IS NOT NULL AND ended IS NULL)", "shop_subscriptions"))
        .isEqualTo("loyal-regular");
  }

  private String highest(String measure, String from) {
    return spark()
        .sql(
            "SELECT persona FROM (SELECT * FROM %s) JOIN answer_personas USING (customer) GROUP BY persona ORDER BY %s DESC"
                .formatted(from, measure))
        .first()
        .getString(0);
  }

  private long count(String from) {
    return spark().sql("SELECT count(*) FROM " + from).head().getLong(0);
  }
}
