package io.stratify.jobs.history;

import static io.stratify.jobs.history.FactRows.NONE;
import static io.stratify.jobs.history.FactRows.ONE;
import static io.stratify.jobs.history.FactRows.day;
import static io.stratify.jobs.history.FactRows.one;
import static io.stratify.jobs.history.FactRows.units;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import io.stratify.common.tables.CampaignTouches;
import io.stratify.common.tables.Events;
import io.stratify.common.tables.ExperimentExposures;
import io.stratify.common.tables.Feedback;
import io.stratify.common.tables.OrderLines;
import io.stratify.common.tables.Orders;
import io.stratify.common.tables.Products;
import io.stratify.common.tables.Subscriptions;
import io.stratify.common.tables.SupportTickets;
import io.stratify.common.tables.SurveyResponses;
import io.stratify.common.tables.TableSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The facts of all conformed tables in one narrow shape, each table read once. Every fact is dated
 * on the UTC day on which it happened, so that what happened later is never part of a snapshot.
 * What a source corrects in place counts as if it had always been so: the status and the amount of
 * an order on its own day, the price of a subscription on its start.
 */
final class Facts {
  /** The tables with facts, and the products that lines are costed with. */
  static final List<TableSpec> TABLES =
      List.of(
          Orders.TABLE,
          OrderLines.TABLE,
          Products.TABLE,
          Subscriptions.TABLE,
          Events.TABLE,
          SupportTickets.TABLE,
          CampaignTouches.TABLE,
          ExperimentExposures.TABLE,
          SurveyResponses.TABLE,
          Feedback.TABLE);

  private Facts() {}

  /**
   * The facts of the tables that are there.
   *
   * @param conformed conformed tables, at least one of {@link #TABLES} besides the products
   */
  static Dataset<Row> of(Map<TableSpec, Dataset<Row>> conformed) {
    Optional<Dataset<Row>> products = Optional.ofNullable(conformed.get(Products.TABLE));
    Map<TableSpec, UnaryOperator<Dataset<Row>>> kinds = new LinkedHashMap<>();
    kinds.put(Orders.TABLE, Facts::orders);
    kinds.put(OrderLines.TABLE, lines -> OrderLineFacts.of(lines, products));
    kinds.put(Subscriptions.TABLE, DatedFacts::subscriptions);
    kinds.put(Events.TABLE, Facts::events);
    kinds.put(SupportTickets.TABLE, DatedFacts::tickets);
    kinds.put(CampaignTouches.TABLE, DatedFacts::touches);
    kinds.put(ExperimentExposures.TABLE, Facts::exposures);
    kinds.put(SurveyResponses.TABLE, Facts::answers);
    kinds.put(Feedback.TABLE, Facts::feedback);
    return kinds.entrySet().stream()
        .filter(kind -> conformed.containsKey(kind.getKey()))
        .map(kind -> kind.getValue().apply(conformed.get(kind.getKey())))
        .reduce(Dataset::union)
        .orElseThrow(() -> new IllegalArgumentException("no facts among " + conformed.keySet()));
  }

  private static Dataset<Row> orders(Dataset<Row> orders) {
    Column stands = coalesce(Orders.STATUS.col().equalTo(Orders.COMPLETED), lit(true));
    Column gross = units(Orders.GROSS_AMOUNT.col());
    Column discount = units(Orders.DISCOUNT.col());
    return FactRows.of(
        orders,
        lit(FactKind.ORDER.code()),
        Orders.CUSTOMER_ID.col(),
        day(Orders.ORDERED_AT.col()),
        List.of(when(stands, Orders.CHANNEL.col())),
        List.of(
            one(stands),
            gross,
            when(stands, gross).otherwise(NONE),
            units(Orders.RETURNED_AMOUNT.col()),
            when(stands, discount).otherwise(NONE),
            one(stands.equalTo(lit(false))),
            one(stands.and(discount.gt(0)))));
  }

  private static Dataset<Row> events(Dataset<Row> events) {
    Column seconds = units(Events.DURATION_SECONDS.col());
    Column ofSession = Events.SESSION_ID.col().isNotNull();
    return FactRows.of(
        events,
        lit(FactKind.EVENT.code()),
        Events.CUSTOMER_ID.col(),
        day(Events.OCCURRED_AT.col()),
        List.of(
            Events.EVENT_TYPE.col(),
            Events.FEATURE.col(),
            Events.DEVICE.col(),
            Events.SESSION_ID.col()),
        List.of(ONE, seconds, one(ofSession), when(ofSession, seconds).otherwise(NONE)));
  }

  private static Dataset<Row> exposures(Dataset<Row> exposures) {
    return FactRows.of(
        exposures,
        lit(FactKind.EXPOSURE.code()),
        ExperimentExposures.CUSTOMER_ID.col(),
        day(ExperimentExposures.EXPOSED_AT.col()),
        List.of(),
        List.of(ONE));
  }

  /** An answer without a number says nothing that can be summed, nor does 99 for "no answer". */
  private static Dataset<Row> answers(Dataset<Row> responses) {
    Column score = SurveyResponses.SCORE.col().cast(TableSpec.MONEY);
    Column asked = SurveyResponses.KIND.col();
    Column kind =
        when(score.isNull(), FactKind.OTHER_ANSWER.code())
            .when(asked.equalTo("nps").and(score.between(0, 10)), FactKind.NPS.code())
            .when(asked.equalTo("importance"), FactKind.IMPORTANCE.code())
            .when(asked.isin("need", "attitude"), FactKind.ATTITUDE.code())
            .otherwise(FactKind.OTHER_ANSWER.code());
    return FactRows.of(
        responses,
        kind,
        SurveyResponses.CUSTOMER_ID.col(),
        day(SurveyResponses.RESPONDED_AT.col()),
        List.of(SurveyResponses.SUBJECT.col()),
        List.of(units(score), ONE));
  }

  private static Dataset<Row> feedback(Dataset<Row> notes) {
    Column sentiment = Feedback.SENTIMENT.col();
    return FactRows.of(
        notes,
        lit(FactKind.FEEDBACK.code()),
        Feedback.CUSTOMER_ID.col(),
        day(Feedback.GIVEN_AT.col()),
        List.of(Feedback.THEME.col()),
        List.of(
            ONE,
            when(sentiment.equalTo("positive"), 1L)
                .when(sentiment.equalTo("negative"), -1L)
                .otherwise(0L)));
  }
}
