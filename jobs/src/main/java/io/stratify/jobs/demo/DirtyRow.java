package io.stratify.jobs.demo;

import io.stratify.jobs.demo.Draws.Stream;
import java.util.EnumSet;
import java.util.Set;

/**
 * The dirty rows of the warehouse, all of them here. Every one is a row more: the rows that are
 * left when they are taken away are the clean warehouse. Which customers have one depends on the
 * seed and the customer only.
 */
@SuppressWarnings("ImmutableEnumChecker") // values of flaws are immutable
public enum DirtyRow {
  /** A customer whose id is blank. */
  BLANK_CUSTOMER_ID(DemoWarehouse.CUSTOMERS, 0.002),
  /** The customer's first order a second time, equal in every column. */
  DUPLICATE_ORDER(DemoWarehouse.ORDERS, 0.020),
  /** An order whose customer is null. */
  ORDER_WITHOUT_CUSTOMER(DemoWarehouse.ORDERS, 0.010),
  /** An order placed on {@link #BAD_TIME}. */
  ORDER_WITH_BAD_TIME(DemoWarehouse.ORDERS, 0.010),
  /** An order with the total {@link #BAD_TOTAL}. */
  ORDER_WITH_BAD_TOTAL(DemoWarehouse.ORDERS, 0.006),
  /** A sound order of a customer, {@code X...}, whom the customer table does not know. */
  ORDER_OF_UNKNOWN_CUSTOMER(DemoWarehouse.ORDERS, 0.008),
  /** The first line of the customer's first order a second time, equal in every column. */
  DUPLICATE_LINE(DemoWarehouse.ORDER_LINES, 0.020),
  /** A line whose order number is null. */
  LINE_WITHOUT_ORDER(DemoWarehouse.ORDER_LINES, 0.010),
  /** The customer's first event a second time, equal in every column. */
  DUPLICATE_EVENT(DemoWarehouse.EVENTS, 0.040),
  /** An event of nobody in particular. */
  EVENT_WITHOUT_CUSTOMER(DemoWarehouse.EVENTS, 0.050),
  /** An order in a currency, {@code XTS}, that has no rate. */
  ORDER_IN_UNKNOWN_CURRENCY(DemoWarehouse.ORDERS, 0.006),
  /** An account without an id. */
  ACCOUNT_WITHOUT_ID(DemoWarehouse.ACCOUNTS, 0.006, Flaw.missing("account_no")),
  /** An account opened on {@link #BAD_DAY}. */
  ACCOUNT_WITH_BAD_DAY(DemoWarehouse.ACCOUNTS, 0.006, Flaw.of("opened", Text.BAD_DAY)),
  /** The customer's company a second time, where he is the first of it. */
  DUPLICATE_ACCOUNT(DemoWarehouse.ACCOUNTS, 0.1, Flaw.REPEATED),
  /** An address of nobody. */
  IDENTITY_WITHOUT_CUSTOMER(DemoWarehouse.IDENTITIES, 0.006, Flaw.missing("cust_id")),
  /** A blank address. */
  IDENTITY_WITHOUT_VALUE(DemoWarehouse.IDENTITIES, 0.006, Flaw.of("value", "  ")),
  /** An address of an unknown customer. */
  IDENTITY_OF_UNKNOWN_CUSTOMER(DemoWarehouse.IDENTITIES, 0.006, Flaw.unknown("cust_id")),
  /** The customer's first contact a second time. */
  DUPLICATE_IDENTITY(DemoWarehouse.IDENTITIES, 0.01, Flaw.REPEATED),
  /** A decision of nobody. */
  CONSENT_WITHOUT_CUSTOMER(DemoWarehouse.CONSENTS, 0.006, Flaw.missing("customer")),
  /** A decision taken on {@link #BAD_TIME}. */
  CONSENT_WITH_BAD_TIME(DemoWarehouse.CONSENTS, 0.006, Flaw.of("decided", Text.BAD_TIME)),
  /** A decision of an unknown customer. */
  CONSENT_OF_UNKNOWN_CUSTOMER(DemoWarehouse.CONSENTS, 0.006, Flaw.unknown("customer")),
  /** A decision that is neither yes nor no. */
  CONSENT_WITHOUT_CLEAR_ANSWER(DemoWarehouse.CONSENTS, 0.006, Flaw.of("answer", "perhaps")),
  /** The customer's first decision a second time. */
  DUPLICATE_CONSENT(DemoWarehouse.CONSENTS, 0.01, Flaw.REPEATED),
  /** A subscription without an id. */
  SUBSCRIPTION_WITHOUT_ID(DemoWarehouse.SUBSCRIPTIONS, 0.006, Flaw.missing("sub_no")),
  /** A subscription started on {@link #BAD_DAY}. */
  SUBSCRIPTION_WITH_BAD_DAY(DemoWarehouse.SUBSCRIPTIONS, 0.006, Flaw.of("started", Text.BAD_DAY)),
  /** A subscription of an unknown customer. */
  SUBSCRIPTION_OF_UNKNOWN_CUSTOMER(DemoWarehouse.SUBSCRIPTIONS, 0.006, Flaw.unknown("customer")),
  /** A subscription that earns less than nothing. */
  SUBSCRIPTION_WITH_NEGATIVE_REVENUE(
      DemoWarehouse.SUBSCRIPTIONS, 0.006, Flaw.of("monthly", Text.money(-499))),
  /** A subscription that ended years before it started. */
  SUBSCRIPTION_ENDED_BEFORE_IT_STARTED(
      DemoWarehouse.SUBSCRIPTIONS, 0.006, Flaw.of("ended", "2001-01-01")),
  /** The customer's first subscription a second time. */
  DUPLICATE_SUBSCRIPTION(DemoWarehouse.SUBSCRIPTIONS, 0.02, Flaw.REPEATED),
  /** A ticket of nobody. */
  TICKET_WITHOUT_CUSTOMER(DemoWarehouse.TICKETS, 0.006, Flaw.missing("customer")),
  /** A ticket opened on {@link #BAD_TIME}. */
  TICKET_WITH_BAD_TIME(DemoWarehouse.TICKETS, 0.006, Flaw.of("opened", Text.BAD_TIME)),
  /** A ticket of an unknown customer. */
  TICKET_OF_UNKNOWN_CUSTOMER(DemoWarehouse.TICKETS, 0.006, Flaw.unknown("customer")),
  /** A ticket whose satisfaction is no number. */
  TICKET_WITH_SATISFACTION_NAN(DemoWarehouse.TICKETS, 0.006, Flaw.of("satisfaction", Double.NaN)),
  /** The customer's first ticket a second time. */
  DUPLICATE_TICKET(DemoWarehouse.TICKETS, 0.02, Flaw.REPEATED),
  /** A message to nobody. */
  TOUCH_WITHOUT_CUSTOMER(DemoWarehouse.TOUCHES, 0.006, Flaw.missing("customer")),
  /** A message sent on {@link #BAD_TIME}. */
  TOUCH_WITH_BAD_TIME(DemoWarehouse.TOUCHES, 0.006, Flaw.of("sent", Text.BAD_TIME)),
  /** A message to an unknown customer. */
  TOUCH_OF_UNKNOWN_CUSTOMER(DemoWarehouse.TOUCHES, 0.006, Flaw.unknown("customer")),
  /** The customer's first message a second time. */
  DUPLICATE_TOUCH(DemoWarehouse.TOUCHES, 0.01, Flaw.REPEATED),
  /** An answer of nobody. */
  ANSWER_WITHOUT_CUSTOMER(DemoWarehouse.SURVEYS, 0.006, Flaw.missing("customer")),
  /** An answer given on {@link #BAD_TIME}. */
  ANSWER_WITH_BAD_TIME(DemoWarehouse.SURVEYS, 0.006, Flaw.of("answered", Text.BAD_TIME)),
  /** An answer of an unknown customer. */
  ANSWER_OF_UNKNOWN_CUSTOMER(DemoWarehouse.SURVEYS, 0.006, Flaw.unknown("customer")),
  /** An answer to a kind of question that there is not. */
  ANSWER_OF_UNKNOWN_KIND(DemoWarehouse.SURVEYS, 0.006, Flaw.of("kind", "mood")),
  /** A recommendation of eleven on the scale to ten. */
  ANSWER_WITH_NPS_ELEVEN(DemoWarehouse.SURVEYS, 0.006, Flaw.of("score", 11.0)),
  /** The customer's first answer a second time. */
  DUPLICATE_ANSWER(DemoWarehouse.SURVEYS, 0.03, Flaw.REPEATED),
  /** A note on nobody. */
  NOTE_WITHOUT_CUSTOMER(DemoWarehouse.FEEDBACK, 0.006, Flaw.missing("customer")),
  /** A note taken on {@link #BAD_TIME}. */
  NOTE_WITH_BAD_TIME(DemoWarehouse.FEEDBACK, 0.006, Flaw.of("given", Text.BAD_TIME)),
  /** A note on an unknown customer. */
  NOTE_OF_UNKNOWN_CUSTOMER(DemoWarehouse.FEEDBACK, 0.006, Flaw.unknown("customer")),
  /** A note with a sentiment that there is not. */
  NOTE_WITH_UNKNOWN_SENTIMENT(DemoWarehouse.FEEDBACK, 0.006, Flaw.of("sentiment", "angry")),
  /** The customer's note a second time. */
  DUPLICATE_NOTE(DemoWarehouse.FEEDBACK, 0.05, Flaw.REPEATED),
  /** An exposure of nobody. */
  EXPOSURE_WITHOUT_CUSTOMER(DemoWarehouse.EXPOSURES, 0.006, Flaw.missing("customer")),
  /** An exposure at {@link #BAD_TIME}. */
  EXPOSURE_WITH_BAD_TIME(DemoWarehouse.EXPOSURES, 0.006, Flaw.of("shown", Text.BAD_TIME)),
  /** An exposure of an unknown customer. */
  EXPOSURE_OF_UNKNOWN_CUSTOMER(DemoWarehouse.EXPOSURES, 0.006, Flaw.unknown("customer")),
  /** The customer's first exposure a second time. */
  DUPLICATE_EXPOSURE(DemoWarehouse.EXPOSURES, 0.03, Flaw.REPEATED);

  /** A time that is none. */
  public static final String BAD_TIME = Text.BAD_TIME;

  /** A day that is none. */
  public static final String BAD_DAY = Text.BAD_DAY;

  /** A total that is none. */
  public static final String BAD_TOTAL = "n/a";

  private final String table;
  private final double shareOfCustomers;
  private final Flaw flaw;

  DirtyRow(String table, double shareOfCustomers) {
    this(table, shareOfCustomers, Flaw.SPECIAL);
  }

  DirtyRow(String table, double shareOfCustomers, Flaw flaw) {
    this.table = table;
    this.shareOfCustomers = shareOfCustomers;
    this.flaw = flaw;
  }

  /** The table it is found in. */
  public String table() {
    return table;
  }

  /** Share of the customers who have one (a duplicate only where there is a row to repeat). */
  public double shareOfCustomers() {
    return shareOfCustomers;
  }

  /** What is wrong with it. */
  Flaw flaw() {
    return flaw;
  }

  /** The kinds that a customer has, at most one row of each. */
  static Set<DirtyRow> of(DemoSpec spec, long customer) {
    Draws draws = new Draws(spec.seed(), customer, Stream.DIRT);
    Set<DirtyRow> kinds = EnumSet.noneOf(DirtyRow.class);
    for (DirtyRow kind : values()) {
      if (draws.chance(kind.shareOfCustomers)) {
        kinds.add(kind);
      }
    }
    return kinds;
  }
}
