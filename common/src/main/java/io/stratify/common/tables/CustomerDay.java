package io.stratify.common.tables;

import static org.apache.spark.sql.types.DataTypes.DateType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.createMapType;

import java.util.List;
import org.apache.spark.sql.types.DataType;

/**
 * Additive facts per customer and active day, from which every snapshot is computed. On most days a
 * customer does one thing: what is 0, or has no entries, is null, and takes no room.
 */
public final class CustomerDay {
  private static final TableSpec.Builder T =
      TableSpec.monthly(
          "customer_day",
          "One row per customer and day with any fact; all figures and the numbers in maps add up"
              + " over days, and are null where they are 0 or empty. Days on and after the as-of date"
              + " are there too: no snapshot looks at them.");

  private static final DataType COUNTS = createMapType(StringType, LongType);
  private static final DataType AMOUNTS = createMapType(StringType, TableSpec.MONEY);

  /** {@code customer_id}. */
  public static final ColumnSpec CUSTOMER_ID = T.key("customer_id", StringType, "customer");

  /** {@code day}. */
  public static final ColumnSpec DAY = T.key("day", DateType, "day in UTC");

  /** {@code orders}. */
  public static final ColumnSpec ORDERS = T.column("orders", LongType, "completed orders");

  /** {@code gross_amount}. */
  public static final ColumnSpec GROSS_AMOUNT =
      T.column("gross_amount", TableSpec.MONEY, "value bought");

  /** {@code completed_amount}. */
  public static final ColumnSpec COMPLETED_AMOUNT =
      T.column("completed_amount", TableSpec.MONEY, "value bought in orders that were not undone");

  /** {@code returned_amount}. */
  public static final ColumnSpec RETURNED_AMOUNT =
      T.column("returned_amount", TableSpec.MONEY, "value cancelled or given back");

  /** {@code discount_amount}. */
  public static final ColumnSpec DISCOUNT_AMOUNT =
      T.column("discount_amount", TableSpec.MONEY, "discount given");

  /** {@code units}. */
  public static final ColumnSpec UNITS =
      T.column("units", TableSpec.MONEY, "units bought, without those given back");

  /** {@code returned_orders}. */
  public static final ColumnSpec RETURNED_ORDERS =
      T.column("returned_orders", LongType, "orders cancelled, returned or of negative value");

  /** {@code discounted_orders}. */
  public static final ColumnSpec DISCOUNTED_ORDERS =
      T.column("discounted_orders", LongType, "completed orders with a discount");

  /** {@code margin_amount}. */
  public static final ColumnSpec MARGIN_AMOUNT =
      T.column(
          "margin_amount",
          TableSpec.MONEY,
          "value of completed lines less the cost of their products, where that is known");

  /** {@code costed_amount}. */
  public static final ColumnSpec COSTED_AMOUNT =
      T.column(
          "costed_amount",
          TableSpec.MONEY,
          "value of the completed lines of which the cost is known");

  /** {@code order_channels}. */
  public static final ColumnSpec ORDER_CHANNELS =
      T.column("order_channels", COUNTS, "completed orders per channel");

  /** {@code category_units}. */
  public static final ColumnSpec CATEGORY_UNITS =
      T.column("category_units", AMOUNTS, "units bought per category, without those given back");

  /** {@code events}. */
  public static final ColumnSpec EVENTS = T.column("events", LongType, "events of product usage");

  /** {@code sessions}. */
  public static final ColumnSpec SESSIONS =
      T.column(
          "sessions",
          LongType,
          "sessions of product usage on the day; one over midnight counts on both days");

  /** {@code session_events}. */
  public static final ColumnSpec SESSION_EVENTS =
      T.column("session_events", LongType, "events that belong to a session");

  /** {@code event_seconds}. */
  public static final ColumnSpec EVENT_SECONDS =
      T.column("event_seconds", TableSpec.MONEY_SUM, "seconds of product usage");

  /** {@code session_seconds}. */
  public static final ColumnSpec SESSION_SECONDS =
      T.column(
          "session_seconds", TableSpec.MONEY_SUM, "seconds of events that belong to a session");

  /** {@code event_types}. */
  public static final ColumnSpec EVENT_TYPES = T.column("event_types", COUNTS, "events per type");

  /** {@code event_features}. */
  public static final ColumnSpec EVENT_FEATURES =
      T.column("event_features", COUNTS, "events per product feature");

  /** {@code event_devices}. */
  public static final ColumnSpec EVENT_DEVICES =
      T.column("event_devices", COUNTS, "events per device");

  /** {@code tickets_opened}. */
  public static final ColumnSpec TICKETS_OPENED =
      T.column("tickets_opened", LongType, "support tickets opened");

  /** {@code tickets_closed}. */
  public static final ColumnSpec TICKETS_CLOSED =
      T.column("tickets_closed", LongType, "support tickets closed");

  /** {@code ticket_hours}. */
  public static final ColumnSpec TICKET_HOURS =
      T.column(
          "ticket_hours", TableSpec.MONEY, "hours that the tickets closed on this day were open");

  /** {@code satisfaction_sum}. */
  public static final ColumnSpec SATISFACTION_SUM =
      T.column(
          "satisfaction_sum",
          TableSpec.MONEY,
          "satisfaction stated, summed; on the day a ticket was closed, or opened if it is open");

  /** {@code satisfaction_answers}. */
  public static final ColumnSpec SATISFACTION_ANSWERS =
      T.column("satisfaction_answers", LongType, "statements of satisfaction");

  /** {@code touches_sent}. */
  public static final ColumnSpec TOUCHES_SENT =
      T.column("touches_sent", LongType, "campaign messages sent");

  /** {@code touches_opened}. */
  public static final ColumnSpec TOUCHES_OPENED =
      T.column("touches_opened", LongType, "campaign messages opened");

  /** {@code touches_clicked}. */
  public static final ColumnSpec TOUCHES_CLICKED =
      T.column("touches_clicked", LongType, "campaign messages clicked");

  /** {@code touches_converted}. */
  public static final ColumnSpec TOUCHES_CONVERTED =
      T.column(
          "touches_converted",
          LongType,
          "campaign messages that the customer did what they asked for");

  /** {@code touch_cost}. */
  public static final ColumnSpec TOUCH_COST =
      T.column("touch_cost", TableSpec.MONEY, "cost of the messages sent");

  /** {@code nps_sum}. */
  public static final ColumnSpec NPS_SUM =
      T.column("nps_sum", TableSpec.MONEY, "scores of NPS answers, 0 to 10, summed");

  /** {@code nps_answers}. */
  public static final ColumnSpec NPS_ANSWERS = T.column("nps_answers", LongType, "NPS answers");

  /** {@code importance_sum}. */
  public static final ColumnSpec IMPORTANCE_SUM =
      T.column("importance_sum", AMOUNTS, "stated importance per value driver, summed");

  /** {@code importance_answers}. */
  public static final ColumnSpec IMPORTANCE_ANSWERS =
      T.column("importance_answers", COUNTS, "statements of importance per value driver");

  /** {@code attitude_sum}. */
  public static final ColumnSpec ATTITUDE_SUM =
      T.column(
          "attitude_sum", AMOUNTS, "answers to questions of need and attitude per subject, summed");

  /** {@code attitude_answers}. */
  public static final ColumnSpec ATTITUDE_ANSWERS =
      T.column("attitude_answers", COUNTS, "answers to questions of need and attitude per subject");

  /** {@code feedback}. */
  public static final ColumnSpec FEEDBACK = T.column("feedback", LongType, "notes of feedback");

  /** {@code feedback_themes}. */
  public static final ColumnSpec FEEDBACK_THEMES =
      T.column("feedback_themes", COUNTS, "notes of feedback per theme");

  /** {@code sentiment_sum}. */
  public static final ColumnSpec SENTIMENT_SUM =
      T.column("sentiment_sum", LongType, "positive less negative notes of feedback");

  /** {@code trials_started}. */
  public static final ColumnSpec TRIALS_STARTED =
      T.column("trials_started", LongType, "trials started");

  /** {@code subscriptions_started}. */
  public static final ColumnSpec SUBSCRIPTIONS_STARTED =
      T.column("subscriptions_started", LongType, "paid subscriptions started");

  /** {@code subscriptions_ended}. */
  public static final ColumnSpec SUBSCRIPTIONS_ENDED =
      T.column("subscriptions_ended", LongType, "paid subscriptions ended");

  /** {@code recurring_started}. */
  public static final ColumnSpec RECURRING_STARTED =
      T.column(
          "recurring_started", TableSpec.MONEY, "monthly revenue of the subscriptions started");

  /** {@code recurring_ended}. */
  public static final ColumnSpec RECURRING_ENDED =
      T.column("recurring_ended", TableSpec.MONEY, "monthly revenue of the subscriptions ended");

  /** {@code plans}. */
  public static final ColumnSpec PLANS =
      T.column("plans", COUNTS, "subscriptions started less those ended per plan");

  /** {@code exposures}. */
  public static final ColumnSpec EXPOSURES =
      T.column("exposures", LongType, "variants of experiments first shown");

  /** The table. */
  public static final TableSpec TABLE = T.build();

  /** What is summed: the columns without the customer and the day, in the order of the table. */
  public static final List<ColumnSpec> FACTS =
      TABLE.body().stream().filter(c -> !TABLE.key().contains(c.name())).toList();

  private CustomerDay() {}
}
