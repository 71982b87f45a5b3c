package io.stratify.jobs.history;

import io.stratify.common.tables.ColumnSpec;
import io.stratify.common.tables.CustomerDay;
import java.util.List;

/**
 * The kinds of facts, and what the numbers and texts of such a fact add to a customer's day.
 *
 * <p>A fact has up to {@link FactRows#NUMBERS} numbers and {@link FactRows#TEXTS} texts; what each
 * is, is said here and nowhere else.
 */
enum FactKind {
  /** An order. Text: its channel, where it stands. */
  ORDER(
      0,
      number(0, CustomerDay.ORDERS),
      number(1, CustomerDay.GROSS_AMOUNT),
      number(2, CustomerDay.COMPLETED_AMOUNT),
      number(3, CustomerDay.RETURNED_AMOUNT),
      number(4, CustomerDay.DISCOUNT_AMOUNT),
      number(5, CustomerDay.RETURNED_ORDERS),
      number(6, CustomerDay.DISCOUNTED_ORDERS),
      perText(0, 0, CustomerDay.ORDER_CHANNELS)),

  /** A line of an order. Text: its category, where it stands. */
  LINE(
      1,
      number(0, CustomerDay.UNITS),
      number(1, CustomerDay.MARGIN_AMOUNT),
      number(2, CustomerDay.COSTED_AMOUNT),
      perText(0, 0, CustomerDay.CATEGORY_UNITS)),

  /** A trial, a paid subscription or its end, on the day of each. Text: the plan. */
  SUBSCRIPTION(
      2,
      number(0, CustomerDay.TRIALS_STARTED),
      number(1, CustomerDay.SUBSCRIPTIONS_STARTED),
      number(2, CustomerDay.SUBSCRIPTIONS_ENDED),
      number(3, CustomerDay.RECURRING_STARTED),
      number(4, CustomerDay.RECURRING_ENDED),
      perText(0, 5, CustomerDay.PLANS)),

  /** An event. Texts: its type, feature, device and session. */
  EVENT(
      3,
      number(0, CustomerDay.EVENTS),
      number(1, CustomerDay.EVENT_SECONDS),
      number(2, CustomerDay.SESSION_EVENTS),
      number(3, CustomerDay.SESSION_SECONDS),
      perText(0, 0, CustomerDay.EVENT_TYPES),
      perText(1, 0, CustomerDay.EVENT_FEATURES),
      perText(2, 0, CustomerDay.EVENT_DEVICES)),

  /** A ticket, on the day it was opened and on the day it was closed. */
  TICKET(
      4,
      number(0, CustomerDay.TICKETS_OPENED),
      number(1, CustomerDay.TICKETS_CLOSED),
      number(2, CustomerDay.TICKET_HOURS),
      number(3, CustomerDay.SATISFACTION_SUM),
      number(4, CustomerDay.SATISFACTION_ANSWERS)),

  /** A message of a campaign, on the day of each thing that happened to it. */
  TOUCH(
      5,
      number(0, CustomerDay.TOUCHES_SENT),
      number(1, CustomerDay.TOUCHES_OPENED),
      number(2, CustomerDay.TOUCHES_CLICKED),
      number(3, CustomerDay.TOUCHES_CONVERTED),
      number(4, CustomerDay.TOUCH_COST)),

  /** An exposure to an experiment. */
  EXPOSURE(6, number(0, CustomerDay.EXPOSURES)),

  /** An answer of NPS. */
  NPS(7, number(0, CustomerDay.NPS_SUM), number(1, CustomerDay.NPS_ANSWERS)),

  /** An answer on how much a value driver matters. Text: the value driver. */
  IMPORTANCE(
      8, perText(0, 0, CustomerDay.IMPORTANCE_SUM), perText(0, 1, CustomerDay.IMPORTANCE_ANSWERS)),

  /** An answer on a need or an attitude. Text: its subject. */
  ATTITUDE(9, perText(0, 0, CustomerDay.ATTITUDE_SUM), perText(0, 1, CustomerDay.ATTITUDE_ANSWERS)),

  /** An answer that adds up to nothing, such as one on prices: the customer was active. */
  OTHER_ANSWER(10),

  /** A note of feedback. Text: its theme. */
  FEEDBACK(
      11,
      number(0, CustomerDay.FEEDBACK),
      number(1, CustomerDay.SENTIMENT_SUM),
      perText(0, 0, CustomerDay.FEEDBACK_THEMES));

  /** The text of an event that is its session. */
  static final int SESSION = 3;

  private final int code;

  @SuppressWarnings("ImmutableEnumChecker") // List.of is immutable
  private final List<Part> parts;

  FactKind(int code, Part... parts) {
    this.code = code;
    this.parts = List.of(parts);
  }

  /**
   * A number of a fact and where it is added.
   *
   * @param text the text that is the key, in a column that is a map; otherwise -1
   */
  record Part(int number, int text, ColumnSpec column) {}

  /** The number that stands for the kind in a row; they go from 0 up. */
  int code() {
    return code;
  }

  List<Part> parts() {
    return parts;
  }

  private static Part number(int number, ColumnSpec column) {
    return new Part(number, -1, column);
  }

  private static Part perText(int text, int number, ColumnSpec column) {
    return new Part(number, text, column);
  }
}
