package io.stratify.common.tables;

import java.util.List;
import java.util.Optional;

/** The canonical tables that a configuration can feed from a source. */
public final class Inputs {
  /** Every one, what describes customers and products before the facts. */
  public static final List<InputSpec> SPECS =
      List.of(
          InputSpec.of(Accounts.TABLE),
          InputSpec.of(Customers.TABLE),
          InputSpec.of(Identities.TABLE),
          InputSpec.of(Consents.TABLE).at(Consents.DECIDED_AT),
          InputSpec.of(Products.TABLE),
          InputSpec.of(Orders.TABLE).at(Orders.ORDERED_AT),
          InputSpec.of(OrderLines.TABLE).keyed(OrderLines.ORDER_ID, OrderLines.LINE_ID),
          InputSpec.of(Events.TABLE).keyed(Events.EVENT_ID).at(Events.OCCURRED_AT),
          InputSpec.of(Subscriptions.TABLE).at(Subscriptions.STARTED_ON),
          InputSpec.of(SupportTickets.TABLE).at(SupportTickets.OPENED_AT),
          InputSpec.of(CampaignTouches.TABLE)
              .keyed(CampaignTouches.TOUCH_ID)
              .at(CampaignTouches.SENT_AT),
          InputSpec.of(SurveyResponses.TABLE)
              .keyed(SurveyResponses.RESPONSE_ID)
              .at(SurveyResponses.RESPONDED_AT),
          InputSpec.of(Feedback.TABLE).keyed(Feedback.FEEDBACK_ID).at(Feedback.GIVEN_AT),
          InputSpec.of(ExperimentExposures.TABLE).at(ExperimentExposures.EXPOSED_AT),
          InputSpec.human(ValueDrivers.TABLE),
          InputSpec.human(CompetitorScores.TABLE)
              .naming(CompetitorScores.DRIVER_ID, ValueDrivers.TABLE, ValueDrivers.DRIVER_ID),
          InputSpec.human(Initiatives.TABLE)
              .naming(Initiatives.DRIVER_ID, ValueDrivers.TABLE, ValueDrivers.DRIVER_ID),
          InputSpec.human(MarketSizes.TABLE),
          InputSpec.human(Hypotheses.TABLE),
          InputSpec.human(Playbooks.TABLE),
          InputSpec.human(SegmentNames.TABLE));

  /** The tables of all inputs. */
  public static final List<TableSpec> ALL = SPECS.stream().map(InputSpec::table).toList();

  /** The inputs of which at least one is needed: what customers did. */
  public static final List<TableSpec> FACTS = List.of(Orders.TABLE, OrderLines.TABLE, Events.TABLE);

  private static final List<ColumnSpec> DERIVED =
      List.of(Orders.GROSS_AMOUNT, Orders.RETURNED_AMOUNT);

  /** What an order line has from its order. */
  public static final List<ColumnSpec> OF_ORDER =
      List.of(OrderLines.CUSTOMER_ID, OrderLines.ORDERED_AT, OrderLines.STATUS);

  /** What an order line has from its product where it has none of its own. */
  public static final List<ColumnSpec> OF_PRODUCT = List.of(OrderLines.CATEGORY, OrderLines.AMOUNT);

  /** What an order has from its lines where it has none of its own. */
  private static final List<ColumnSpec> OF_LINES =
      List.of(Orders.STATUS, Orders.AMOUNT, Orders.DISCOUNT);

  /** Columns that have the type of money and are none. */
  private static final List<ColumnSpec> QUANTITIES =
      List.of(OrderLines.QUANTITY, Events.DURATION_SECONDS);

  private Inputs() {}

  /** The input of this name, if there is one. */
  public static Optional<TableSpec> find(String table) {
    return ALL.stream().filter(t -> t.name().equals(table)).findFirst();
  }

  /** What conform needs to know of an input. */
  public static InputSpec spec(TableSpec table) {
    return SPECS.stream().filter(s -> s.table().equals(table)).findFirst().orElseThrow();
  }

  /** The columns that Stratify computes itself; nothing can be mapped to them. */
  public static List<ColumnSpec> derived(TableSpec table) {
    return table.columns().stream().filter(DERIVED::contains).toList();
  }

  /** The columns that a mapping may give: all but those that are computed. */
  public static List<ColumnSpec> mappable(TableSpec table) {
    return table.columns().stream().filter(c -> !DERIVED.contains(c)).toList();
  }

  /** The columns that may have values of other inputs where the mapping gives none. */
  public static List<ColumnSpec> filledIn(TableSpec table) {
    return table.columns().stream()
        .filter(c -> OF_ORDER.contains(c) || OF_PRODUCT.contains(c) || OF_LINES.contains(c))
        .toList();
  }

  /** The columns that hold money, which a mapping may give in another currency. */
  public static List<ColumnSpec> money(TableSpec table) {
    return table.columns().stream()
        .filter(c -> c.type().equals(TableSpec.MONEY) && !QUANTITIES.contains(c))
        .toList();
  }

  /** The columns that every mapping of the table has to give. */
  public static List<ColumnSpec> required(TableSpec table) {
    return table.columns().stream().filter(ColumnSpec::required).toList();
  }
}
