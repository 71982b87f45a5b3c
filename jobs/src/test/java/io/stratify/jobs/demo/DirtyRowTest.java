package io.stratify.jobs.demo;

import static io.stratify.jobs.demo.DirtyRow.BAD_DAY;
import static io.stratify.jobs.demo.DirtyRow.BAD_TIME;
import static io.stratify.jobs.demo.DirtyRow.BAD_TOTAL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDate;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The dirty rows that the warehouse says it has are those that SQL finds in it. */
class DirtyRowTest extends DemoSparkSuite {
  private static final DemoSpec SPEC = new DemoSpec(3000, 24, LocalDate.of(2026, 1, 1), 42);

  /** Condition that the rows of a kind, and no others of its table, meet. */
  private static final Map<DirtyRow, String> CONDITIONS = new EnumMap<>(DirtyRow.class);

  static {
    CONDITIONS.put(DirtyRow.BLANK_CUSTOMER_ID, "trim(cust_id) = ''");
    CONDITIONS.put(DirtyRow.ORDER_WITHOUT_CUSTOMER, "customer IS NULL");
    CONDITIONS.put(DirtyRow.ORDER_WITH_BAD_TIME, "ordered_at = '" + BAD_TIME + "'");
    CONDITIONS.put(DirtyRow.ORDER_WITH_BAD_TOTAL, "total = '" + BAD_TOTAL + "'");
    CONDITIONS.put(DirtyRow.ORDER_OF_UNKNOWN_CUSTOMER, stranger("customer"));
    CONDITIONS.put(DirtyRow.ORDER_IN_UNKNOWN_CURRENCY, "currency NOT IN ('EUR', 'USD')");
    CONDITIONS.put(DirtyRow.LINE_WITHOUT_ORDER, "order_no IS NULL");
    CONDITIONS.put(DirtyRow.EVENT_WITHOUT_CUSTOMER, "customer IS NULL");
    CONDITIONS.put(DirtyRow.ACCOUNT_WITHOUT_ID, "account_no IS NULL");
    CONDITIONS.put(DirtyRow.ACCOUNT_WITH_BAD_DAY, "opened = '" + BAD_DAY + "'");
    CONDITIONS.put(DirtyRow.IDENTITY_WITHOUT_CUSTOMER, "cust_id IS NULL");
    CONDITIONS.put(DirtyRow.IDENTITY_WITHOUT_VALUE, "trim(value) = ''");
    CONDITIONS.put(DirtyRow.IDENTITY_OF_UNKNOWN_CUSTOMER, stranger("cust_id"));
    CONDITIONS.put(DirtyRow.CONSENT_WITHOUT_CUSTOMER, "customer IS NULL");
    CONDITIONS.put(DirtyRow.CONSENT_WITH_BAD_TIME, "decided = '" + BAD_TIME + "'");
    CONDITIONS.put(DirtyRow.CONSENT_OF_UNKNOWN_CUSTOMER, stranger("customer"));
    CONDITIONS.put(DirtyRow.CONSENT_WITHOUT_CLEAR_ANSWER, "answer NOT IN ('yes', 'no')");
    CONDITIONS.put(DirtyRow.SUBSCRIPTION_WITHOUT_ID, "sub_no IS NULL");
    CONDITIONS.put(DirtyRow.SUBSCRIPTION_WITH_BAD_DAY, "started = '" + BAD_DAY + "'");
    CONDITIONS.put(DirtyRow.SUBSCRIPTION_OF_UNKNOWN_CUSTOMER, stranger("customer"));
    CONDITIONS.put(DirtyRow.SUBSCRIPTION_WITH_NEGATIVE_REVENUE, "monthly < 0");
    CONDITIONS.put(DirtyRow.SUBSCRIPTION_ENDED_BEFORE_IT_STARTED, "ended < started");
    CONDITIONS.put(DirtyRow.TICKET_WITHOUT_CUSTOMER, "customer IS NULL");
    CONDITIONS.put(DirtyRow.TICKET_WITH_BAD_TIME, "opened = '" + BAD_TIME + "'");
    CONDITIONS.put(DirtyRow.TICKET_OF_UNKNOWN_CUSTOMER, stranger("customer"));
    CONDITIONS.put(DirtyRow.TICKET_WITH_SATISFACTION_NAN, "isnan(satisfaction)");
    CONDITIONS.put(DirtyRow.TOUCH_WITHOUT_CUSTOMER, "customer IS NULL");
    CONDITIONS.put(DirtyRow.TOUCH_WITH_BAD_TIME, "sent = '" + BAD_TIME + "'");
    CONDITIONS.put(DirtyRow.TOUCH_OF_UNKNOWN_CUSTOMER, stranger("customer"));
    CONDITIONS.put(DirtyRow.ANSWER_WITHOUT_CUSTOMER, "customer IS NULL");
    CONDITIONS.put(DirtyRow.ANSWER_WITH_BAD_TIME, "answered = '" + BAD_TIME + "'");
    CONDITIONS.put(DirtyRow.ANSWER_OF_UNKNOWN_CUSTOMER, stranger("customer"));
    CONDITIONS.put(
        DirtyRow.ANSWER_OF_UNKNOWN_KIND,
        "kind NOT IN ('nps', 'need', 'attitude', 'importance', 'price')");
    CONDITIONS.put(DirtyRow.ANSWER_WITH_NPS_ELEVEN, "kind = 'nps' AND score > 10");
    CONDITIONS.put(DirtyRow.NOTE_WITHOUT_CUSTOMER, "customer IS NULL");
    CONDITIONS.put(DirtyRow.NOTE_WITH_BAD_TIME, "given = '" + BAD_TIME + "'");
    CONDITIONS.put(DirtyRow.NOTE_OF_UNKNOWN_CUSTOMER, stranger("customer"));
    CONDITIONS.put(
        DirtyRow.NOTE_WITH_UNKNOWN_SENTIMENT,
        "sentiment NOT IN ('negative', 'neutral', 'positive')");
    CONDITIONS.put(DirtyRow.EXPOSURE_WITHOUT_CUSTOMER, "customer IS NULL");
    CONDITIONS.put(DirtyRow.EXPOSURE_WITH_BAD_TIME, "shown = '" + BAD_TIME + "'");
    CONDITIONS.put(DirtyRow.EXPOSURE_OF_UNKNOWN_CUSTOMER, stranger("customer"));
  }

  @BeforeEach
  void registerTheWarehouse() {
    DemoWarehouse.of(spark(), SPEC)
        .tables()
        .forEach((name, rows) -> rows.createOrReplaceTempView(name));
  }

  @Test
  void areAsManyAsDeclared() {
    Map<DirtyRow, Long> expected = new EnumMap<>(DirtyRow.class);
    for (DirtyRow kind : DirtyRow.values()) {
      expected.put(
          kind,
          CONDITIONS.containsKey(kind)
              ? count(kind.table() + " WHERE " + CONDITIONS.get(kind))
              : duplicates(kind.table()));
    }
    Map<DirtyRow, Long> found = DemoWarehouse.of(spark(), SPEC).dirtyRows();
    assertThat(found).isEqualTo(expected);
    assertThat(found)
        .allSatisfy(
            (kind, rows) -> {
              assertThat(rows).as("%s", kind).isPositive();
              // Four standard deviations; there are fewer duplicates where there is less to repeat.
              double share = kind.shareOfCustomers();
              double tolerance = 4 * Math.sqrt(share / SPEC.customers());
              if (CONDITIONS.containsKey(kind)) {
                assertThat(rows / (double) SPEC.customers())
                    .as("%s", kind)
                    .isCloseTo(share, within(tolerance));
              }
            });
  }

  /** So that a duplicate is never a dirty row of another kind, and one row has one flaw. */
  @Test
  void breakOneRuleEach() {
    for (DirtyRow kind : CONDITIONS.keySet()) {
      for (DirtyRow other : CONDITIONS.keySet()) {
        if (kind.table().equals(other.table()) && kind.compareTo(other) < 0) {
          assertThat(
                  count(
                      "%s WHERE (%s) AND (%s)"
                          .formatted(kind.table(), CONDITIONS.get(kind), CONDITIONS.get(other))))
              .as("%s and %s", kind, other)
              .isZero();
        }
      }
    }
  }

  private static String stranger(String column) {
    return column
        + " IS NOT NULL AND "
        + column
        + " NOT IN (SELECT cust_id FROM "
        + DemoWarehouse.CUSTOMERS
        + ")";
  }

  private long count(String from) {
    return spark().sql("SELECT count(*) FROM " + from).head().getLong(0);
  }

  private long duplicates(String table) {
    return count(table) - count("(SELECT DISTINCT * FROM " + table + ")");
  }
}
