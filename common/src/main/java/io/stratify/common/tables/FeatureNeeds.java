package io.stratify.common.tables;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The columns that a feature is made of where its input may be mapped without them: what nobody
 * wrote down is not 0.
 */
public final class FeatureNeeds {
  private static final Set<String> DISCOUNTS =
      Set.of(name(Orders.TABLE, Orders.DISCOUNT), name(OrderLines.TABLE, OrderLines.DISCOUNT));
  private static final Set<String> UNITS = one(OrderLines.TABLE, OrderLines.QUANTITY);
  private static final Set<String> CATEGORIES =
      Set.of(name(Products.TABLE, Products.CATEGORY), name(OrderLines.TABLE, OrderLines.CATEGORY));
  private static final Set<String> FEATURES = one(Events.TABLE, Events.FEATURE);
  private static final Set<String> SESSIONS = one(Events.TABLE, Events.SESSION_ID);
  private static final Set<String> CLOSED = one(SupportTickets.TABLE, SupportTickets.CLOSED_AT);

  private static final Map<ColumnSpec, Set<String>> ANY_OF =
      Map.ofEntries(
          Map.entry(CustomerFeatures.DISCOUNT_SHARE, DISCOUNTS),
          Map.entry(PurchaseFeatures.DISCOUNTED_ORDER_SHARE, DISCOUNTS),
          Map.entry(PurchaseFeatures.UNITS_PER_ORDER, UNITS),
          Map.entry(PurchaseFeatures.MARGIN, UNITS),
          Map.entry(PurchaseFeatures.MARGIN_SHARE, UNITS),
          Map.entry(
              PurchaseFeatures.RECURRING_REVENUE,
              one(Subscriptions.TABLE, Subscriptions.MONTHLY_REVENUE)),
          Map.entry(
              PurchaseFeatures.ACTIVE_SUBSCRIPTIONS,
              one(Subscriptions.TABLE, Subscriptions.STARTED_ON)),
          Map.entry(CustomerFeatures.CATEGORY_BREADTH, CATEGORIES),
          Map.entry(PurchaseFeatures.CATEGORY_ENTROPY, CATEGORIES),
          Map.entry(UsageFeatures.FEATURE_BREADTH, FEATURES),
          Map.entry(UsageFeatures.FEATURE_ENTROPY, FEATURES),
          Map.entry(UsageFeatures.FEATURES_LAST, FEATURES),
          Map.entry(UsageFeatures.SESSIONS_LAST, SESSIONS),
          Map.entry(UsageFeatures.SESSION_DEPTH, SESSIONS),
          Map.entry(UsageFeatures.SESSION_MINUTES, one(Events.TABLE, Events.DURATION_SECONDS)),
          Map.entry(ServiceFeatures.TICKETS_OPEN, CLOSED),
          Map.entry(ServiceFeatures.HOURS_TO_RESOLUTION, CLOSED),
          Map.entry(
              ServiceFeatures.OPEN_RATE, one(CampaignTouches.TABLE, CampaignTouches.OPENED_AT)),
          Map.entry(
              ServiceFeatures.CLICK_RATE, one(CampaignTouches.TABLE, CampaignTouches.CLICKED_AT)),
          Map.entry(
              ServiceFeatures.CONVERSION_RATE,
              one(CampaignTouches.TABLE, CampaignTouches.CONVERTED_AT)),
          Map.entry(ServiceFeatures.TOUCH_COST, one(CampaignTouches.TABLE, CampaignTouches.COST)),
          Map.entry(VoiceFeatures.SENTIMENT, one(Feedback.TABLE, Feedback.SENTIMENT)));

  private FeatureNeeds() {}

  /** Columns as TABLE.COLUMN, of which one is enough; none where the input itself is. */
  public static Set<String> anyOf(Feature feature) {
    return ANY_OF.getOrDefault(feature.column(), Set.of());
  }

  /** Those of all features that no input has, by the columns that inputs have. */
  public static Set<String> without(Map<String, ? extends Set<String>> columnsOfInputs) {
    Set<String> there =
        columnsOfInputs.entrySet().stream()
            .flatMap(input -> input.getValue().stream().map(column -> name(input.getKey(), column)))
            .collect(Collectors.toSet());
    return ANY_OF.values().stream()
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
