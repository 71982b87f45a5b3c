package io.stratify.jobs.endtoend;

import io.stratify.jobs.demo.DirtyRow;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Where the dirty rows of the demo warehouse end. */
final class DemoDirt {
  private static final String NOBODY = "customer_id is missing";
  private static final String STRANGER = "customer_id is not in customers";
  private static final Map<DirtyRow, List<String>> RULES = new EnumMap<>(DirtyRow.class);
  private static final Map<DirtyRow, String> DUPLICATES = new EnumMap<>(DirtyRow.class);

  static {
    input("customers", DirtyRow.BLANK_CUSTOMER_ID, NOBODY);

    duplicate("orders", DirtyRow.DUPLICATE_ORDER);
    input("orders", DirtyRow.ORDER_WITHOUT_CUSTOMER, NOBODY);
    input("orders", DirtyRow.ORDER_WITH_BAD_TIME, "ordered_at is not a TIMESTAMP");
    input("orders", DirtyRow.ORDER_WITH_BAD_TOTAL, "amount is not a DECIMAL(18,4)");
    input("orders", DirtyRow.ORDER_OF_UNKNOWN_CUSTOMER, STRANGER);
    input("orders", DirtyRow.ORDER_IN_UNKNOWN_CURRENCY, "there is no rate for currency XTS");

    duplicate("order_lines", DirtyRow.DUPLICATE_LINE);
    input("order_lines", DirtyRow.LINE_WITHOUT_ORDER, "order_id is missing");

    duplicate("events", DirtyRow.DUPLICATE_EVENT);
    input("events", DirtyRow.EVENT_WITHOUT_CUSTOMER, NOBODY);

    duplicate("accounts", DirtyRow.DUPLICATE_ACCOUNT);
    input("accounts", DirtyRow.ACCOUNT_WITHOUT_ID, "account_id is missing");
    input("accounts", DirtyRow.ACCOUNT_WITH_BAD_DAY, "signed_up_on is not a DATE");

    duplicate("identities", DirtyRow.DUPLICATE_IDENTITY);
    input("identities", DirtyRow.IDENTITY_WITHOUT_CUSTOMER, NOBODY);
    input("identities", DirtyRow.IDENTITY_WITHOUT_VALUE, "value is missing");
    input("identities", DirtyRow.IDENTITY_OF_UNKNOWN_CUSTOMER, STRANGER);

    duplicate("consents", DirtyRow.DUPLICATE_CONSENT);
    input("consents", DirtyRow.CONSENT_WITHOUT_CUSTOMER, NOBODY);
    input("consents", DirtyRow.CONSENT_WITH_BAD_TIME, "decided_at is not a TIMESTAMP");
    input("consents", DirtyRow.CONSENT_OF_UNKNOWN_CUSTOMER, STRANGER);
    input("consents", DirtyRow.CONSENT_WITHOUT_CLEAR_ANSWER, "granted is not a BOOLEAN");

    duplicate("subscriptions", DirtyRow.DUPLICATE_SUBSCRIPTION);
    input("subscriptions", DirtyRow.SUBSCRIPTION_WITHOUT_ID, "subscription_id is missing");
    input("subscriptions", DirtyRow.SUBSCRIPTION_WITH_BAD_DAY, "started_on is not a DATE");
    input("subscriptions", DirtyRow.SUBSCRIPTION_OF_UNKNOWN_CUSTOMER, STRANGER);
    input(
        "subscriptions",
        DirtyRow.SUBSCRIPTION_WITH_NEGATIVE_REVENUE,
        "monthly_revenue is not at least 0");
    input(
        "subscriptions",
        DirtyRow.SUBSCRIPTION_ENDED_BEFORE_IT_STARTED,
        "does not hold: ended_on >= started_on");

    duplicate("support_tickets", DirtyRow.DUPLICATE_TICKET);
    input("support_tickets", DirtyRow.TICKET_WITHOUT_CUSTOMER, NOBODY);
    input("support_tickets", DirtyRow.TICKET_WITH_BAD_TIME, "opened_at is not a TIMESTAMP");
    input("support_tickets", DirtyRow.TICKET_OF_UNKNOWN_CUSTOMER, STRANGER);
    input(
        "support_tickets",
        DirtyRow.TICKET_WITH_SATISFACTION_NAN,
        "satisfaction is not from 1 to 5");

    duplicate("campaign_touches", DirtyRow.DUPLICATE_TOUCH);
    input("campaign_touches", DirtyRow.TOUCH_WITHOUT_CUSTOMER, NOBODY);
    input("campaign_touches", DirtyRow.TOUCH_WITH_BAD_TIME, "sent_at is not a TIMESTAMP");
    input("campaign_touches", DirtyRow.TOUCH_OF_UNKNOWN_CUSTOMER, STRANGER);

    duplicate("survey_responses", DirtyRow.DUPLICATE_ANSWER);
    input("survey_responses", DirtyRow.ANSWER_WITHOUT_CUSTOMER, NOBODY);
    input("survey_responses", DirtyRow.ANSWER_WITH_BAD_TIME, "responded_at is not a TIMESTAMP");
    input("survey_responses", DirtyRow.ANSWER_OF_UNKNOWN_CUSTOMER, STRANGER);
    input(
        "survey_responses",
        DirtyRow.ANSWER_OF_UNKNOWN_KIND,
        "kind is not one of nps, need, attitude, importance, price");
    input(
        "survey_responses",
        DirtyRow.ANSWER_WITH_NPS_ELEVEN,
        "does not hold: kind <> 'nps' OR score BETWEEN 0 AND 10");

    duplicate("feedback", DirtyRow.DUPLICATE_NOTE);
    input("feedback", DirtyRow.NOTE_WITHOUT_CUSTOMER, NOBODY);
    input("feedback", DirtyRow.NOTE_WITH_BAD_TIME, "given_at is not a TIMESTAMP");
    input("feedback", DirtyRow.NOTE_OF_UNKNOWN_CUSTOMER, STRANGER);
    input(
        "feedback",
        DirtyRow.NOTE_WITH_UNKNOWN_SENTIMENT,
        "sentiment is not one of negative, neutral, positive");

    duplicate("experiment_exposures", DirtyRow.DUPLICATE_EXPOSURE);
    input("experiment_exposures", DirtyRow.EXPOSURE_WITHOUT_CUSTOMER, NOBODY);
    input("experiment_exposures", DirtyRow.EXPOSURE_WITH_BAD_TIME, "exposed_at is not a TIMESTAMP");
    input("experiment_exposures", DirtyRow.EXPOSURE_OF_UNKNOWN_CUSTOMER, STRANGER);
  }

  private DemoDirt() {}

  /** Rows in quarantine by input and rule. */
  static Map<List<String>, Long> quarantined(Map<DirtyRow, Long> dirt) {
    Map<List<String>, Long> rows = new HashMap<>();
    RULES.forEach((kind, rule) -> rows.merge(rule, dirt.get(kind), Long::sum));
    return rows;
  }

  /** Rows that equal another one, by input. */
  static Map<String, Long> duplicates(Map<DirtyRow, Long> dirt) {
    Map<String, Long> rows = new HashMap<>();
    DUPLICATES.forEach((kind, input) -> rows.put(input, dirt.get(kind)));
    return rows;
  }

  /** Kinds that end nowhere: there should be none. */
  static List<DirtyRow> unknown() {
    return List.of(DirtyRow.values()).stream()
        .filter(kind -> !RULES.containsKey(kind) && !DUPLICATES.containsKey(kind))
        .toList();
  }

  private static void input(String input, DirtyRow kind, String rule) {
    RULES.put(kind, List.of(input, rule));
  }

  private static void duplicate(String input, DirtyRow kind) {
    DUPLICATES.put(kind, input);
  }
}
