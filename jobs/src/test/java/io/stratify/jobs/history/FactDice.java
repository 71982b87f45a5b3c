package io.stratify.jobs.history;

import static io.stratify.common.spark.Facts.event;
import static io.stratify.common.spark.Facts.line;
import static io.stratify.common.spark.Facts.order;
import static io.stratify.common.spark.Facts.row;

import io.stratify.common.spark.FactRow;
import io.stratify.common.spark.Facts.OrderRow;
import io.stratify.common.tables.CampaignTouches;
import io.stratify.common.tables.Events;
import io.stratify.common.tables.ExperimentExposures;
import io.stratify.common.tables.Feedback;
import io.stratify.common.tables.OrderLines;
import io.stratify.common.tables.Orders;
import io.stratify.common.tables.Subscriptions;
import io.stratify.common.tables.SupportTickets;
import io.stratify.common.tables.SurveyResponses;
import java.time.LocalDate;
import java.util.Random;

/** A fact of any table by chance. */
record FactDice(Random random) {
  FactRow<?> fact(String customer, LocalDate day) {
    String at = day.atTime(random.nextInt(24), 30) + ":00Z";
    return switch (random.nextInt(9)) {
      case 0 -> anOrder(customer, at);
      case 1 -> aLine(customer, at);
      case 2 -> anEvent(customer, at);
      case 3 -> aTicket(customer, at);
      case 4 -> aSubscription(customer, day);
      case 5 -> aTouch(customer, at);
      case 6 -> anExposure(customer, at);
      case 7 -> anAnswer(customer, at);
      default -> aNote(customer, at);
    };
  }

  String status() {
    return any(Orders.COMPLETED, Orders.COMPLETED, Orders.RETURNED, Orders.CANCELLED);
  }

  String sentiment() {
    return any("negative", "neutral", "positive", null);
  }

  String any(String... values) {
    return values[random.nextInt(values.length)];
  }

  private FactRow<?> anOrder(String customer, String at) {
    OrderRow order =
        order(customer)
            .at(at)
            .worth(random.nextInt(400) / 4.0)
            .with(Orders.CHANNEL, any("web", "store", null));
    String status = status();
    return status.equals(Orders.COMPLETED)
        ? order.discount(random.nextInt(3))
        : order.undone(status);
  }

  private FactRow<?> aLine(String customer, String at) {
    return line(customer)
        .at(at)
        .product("p" + random.nextInt(4))
        .units(random.nextInt(4))
        .worth(random.nextInt(90))
        .of("category " + random.nextInt(3))
        .with(OrderLines.STATUS, status());
  }

  private FactRow<?> anEvent(String customer, String at) {
    return event(customer)
        .at(at)
        .session("s" + random.nextInt(3))
        .with(Events.EVENT_TYPE, any("view", null))
        .with(Events.FEATURE, any("view", null));
  }

  private FactRow<?> aTicket(String customer, String at) {
    return row(SupportTickets.TABLE)
        .with(SupportTickets.TICKET_ID, "t" + random.nextInt())
        .with(SupportTickets.CUSTOMER_ID, customer)
        .with(SupportTickets.OPENED_AT, at)
        .with(SupportTickets.SATISFACTION, random.nextInt(5));
  }

  private FactRow<?> aSubscription(String customer, LocalDate day) {
    return row(Subscriptions.TABLE)
        .with(Subscriptions.SUBSCRIPTION_ID, "s" + random.nextInt())
        .with(Subscriptions.CUSTOMER_ID, customer)
        .with(Subscriptions.PLAN, any("basic", "gold", null))
        .with(Subscriptions.TRIAL_STARTED_ON, random.nextBoolean() ? day.minusDays(14) : null)
        .with(Subscriptions.STARTED_ON, random.nextInt(4) > 0 ? day : null)
        .with(Subscriptions.MONTHLY_REVENUE, random.nextInt(50));
  }

  private FactRow<?> aTouch(String customer, String at) {
    return row(CampaignTouches.TABLE)
        .with(CampaignTouches.CUSTOMER_ID, customer)
        .with(CampaignTouches.CAMPAIGN_ID, "spring")
        .with(CampaignTouches.SENT_AT, at)
        .with(CampaignTouches.OPENED_AT, any(at, null))
        .with(CampaignTouches.COST, random.nextInt(9) / 8.0);
  }

  private FactRow<?> anExposure(String customer, String at) {
    return row(ExperimentExposures.TABLE)
        .with(ExperimentExposures.EXPERIMENT_ID, "e" + random.nextInt())
        .with(ExperimentExposures.CUSTOMER_ID, customer)
        .with(ExperimentExposures.VARIANT, "a")
        .with(ExperimentExposures.EXPOSED_AT, at);
  }

  private FactRow<?> anAnswer(String customer, String at) {
    return row(SurveyResponses.TABLE)
        .with(SurveyResponses.CUSTOMER_ID, customer)
        .with(SurveyResponses.RESPONDED_AT, at)
        .with(SurveyResponses.KIND, any("nps", "need", "importance", "price"))
        .with(SurveyResponses.SUBJECT, any("speed", "price", null))
        .with(SurveyResponses.SCORE, random.nextInt(12));
  }

  private FactRow<?> aNote(String customer, String at) {
    return row(Feedback.TABLE)
        .with(Feedback.CUSTOMER_ID, customer)
        .with(Feedback.GIVEN_AT, at)
        .with(Feedback.THEME, any("delivery", "price", null))
        .with(Feedback.SENTIMENT, sentiment());
  }
}
