package io.stratify.common.tables;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The columns that a feature or an outcome is made of where its input may be mapped without them:
 * what nobody wrote down is not 0.
 */
public final class FeatureNeeds {
  private static final Set<String> DISCOUNTS =
      Set.of(name(Orders.TABLE, Orders.DISCOUNT), name(OrderLines.TABLE, OrderLines.DISCOUNT));
  private static final Set<String> UNITS = one(OrderLines.TABLE, OrderLines.QUANTITY);
  private static final Set<String> CATEGORIES =
      Set.of(name(Products.TABLE, Products.CATEGORY), name(OrderLines.TABLE, OrderLines.CATEGORY));
  private static final Set<String> FEATURES = one(Events.TABLE, Events.FEATURE);
  private static final Set<String> SESSIONS = one(Events.TABLE, Events.SESSION_ID);
  private static final Set<String> COSTS = one(Products.TABLE, Products.COST);
  private static final Set<String> STARTED = one(Subscriptions.TABLE, Subscriptions.STARTED_ON);

  /** Where nobody says what ended, everything that ever began would go on. */
  private static final Set<String> ENDED = one(Subscriptions.TABLE, Subscriptions.ENDED_ON);

  private static final Set<String> RECURRING =
      one(Subscriptions.TABLE, Subscriptions.MONTHLY_REVENUE);

  private static final Set<String> CLOSED = one(SupportTickets.TABLE, SupportTickets.CLOSED_AT);

  private static final Map<ColumnSpec, List<Set<String>>> NEEDS =
      Map.ofEntries(
          Map.entry(CustomerFeatures.DISCOUNT_SHARE, List.of(DISCOUNTS)),
          Map.entry(PurchaseFeatures.DISCOUNTED_ORDER_SHARE, List.of(DISCOUNTS)),
          Map.entry(PurchaseFeatures.UNITS_PER_ORDER, List.of(UNITS)),
          Map.entry(PurchaseFeatures.MARGIN, List.of(UNITS, COSTS)),
          Map.entry(PurchaseFeatures.MARGIN_SHARE, List.of(UNITS, COSTS)),
          Map.entry(PurchaseFeatures.RECURRING_REVENUE, List.of(STARTED, ENDED, RECURRING)),
          Map.entry(PurchaseFeatures.ACTIVE_SUBSCRIPTIONS, List.of(STARTED, ENDED)),
          Map.entry(ProfileFeatures.PLAN, List.of(STARTED, ENDED)),
          Map.entry(CustomerOutcome.RENEWED, List.of(STARTED, ENDED)),
          Map.entry(CustomerOutcome.EXPANDED, List.of(STARTED, ENDED, RECURRING)),
          Map.entry(CustomerOutcome.CONVERTED, List.of(STARTED)),
          Map.entry(CustomerFeatures.CATEGORY_BREADTH, List.of(CATEGORIES)),
          Map.entry(PurchaseFeatures.CATEGORY_ENTROPY, List.of(CATEGORIES)),
          Map.entry(UsageFeatures.FUNNEL_STEPS, List.of(one(Events.TABLE, Events.EVENT_TYPE))),
          Map.entry(UsageFeatures.FEATURE_BREADTH, List.of(FEATURES)),
          Map.entry(UsageFeatures.FEATURE_ENTROPY, List.of(FEATURES)),
          Map.entry(UsageFeatures.FEATURES_LAST, List.of(FEATURES)),
          Map.entry(UsageFeatures.SESSIONS_LAST, List.of(SESSIONS)),
          Map.entry(UsageFeatures.SESSION_DEPTH, List.of(SESSIONS)),
          Map.entry(
              UsageFeatures.SESSION_MINUTES, List.of(one(Events.TABLE, Events.DURATION_SECONDS))),
          Map.entry(ServiceFeatures.TICKETS_OPEN, List.of(CLOSED)),
          Map.entry(ServiceFeatures.HOURS_TO_RESOLUTION, List.of(CLOSED)),
          Map.entry(
              ServiceFeatures.OPEN_RATE,
              List.of(one(CampaignTouches.TABLE, CampaignTouches.OPENED_AT))),
          Map.entry(
              ServiceFeatures.CLICK_RATE,
              List.of(one(CampaignTouches.TABLE, CampaignTouches.CLICKED_AT))),
          Map.entry(
              ServiceFeatures.CONVERSION_RATE,
              List.of(one(CampaignTouches.TABLE, CampaignTouches.CONVERTED_AT))),
          Map.entry(
              ServiceFeatures.TOUCH_COST,
              List.of(one(CampaignTouches.TABLE, CampaignTouches.COST))),
          Map.entry(VoiceFeatures.SENTIMENT, List.of(one(Feedback.TABLE, Feedback.SENTIMENT))));

  private FeatureNeeds() {}

  /** Columns as TABLE.COLUMN: of each set one is enough; no sets where the input itself is. */
  public static List<Set<String>> of(ColumnSpec made) {
    return NEEDS.getOrDefault(made, List.of());
  }

  /** Those of all that no input has, by the columns that inputs have. */
  public static Set<String> without(Map<String, ? extends Set<String>> columnsOfInputs) {
    Set<String> there =
        columnsOfInputs.entrySet().stream()
            .flatMap(input -> input.getValue().stream().map(column -> name(input.getKey(), column)))
            .collect(Collectors.toSet());
    return NEEDS.values().stream()
        .flatMap(List::stream)
        .flatMap(Set::stream)
        .filter(needed -> !there.contains(needed))
        .collect(Collectors.toSet());
  }

  private static Set<String> one(TableSpec table, ColumnSpec column) {
    return Set.of(name(table, column));
  }

  private static String name(Object table, Object column) {
    return table + "." + column;
  }
}
